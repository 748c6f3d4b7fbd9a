"""Which devices their owners vouch for: the first master key seen of each person is the one that counts.

Kept beside nio's own keys, as public keys and ids alone, until the person shares no group with the bot any more.
Nothing about one person is ever noted in a log, a changed key neither.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from nio.crypto import OlmDevice
from peewee import CompositeKey, Model, SqliteDatabase, TextField

from bot.adapters.matrix.signing import Signed, is_signed, part, public

_AT_ONCE = 200


class FirstKeys(Model):  # type: ignore[misc]  # peewee carries no types.
    """The master key each person had when the bot first saw one."""

    user_id = TextField(primary_key=True)
    master_key = TextField()


class VouchedDevices(Model):  # type: ignore[misc]  # As above.
    """The devices that the first master key vouches for."""

    user_id = TextField()
    device_id = TextField()
    ed25519 = TextField()
    curve25519 = TextField()

    class Meta:
        """One row for each device."""

        primary_key = CompositeKey("user_id", "device_id")


TABLES = (FirstKeys, VouchedDevices)


class _Device(NamedTuple):
    """A device by its id and both of its keys."""

    device_id: str
    ed25519: str
    curve25519: str


class Identities:
    """What is known of people's keys, in memory and in the key store's database; the tables are there already."""

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database
        self._first: dict[str, str] = {}
        self._vouched: dict[str, frozenset[_Device]] = {}
        with database.bind_ctx(TABLES):
            self._first = {row.user_id: row.master_key for row in FirstKeys.select()}
            for row in VouchedDevices.select():
                device = _Device(row.device_id, row.ed25519, row.curve25519)
                self._vouched[row.user_id] = self._vouched.get(row.user_id, frozenset()) | {device}

    def take(self, answer: Mapping[str, Any]) -> None:
        """Take an answer to `/keys/query`: whoever is in it is known anew, by the master key that was seen first."""
        devices = part(answer, "device_keys")
        new = {user_id: master for user_id in devices if (master := self._new_master(answer, user_id))}
        self._first |= new
        seen = {user_id: frozenset(self._chained(answer, user_id)) for user_id in devices}
        changed = {
            user_id: found for user_id, found in seen.items() if found != self._vouched.get(user_id, frozenset())
        }
        self._vouched |= changed
        if new or changed:
            self._write(new, changed)

    def vouches(self, device: OlmDevice) -> bool:
        """Whether its owner vouches for this device, with the very keys that it has."""
        known = _Device(device.device_id, device.ed25519, device.curve25519)
        return known in self._vouched.get(device.user_id, frozenset())

    @property
    def people(self) -> Collection[str]:
        """Whose keys are kept."""
        return set(self._first)

    def forget(self, people: Collection[str]) -> None:
        """Let go of these people's keys; those they have when they come again are then the first."""
        for user_id in people:
            self._first.pop(user_id, None)
            self._vouched.pop(user_id, None)
        with self._database.bind_ctx(TABLES), self._database.atomic():
            for some in _some(sorted(people)):
                FirstKeys.delete().where(FirstKeys.user_id.in_(some)).execute()
                VouchedDevices.delete().where(VouchedDevices.user_id.in_(some)).execute()

    def _new_master(self, answer: Mapping[str, Any], user_id: str) -> str:
        """Return the person's master key if it is the first; else an empty text."""
        master = part(answer, "master_keys", user_id)
        fits = master.get("user_id") == user_id and user_id not in self._first
        return public(master) if fits else ""

    def _chained(self, answer: Mapping[str, Any], user_id: str) -> Iterator[_Device]:
        """Return the devices to which a chain of signatures leads down from the first master key."""
        middle = part(answer, "self_signing_keys", user_id)
        if middle.get("user_id") != user_id or not is_signed(middle, user_id, self._first.get(user_id, "")):
            return
        for device_id in part(answer, "device_keys", user_id):
            device = part(answer, "device_keys", user_id, device_id)
            keys = _keys(device, user_id, device_id)
            if keys is not None and is_signed(device, user_id, public(middle)):
                yield keys

    def _write(self, new: Mapping[str, str], changed: Mapping[str, Collection[_Device]]) -> None:
        firsts = [(user_id, master) for user_id, master in new.items()]
        devices = [(user_id, *device) for user_id, found in changed.items() for device in found]
        with self._database.bind_ctx(TABLES), self._database.atomic():
            for some in _some(sorted(changed)):
                VouchedDevices.delete().where(VouchedDevices.user_id.in_(some)).execute()
            for rows in _some(firsts):
                FirstKeys.insert_many(rows, fields=(FirstKeys.user_id, FirstKeys.master_key)).execute()
            for rows in _some(devices):
                VouchedDevices.insert_many(rows, fields=_DEVICE_FIELDS).execute()


_DEVICE_FIELDS = (
    VouchedDevices.user_id,
    VouchedDevices.device_id,
    VouchedDevices.ed25519,
    VouchedDevices.curve25519,
)


def nameless(devices: Mapping[str, Any]) -> dict[str, Any]:
    """Return devices without what their owners call them: nobody needs that here, and nio would keep it."""
    return {
        device_id: {name: value for name, value in device.items() if name != "unsigned"}
        for device_id, device in devices.items()
        if isinstance(device, dict)
    }


def _keys(device: Signed, user_id: str, device_id: str) -> _Device | None:
    if device.get("user_id") != user_id or device.get("device_id") != device_id:
        return None
    keys = part(device, "keys")
    ed25519, curve25519 = keys.get(f"ed25519:{device_id}"), keys.get(f"curve25519:{device_id}")
    if not isinstance(ed25519, str) or not isinstance(curve25519, str):
        return None
    return _Device(device_id, ed25519, curve25519)


def _some(rows: list[Any]) -> Iterable[list[Any]]:
    """Return the rows in portions that one statement can hold."""
    return (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))
