"""Who is trusted, and with what: every device of a group's people, or only those that their owners vouch for.

Devices are trusted on first use. A group may ask for verified devices only; then what the bot says about it, and
the keys to that, go to these alone, and a command from any other is not acted on.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from nio import AsyncClient, Event
from nio.crypto import OlmDevice
from nio.store.models import DeviceKeys
from whenever import Instant

from bot.adapters.matrix.company import Company
from bot.adapters.matrix.forward import ForwardStore
from bot.adapters.matrix.identities import TABLES, Identities
from bot.adapters.matrix.strangers import forget_devices, forget_old_sessions
from bot.domain.ids import GroupId
from bot.domain.saying import Say, line
from bot.ports.chat import ChatError

WantsVerified: TypeAlias = Callable[[GroupId], Awaitable[bool]]
NOT_ENCRYPTED = "room-not-encrypted"

# Told to a device that is not verified, which is to read it: it holds nothing of the group.
NOT_VERIFIED = Say(
    lines=(
        line("matrix-not-verified"),
        line("matrix-not-verified-so"),
        line("matrix-not-verified-how"),
        line("matrix-not-verified-new"),
    )
)


class KeyStore(ForwardStore):
    """nio's store on SQLite, for a bot that compares keys with nobody: what owners vouch for is kept beside it.

    Which device may have which room's key is asked of `Trust`; nio would read five tables for each message.
    """

    models = [*ForwardStore.models, *TABLES]  # noqa: RUF012  nio's own.

    def __post_init__(self) -> None:
        """Open the database, with the tables for people's own keys in it."""
        super().__post_init__()  # type: ignore[no-untyped-call]  # nio's.
        self.identities = Identities(self.database)
        with self.database.bind_ctx(self.models):
            DeviceKeys.update(display_name="").where(DeviceKeys.display_name != "").execute()

    def save_device_keys(self, device_keys: dict[str, dict[str, OlmDevice]]) -> None:
        """Keep them without what people call their devices."""
        for devices in device_keys.values():
            for device in devices.values():
                device.display_name = ""
        super().save_device_keys(device_keys)

    def is_device_verified(self, device: OlmDevice) -> bool:
        """No device is."""
        del device
        return False

    def is_device_blacklisted(self, device: OlmDevice) -> bool:
        """No device is."""
        del device
        return False

    def is_device_ignored(self, device: OlmDevice) -> bool:
        """Every device may be sent keys, though nobody verified it; that is what nio calls ignoring it."""
        del device
        return True

    def ignore_devices(self, devices: list[OlmDevice]) -> None:
        """Keep nothing: it holds for all of them."""

    def save_encrypted_rooms(self, rooms: Collection[str]) -> None:
        """Save them, if there are any; nio asks after each event."""
        if rooms:
            super().save_encrypted_rooms(rooms)


def see_owners(client: AsyncClient, answer: Mapping[str, Any]) -> None:
    """Take from an answer to `/keys/query` who vouches for which devices."""
    if isinstance(client.store, KeyStore):
        client.store.identities.take(answer)


def is_open(say: Say) -> bool:
    """Whether every device of a person may read it, whatever their groups ask for."""
    return say == NOT_VERIFIED


async def any_device(group: GroupId) -> bool:
    """Every group is content with any device."""
    del group
    return False


class Trust:
    """Decides for each room who may have its keys."""

    def __init__(self, *, client: AsyncClient, company: Company, wants_verified: WantsVerified) -> None:
        self._client = client
        self._company = company
        self._wants_verified = wants_verified
        self._verified_only: set[str] = set()
        self._audience: dict[str, frozenset[tuple[str, str]] | None] = {}

    async def strict_among(self, groups: Iterable[GroupId]) -> Sequence[GroupId]:
        """Return which of these groups ask for verified devices only."""
        return [group for group in groups if await self._wants_verified(group)]

    async def look(self, room_id: str, *, to_all: bool = False) -> None:
        """Decide anew who may have the room's keys; a key that others had until now is not used again.

        `to_all` is for a word that holds nothing of the group's. Raises `ChatError` for a room that is not encrypted
        where it would have to be.
        """
        strict = not to_all and bool(await self.strict_among(self._company.groups_in(room_id)))
        if not strict:
            self._verified_only.discard(room_id)
        elif self._client.rooms[room_id].encrypted:
            self._verified_only.add(room_id)
        else:
            raise ChatError(NOT_ENCRYPTED, permanent=True)
        audience = self.devices_for(room_id) if strict else None
        if self._audience.get(room_id) != audience and self._client.olm is not None:
            self._client.olm.outbound_group_sessions.pop(room_id, None)
        self._audience[room_id] = audience

    def may_have_keys(self, room_id: str, user_id: str, device_id: str) -> bool:
        """Whether this device may be sent the room's key."""
        if room_id not in self._verified_only:
            return True
        device = self._client.device_store[user_id].get(device_id)
        return device is not None and self._vouched(device)

    def devices_for(self, room_id: str) -> frozenset[tuple[str, str]]:
        """Return the devices that may be sent the room's key, each by its person and its id."""
        return frozenset(
            (device.user_id, device.device_id)
            for device in self._devices_in(room_id)
            if self.may_have_keys(room_id, device.user_id, device.device_id)
        )

    def is_vouched(self, room_id: str, event: Event) -> bool:
        """Whether a device that its owner vouches for wrote this; what came in clear, anybody may have written."""
        olm = self._client.olm
        if olm is None or not event.decrypted:
            return False
        key = event.sender_key or ""
        session = olm.inbound_group_store.get(room_id, key, event.session_id or "")
        device = olm.device_store.device_from_sender_key(event.sender, key)
        if session is None or device is None or session.forwarding_chain or session.ed25519 != device.ed25519:
            return False
        return self._vouched(device)

    def let_go(self, now: Instant) -> None:
        """Forget the keys of those who share no group with the bot any more; they are looked up when they come back.

        Of those who are in no room with it at all, no device is kept either, and no session that nobody uses.
        """
        store, olm = self._client.store, self._client.olm
        if not isinstance(store, KeyStore) or olm is None:
            return
        gone = [person for person in store.identities.people if not self._company.groups_of(person)]
        if gone:
            store.identities.forget(gone)
        around = {person for room in self._client.rooms.values() for person in room.users}
        strangers = set(olm.device_store.users) - around - {self._client.user_id}
        if strangers:
            forget_devices(store, olm, strangers)
        olm.tracked_users.difference_update(gone, strangers)
        forget_old_sessions(store, now)

    def gone(self, room_id: str) -> None:
        """Let go of a room that was left."""
        self._verified_only.discard(room_id)
        self._audience.pop(room_id, None)

    def _vouched(self, device: OlmDevice) -> bool:
        store = self._client.store
        return isinstance(store, KeyStore) and not device.deleted and store.identities.vouches(device)

    def _devices_in(self, room_id: str) -> Iterator[OlmDevice]:
        for user_id in self._client.rooms[room_id].users:
            yield from self._client.device_store.active_user_devices(user_id)
