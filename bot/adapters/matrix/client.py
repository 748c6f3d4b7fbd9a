"""nio's client, with a wider look at people's keys, and with a say in who gets the key to a room."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeAlias

from nio import AsyncClient, KeysQueryResponse

from bot.adapters.matrix.identities import nameless
from bot.adapters.matrix.signing import part
from bot.adapters.matrix.trust import see_owners
from bot.adapters.matrix.wire import POISON, Body, Wire
from bot.ports.chat import ChatError

# Of a room, a person and one of their devices.
MayHaveKeys: TypeAlias = Callable[[str, str, str], bool]


class Outsiders(set[tuple[str, str]]):
    """The devices that get no key to a room. nio looks each of them up here, so the answer is never an old one."""

    def __init__(self, may_have_keys: Callable[[str, str], bool]) -> None:
        super().__init__()
        self._may_have_keys = may_have_keys

    def __contains__(self, device: object) -> bool:
        """Whether nio put it here itself, or it may not have the key."""
        return super().__contains__(device) or (isinstance(device, tuple) and not self._may_have_keys(*device))


class Client(AsyncClient):
    """One device. `may_have_keys` is asked about every device before it is sent a room's key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  nio's own, handed through.
        super().__init__(*args, **kwargs)
        self.may_have_keys: MayHaveKeys = _anybody

    async def keys_query(self) -> KeysQueryResponse:
        """Look up the keys of everybody whose keys changed, and who vouches for which. Raises `ChatError`.

        nio sees no cross-signing keys, and forgets a change that comes while it asks.
        """
        if self.olm is None:
            raise ChatError("no-keys", permanent=True)
        # nio strikes out whoever is in the answer, one whose keys changed while it was on its way too.
        asked, self.olm.users_for_key_query = self.olm.users_for_key_query, set()
        try:
            answer = await Wire(self).ask("POST", "/keys/query", {"device_keys": {user_id: [] for user_id in asked}})
        except BaseException:
            self.olm.users_for_key_query |= asked
            raise
        changed_since = set(self.olm.users_for_key_query)
        response = await self._take_keys(answer)
        self.olm.users_for_key_query |= changed_since | (asked - set(response.device_keys))
        return response

    def get_missing_sessions(self, room_id: str) -> dict[str, list[str]]:
        """Return the devices to make acquaintance with before they can be sent the room's key."""
        missing = {
            user_id: [device_id for device_id in device_ids if self.may_have_keys(room_id, user_id, device_id)]
            for user_id, device_ids in super().get_missing_sessions(room_id).items()
        }
        return {user_id: device_ids for user_id, device_ids in missing.items() if device_ids}

    async def share_group_session(
        self,
        room_id: str,
        ignore_unverified_devices: bool = False,  # noqa: FBT001, FBT002  nio's own.
    ) -> Any:  # noqa: ANN401  nio's.
        """Send a room's key to the devices that may have it."""
        if self.olm is not None:
            session = self.olm.outbound_group_sessions.get(room_id)
            if session is None or session.shared:
                self.olm.create_outbound_group_session(room_id)
            outsiders = Outsiders(partial(self.may_have_keys, room_id))
            self.olm.outbound_group_sessions[room_id].users_ignored = outsiders
        return await super().share_group_session(room_id, ignore_unverified_devices)

    async def _take_keys(self, answer: Body) -> KeysQueryResponse:
        """Take what the server knows of people's keys; if some of it is poison, the rest is taken person by person."""
        see_owners(self, answer)
        devices = {user_id: nameless(part(answer, "device_keys", user_id)) for user_id in part(answer, "device_keys")}
        try:
            await self._feed(devices)
        except POISON:
            for user_id, theirs in devices.items():
                with suppress(*POISON):
                    await self._feed({user_id: theirs})
            # What nio took before it stumbled, it will not call new again.
            self._begin_anew()
        return KeysQueryResponse(devices, dict(part(answer, "failures")))

    def _begin_anew(self) -> None:
        """Let each room's next word go out under a new key."""
        if self.olm is not None:
            self.olm.outbound_group_sessions.clear()

    async def _feed(self, devices: Body) -> None:
        response = KeysQueryResponse.from_dict({"device_keys": devices})
        if not isinstance(response, KeysQueryResponse):
            raise TypeError
        await self.receive_response(response)


def _anybody(room_id: str, user_id: str, device_id: str) -> bool:
    """Every device."""
    del room_id, user_id, device_id
    return True
