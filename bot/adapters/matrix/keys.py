"""The upkeep of encryption between two syncs: keys put on the server, asked for, claimed, handed on.

nio takes no notice of a count of nought and has no fallback key; both are mended here, so that a bot whose
one-time keys ran out can still be reached by a new device.
"""

from nio import AsyncClient, KeysUploadResponse
from whenever import Instant

from bot.adapters.matrix.devices import Devices
from bot.adapters.matrix.fallbacks import KEY_KIND, Fallbacks
from bot.adapters.matrix.signing import part
from bot.adapters.matrix.wire import Body, Wire, reaching, settled

_FEWEST_KEYS = 25


class Keys:
    """Keeps one device's encryption fit. Raises `ChatError`."""

    def __init__(self, *, client: AsyncClient, wire: Wire, devices: Devices) -> None:
        self._client = client
        self._wire = wire
        self._devices = devices
        self._fallbacks = Fallbacks(client=client, wire=wire)

    async def publish(self) -> None:
        """Put the device's own keys on the server, if they are not there: a server that ended a login dropped them."""
        if self._client.olm is not None and self._client.olm_account_shared:
            me, device_id = self._client.user_id, self._client.device_id or ""
            found = await self._wire.ask("POST", "/keys/query", {"device_keys": {me: [device_id]}})
            self._client.olm.account.shared = device_id in part(found, "device_keys", me)
        if not self._client.olm_account_shared:
            await self._upload()

    async def tend(self, news: Body, now: Instant) -> None:
        """Do what one sync answer asks for; replies come after it, so that brand-new devices can read them."""
        await self._refill(news.get("device_one_time_keys_count"))
        await self._fallbacks.tend(news.get("device_unused_fallback_key_types"), now)
        await self._devices.learn_in_passing()
        with reaching():
            if self._client.should_claim_keys:
                settled(await self._client.keys_claim(self._client.get_users_for_key_claiming()))
            for response in await self._client.send_to_device_messages():
                settled(response)

    async def meet(self, people: set[str]) -> None:
        """Look up these people's devices again, whatever was known of them."""
        await self._devices.learn(people, anew=True)

    async def _refill(self, counts: object) -> None:
        if self._client.olm is None or not isinstance(counts, dict):
            return
        self._client.olm.uploaded_key_count = int(counts.get(KEY_KIND, 0))
        if self._client.olm.uploaded_key_count < _FEWEST_KEYS and self._client.should_upload_keys:
            await self._upload()

    async def _upload(self) -> None:
        """Put new keys on the server. Kept before they are sent, and as sent: nio keeps them once it has the reply.

        After a crash in between, whoever was given one of them could not reach the bot, and the server would refuse
        the next ones, which have the same ids.
        """
        olm = self._client.olm
        if olm is None:
            return
        keys = olm.share_keys()
        olm.mark_keys_as_published()
        olm.save_account()
        answer = KeysUploadResponse.from_dict(await self._wire.ask("POST", "/keys/upload", keys))
        olm.handle_response(answer)
