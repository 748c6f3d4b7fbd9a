"""A room's key, handed to the devices that may have it, a few at a time.

nio's own way claims keys and encrypts for a whole room in one go, and takes the key for shared when a message with
it was lost. Here the loop is given back after every few devices, and what was not sent is not taken for sent.
"""

import secrets
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, TypeAlias

from nio import AsyncClient, KeysClaimResponse, MatrixRoom
from nio.crypto import Olm, OlmDevice, OutboundGroupSession

from bot.adapters.matrix.devices import Devices
from bot.adapters.matrix.pieces import DEVICES_IN_A_PIECE, Pieces
from bot.adapters.matrix.wire import POISON, Wire, reaching, route

ASKED_AT_ONCE = 48
_KEY_KIND = "signed_curve25519"

Device: TypeAlias = tuple[str, str]
MayHaveKeys: TypeAlias = Callable[[str, str, str], bool]


def everybody(_room_id: str, _user_id: str, _device_id: str) -> bool:
    """Every device of everybody in a room may have its keys."""
    return True


class Sharing:
    """Shares the keys of rooms, one caller at a time in each. Raises `ChatError`; must not be cancelled.

    `may_have_keys` is asked for each room's id, person's id and device's id; whoever changes its mind gives the room
    a new key with nio's `invalidate_outbound_session`.
    """

    def __init__(
        self,
        *,
        client: AsyncClient,
        wire: Wire,
        devices: Devices,
        pieces: Pieces,
        may_have_keys: MayHaveKeys = everybody,
    ) -> None:
        self._client = client
        self._wire = wire
        self._devices = devices
        self._pieces = pieces
        self._may_have_keys = may_have_keys

    async def learn(self, room_id: str) -> None:
        """Learn which devices the people of an encrypted room have by now."""
        olm, room = self._client.olm, self._client.rooms.get(room_id)
        if olm is not None and room is not None and room.encrypted:
            # The sync answers hold every member: nio need not ask for them, and take in 2,000 people in one go.
            room.members_synced = True
            olm.update_tracked_users(room)
            with reaching():
                await self._devices.learn(room.users)

    async def share(self, room_id: str) -> None:
        """See to it that a key for the room is with every device there that may have it, and with no other."""
        await self.learn(room_id)
        olm, room = self._client.olm, self._client.rooms.get(room_id)
        if olm is None or room is None or not room.encrypted:
            return
        keyless: set[Device] = set()
        with reaching():
            while not await self._is_shared(olm, room, keyless):
                pass

    async def _is_shared(self, olm: Olm, room: MatrixRoom, keyless: set[Device]) -> bool:
        """Share with those who lack the key; return whether nobody did, as the room is now.

        Devices that have no keys to begin talking with are put into `keyless`, and left out until the next key.
        """
        await self._devices.learn(room.users)
        if not olm.should_share_group_session(room.room_id):
            return True
        known = {(person, device.id): device for person in room.users for device in _devices_of(olm, person)}
        allowed = {name: device for name, device in known.items() if self._may_have_keys(room.room_id, *name)}
        session = await self._pieces.do(lambda: _unshared(olm, room.room_id, allowed))
        session.users_ignored = known.keys() - allowed.keys() | keyless
        lacking = [name for name in allowed if name not in session.users_shared_with | session.users_ignored]
        for some in _by_person(lacking, ASKED_AT_ONCE):
            keyless |= await self._claim(olm, [allowed[name] for name in some])
            session.users_ignored |= keyless
            await self._give(olm, room.room_id, session, some)
        if not lacking:
            session.mark_as_shared()
        return not lacking

    async def _claim(self, olm: Olm, devices: Sequence[OlmDevice]) -> set[Device]:
        """Begin to talk with those that the bot never talked with; return those that this did not work for."""
        strangers = [device for device in devices if not olm.session_store.get(device.curve25519)]
        if strangers:
            wanted: defaultdict[str, dict[str, str]] = defaultdict(dict)
            for device in strangers:
                wanted[device.user_id][device.id] = _KEY_KIND
            answer = await self._wire.ask("POST", "/keys/claim", {"one_time_keys": wanted})
            claimed = _claimed(answer)
            while few := list(islice(claimed, DEVICES_IN_A_PIECE)):
                await self._pieces.do(lambda few=few: _begin(olm, few))  # type: ignore[misc]  # Bound at once.
        return {(each.user_id, each.id) for each in strangers if not olm.session_store.get(each.curve25519)}

    async def _give(self, olm: Olm, room_id: str, session: OutboundGroupSession, some: Sequence[Device]) -> None:
        """Encrypt the key for each of them, a few at a time, and send it to all of them at once."""
        names: set[Device] = set()
        messages: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        for few in _by_person(some, DEVICES_IN_A_PIECE):
            people = list(dict.fromkeys(person for person, _ in few))
            batches = olm.share_group_session_parallel(room_id, people, ignore_unverified_devices=True)
            while batch := await self._pieces.do(lambda batches=batches: next(batches, None)):  # type: ignore[misc]  # As above.
                names |= batch[0]
                for person, contents in batch[1]["messages"].items():
                    messages[person] |= contents
        if names:
            path = route("sendToDevice", "m.room.encrypted", secrets.token_hex(16))
            await self._wire.ask("PUT", path, {"messages": messages})
            session.users_shared_with |= names


def _devices_of(olm: Olm, person: str) -> Iterator[OlmDevice]:
    """Return the person's devices; nio takes any device of the bot's own id for the bot's own."""
    return (device for device in olm.device_store.active_user_devices(person) if device.id != olm.device_id)


def _unshared(olm: Olm, room_id: str, allowed: Collection[Device]) -> OutboundGroupSession:
    """Return a key that may be shared: a new one if there is none, or if someone has it who no longer may."""
    session = olm.outbound_group_sessions.get(room_id)
    if session is None or session.shared or session.expired or not session.users_shared_with <= set(allowed):
        olm.create_outbound_group_session(room_id)
    return olm.outbound_group_sessions[room_id]


def _claimed(answer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield what was claimed, each device for itself: a malformed key spoils itself alone."""
    for person, devices in answer.get("one_time_keys", {}).items():
        for device, keys in devices.items():
            yield {"one_time_keys": {person: {device: keys}}, "failures": {}}


def _begin(olm: Olm, claimed: Iterable[Mapping[str, Any]]) -> None:
    for each in claimed:
        with suppress(*POISON):
            olm.handle_response(KeysClaimResponse.from_dict(each))


def _by_person(devices: Sequence[Device], most: int) -> Iterator[Sequence[Device]]:
    """Yield about so many at a time, those of one person together, for nio takes them together."""
    some: list[Device] = []
    for _, theirs in groupby(devices, key=itemgetter(0)):
        some += theirs
        if len(some) >= most:
            yield some
            some = []
    if some:
        yield some
