"""The upkeep of encryption between two syncs: keys put on the server, asked for, claimed, handed on.

nio takes no notice of a count of nought and has no fallback key; both are mended here, so that a bot whose
one-time keys ran out can still be reached by a new device.
"""

from typing import Any

from nio import AsyncClient

from bot.adapters.matrix.wire import Body, Wire, reaching, settled
from bot.ports.chat import ChatError

_KEY_KIND = "signed_curve25519"
_FEWEST_KEYS = 25


class Keys:
    """Keeps one device's encryption fit. Raises `ChatError`."""

    def __init__(self, *, client: AsyncClient, wire: Wire) -> None:
        self._client = client
        self._wire = wire

    async def publish(self) -> None:
        """Put the device's own keys on the server, once in its life."""
        if not self._client.olm_account_shared:
            with reaching():
                settled(await self._client.keys_upload())

    async def tend(self, news: Body) -> None:
        """Do what one sync answer asks for; replies come after it, so that brand-new devices can read them."""
        await self._refill(news.get("device_one_time_keys_count"))
        await self._renew_fallback(news.get("device_unused_fallback_key_types"))
        with reaching():
            if self._client.should_query_keys:
                settled(await self._client.keys_query())
            if self._client.should_claim_keys:
                settled(await self._client.keys_claim(self._client.get_users_for_key_claiming()))
            for response in await self._client.send_to_device_messages():
                settled(response)

    async def meet(self, people: set[str]) -> None:
        """Look up these people's devices again, whatever was known of them."""
        if self._client.olm is not None:
            self._client.olm.add_changed_users(people)
            with reaching():
                settled(await self._client.keys_query())

    async def _refill(self, counts: object) -> None:
        if self._client.olm is None or not isinstance(counts, dict):
            return
        self._client.olm.uploaded_key_count = int(counts.get(_KEY_KIND, 0))
        if self._client.olm.uploaded_key_count < _FEWEST_KEYS and self._client.should_upload_keys:
            with reaching():
                settled(await self._client.keys_upload())

    async def _renew_fallback(self, unused: object) -> None:
        """Upload a fallback key when the last one was used. Kept before it is sent: a crash then loses nothing."""
        olm = self._client.olm
        if olm is None or not isinstance(unused, list) or _KEY_KIND in unused:
            return
        # nio's wrapper has no fallback keys; vodozemac's account has, and its types have not heard of them.
        account: Any = olm.account._account  # noqa: SLF001
        if not account.fallback_key:
            account.generate_fallback_key()
        olm.save_account()
        keys = {f"{_KEY_KIND}:{id_}": self._signed(key.to_base64()) for id_, key in account.fallback_key.items()}
        await self._wire.ask("POST", "/keys/upload", {"fallback_keys": keys})
        olm.mark_keys_as_published()
        olm.save_account()

    def _signed(self, key: str) -> Body:
        client = self._client
        if client.olm is None:
            raise ChatError("no-keys", permanent=True)
        unsigned = {"key": key, "fallback": True}
        signature = client.olm.sign_json(unsigned)
        return {**unsigned, "signatures": {client.user_id: {f"ed25519:{client.device_id}": signature}}}
