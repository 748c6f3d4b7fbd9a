"""The fallback key, for when one-time keys ran out: nio has none, and one that was used must not stay.

A device that found no one-time key encrypts to the fallback key, and whoever has its private half later reads that
message, and the room keys in it. So it is replaced when it was used, and a while later replaced again, for the
account holds on to the one before.
"""

from typing import Any

from nio import AsyncClient
from nio.crypto import Olm
from whenever import Instant, TimeDelta

from bot.adapters.matrix.forward import ForwardStore
from bot.adapters.matrix.wire import Body, Wire

KEY_KIND = "signed_curve25519"
USED_LASTS = TimeDelta(minutes=10)


class Fallbacks:
    """Keeps a fallback key on the server. Raises `ChatError`."""

    def __init__(self, *, client: AsyncClient, wire: Wire) -> None:
        self._client = client
        self._wire = wire
        self._end: Instant | None = None
        self._is_known = False

    async def tend(self, unused: object, now: Instant) -> None:
        """Replace the key when it was used, or when it is time for the one before to go.

        `unused` is what a sync answer says: the kinds of key that nobody has used yet.
        """
        olm, store = self._client.olm, self._client.store
        if olm is None or not isinstance(store, ForwardStore) or not isinstance(unused, list):
            return
        if not self._is_known:
            self._end, self._is_known = store.fallback_end(), True
        if KEY_KIND not in unused:
            # Noted before it is done: a crash in between makes one replacement more, and never one less.
            self._keep_end(store, now + USED_LASTS)
            await self._replace(olm)
        elif self._end is not None and self._end <= now:
            await self._replace(olm)
            self._keep_end(store, None)

    def _keep_end(self, store: ForwardStore, end: Instant | None) -> None:
        store.keep_fallback_end(end)
        self._end = end

    async def _replace(self, olm: Olm) -> None:
        """Upload a new key. Kept before it is sent: a crash then loses nothing, and the same one is sent again."""
        # nio's wrapper has no fallback keys; vodozemac's account has, and its types have not heard of them.
        account: Any = olm.account._account  # noqa: SLF001
        if not account.fallback_key:
            account.generate_fallback_key()
        olm.save_account()
        keys = {f"{KEY_KIND}:{id_}": self._signed(olm, key.to_base64()) for id_, key in account.fallback_key.items()}
        await self._wire.ask("POST", "/keys/upload", {"fallback_keys": keys})
        olm.mark_keys_as_published()
        olm.save_account()

    def _signed(self, olm: Olm, key: str) -> Body:
        unsigned = {"key": key, "fallback": True}
        signature = olm.sign_json(unsigned)
        return {**unsigned, "signatures": {self._client.user_id: {f"ed25519:{self._client.device_id}": signature}}}
