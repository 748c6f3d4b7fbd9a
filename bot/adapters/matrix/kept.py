"""What a Matrix world keeps in its folder, for the data map. Keys and ids; no name, and nothing that was said."""

from collections.abc import Mapping, Sequence

from nio.store import models
from peewee import ForeignKeyField, Model

from bot.adapters.matrix.folder import KEYS_FILE, LOCK_FILE, SECRET_FILE, SESSION_FILE
from bot.adapters.matrix.forward import FallbackEnd, MegolmAhead, MegolmDates
from bot.adapters.matrix.identities import FirstKeys, VouchedDevices
from bot.adapters.matrix.seeds import FILE as SEEDS_FILE
from bot.adapters.matrix.seeds import NEXT_FILE as NEXT_SEEDS_FILE
from bot.ports.datamap import Field, Part

_OURS = "with the bot's own device"
_ROOM = "when the bot is out of the room"
_SHARED = "when the person shares no room with the bot any more"
_SESSION = "ten minutes after the sender began another; thirty days after it was last used at the latest"
_NEVER = "at once: nothing is ever put there"

# For each column of each table in the key file: what it holds, and what for.
_KEYS: Mapping[type[Model], tuple[str, Mapping[str, tuple[str, str]]]] = {
    models.StoreVersion: (_OURS, {"version": ("a number", "how the file is laid out")}),
    models.Accounts: (
        _OURS,
        {
            "account": ("the device's own keys, sealed with the folder's secret", "to be the same device again"),
            "user_id": ("the bot's own account", "whose keys they are"),
            "device_id": ("the bot's own device", "which of its devices"),
            "shared": ("yes or no", "whether the server has the public keys"),
        },
    ),
    models.OlmSessions: (
        "thirteen months after it was last used, at the bot's next start",
        {
            "creation_time": ("a moment", "which session is the newest"),
            "last_usage_date": ("a moment", "which session was used last"),
            "sender_key": ("a device's public key", "whose session it is"),
            "session": ("keys between two devices, sealed with the folder's secret", "to hand on keys of rooms"),
            "session_id": ("an id of a session", "to find it"),
        },
    ),
    models.DeviceKeys: (
        _SHARED,
        {
            "device_id": ("a device's id", "to write to that device"),
            "user_id": ("the platform's id of a person", "whose device it is"),
            "display_name": ("nothing: it is emptied, for people write names there", "no purpose"),
            "deleted": ("yes or no", "whether the device is gone"),
        },
    ),
    models.Keys: (
        _SHARED,
        {"key_type": ("one of two words", "what the key is for"), "key": ("a public key", "to write to that device")},
    ),
    models.DeviceTrustState: (_SHARED, {"state": ("a number", "whether the device may be written to")}),
    models.MegolmInboundSessions: (
        _SESSION,
        {
            "sender_key": ("a device's public key", "whose words it opens"),
            "fp_key": ("a device's public key", "that they are that device's"),
            "room_id": ("the platform's id of a room", "in which room"),
            "session": (
                "the key to what is to come, moved past all that was read, sealed with the folder's secret",
                "to read what is asked of the bot",
            ),
            "session_id": ("an id of a session", "to find it"),
        },
    ),
    models.ForwardedChains: (_SESSION, {"sender_key": ("a device's public key", "who handed a key on")}),
    models.EncryptedRooms: (_ROOM, {"room_id": ("the platform's id of a room", "never to write there in the clear")}),
    models.OutgoingKeyRequests: (
        _NEVER,
        {
            "request_id": ("an id of a request", "to ask for a key"),
            "session_id": ("an id of a session", "for which key"),
            "room_id": ("the platform's id of a room", "in which room"),
            "algorithm": ("one of a few words", "what kind of key"),
        },
    ),
    models.SyncTokens: (_NEVER, {"token": ("a place in the server's stream of events", "where reading goes on")}),
    MegolmDates: (
        _SESSION,
        {
            "session_id": ("an id of a session", "which session"),
            "came_at": ("a moment", "when it can be let go"),
            "used_at": ("a moment", "when it can be let go"),
        },
    ),
    MegolmAhead: (
        "when what came out of turn is complete, or is waited for no longer",
        {
            "session_id": ("an id of a session", "which session"),
            "index": ("a number", "which message was dealt with already"),
            "until": ("a moment", "how long the one before it is waited for"),
        },
    ),
    FallbackEnd: ("when that key is gone", {"at": ("a moment", "when a key that was used is to be gone")}),
    FirstKeys: (
        "when the person shares no group with the bot any more",
        {
            "user_id": ("the platform's id of a person", "whose key it is"),
            "master_key": ("a public key", "to notice when somebody else would take their place"),
        },
    ),
    VouchedDevices: (
        "when the person shares no group with the bot any more",
        {
            "user_id": ("the platform's id of a person", "whose device it is"),
            "device_id": ("a device's id", "which device its owner vouches for"),
            "ed25519": ("a public key", "which device its owner vouches for"),
            "curve25519": ("a public key", "which device its owner vouches for"),
        },
    ),
}
# For each other file: what it holds, and what for.
_FILES: Mapping[str, tuple[str, str]] = {
    SESSION_FILE: ("the bot's own account and device, and the token that it is logged in with", "to stay logged in"),
    SECRET_FILE: ("the secret that the keys are sealed with, unless it is kept elsewhere", "to open the keys"),
    SEEDS_FILE: ("the bot's own signing keys, sealed with that secret", "to vouch for its own device"),
    NEXT_SEEDS_FILE: ("the same, while they are being made", "not to lose them when the making is cut short"),
    LOCK_FILE: ("nothing", "that no second process uses the folder"),
}


def parts() -> Sequence[Part]:
    """Return every file in the folder of a Matrix world, the key file by its tables."""
    files = [
        Part(
            name=name,
            where="folder",
            latest=_OURS,
            fields=[Field(name="content", holds=holds, purpose=why, ends=_OURS)],
        )
        for name, (holds, why) in _FILES.items()
    ]
    return [*(_table(model, *told) for model, told in _KEYS.items()), *files]


def _table(model: type[Model], ends: str, told: Mapping[str, tuple[str, str]]) -> Part:
    """Describe a table of the key file. Raises `LookupError` for a column of which nothing is said."""
    fields = []
    for field in model._meta.sorted_fields:  # noqa: SLF001  How peewee lists them.
        links = isinstance(field, ForeignKeyField)
        holds, why = ("a number", "which row it belongs to") if links else told.get(field.name, _NUMBERED)
        if field.name not in told and not links and field.name != "id":
            raise LookupError(f"{model.__name__}.{field.name}")
        fields.append(Field(name=field.column_name, holds=holds, purpose=why, ends=ends))
    return Part(name=f"{KEYS_FILE}: {model._meta.table_name}", where="folder", latest=ends, fields=fields)  # noqa: SLF001  As above.


_NUMBERED = ("a number", "the order of rows")
