"""What the operator is told when it cannot go on: one sentence for each kind of fault, with the way back.

None of them holds a token, a password, or anything that a person or a server wrote.
"""

import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bot.ports.chat import ChatError
from bot.store.database import InClear

_UNCHANGED = "Nothing was changed"
_BACK = "docs/operating-on-matrix.md says how to go on"

# By `ChatError.kind`. {folder} is the world's folder.
_WORLD = {
    "in-use": "another process is running on this account ({folder}): stop that one first, or leave this one",
    "keys-broken": (
        "the bot's keys in {folder}/keys.db are damaged. "
        f"{_UNCHANGED}, and no new device was made: put the folder back from a copy, or {_BACK}"
    ),
    "keys-gone": (
        "the server has keys of this device, and {folder} has not. "
        f"{_UNCHANGED}, and no new device was made: put the folder back from a copy, or {_BACK}"
    ),
    "keys-differ": (
        "the server has other keys of this device than {folder}. "
        f"{_UNCHANGED}: put the right folder there, or {_BACK}"
    ),
    "secret-missing": (
        "{folder} has keys, and the secret that opens them is gone. "
        f"{_UNCHANGED}: put store.secret back from a copy, or name the file in store_key_file; else {_BACK}"
    ),
    "secret-wrong": (
        "the keys in {folder} do not open with their secret. "
        f"{_UNCHANGED}: put back the store.secret, or the store_key_file, that they were made with; else {_BACK}"
    ),
    "session-broken": (
        "{folder}/session.json cannot be read. "
        f"{_UNCHANGED}: take that one file away, and start again; the device stays the same"
    ),
    "folder-of-another": (
        "{folder} holds the keys of another account or device than the settings name. "
        f"{_UNCHANGED}: set the account and device_id as they were, or give this world another name"
    ),
    "token-of-another": (
        "the access token belongs to another account or device than the settings name: "
        "set the account and device_id that it was made for"
    ),
    "device-gone": (
        "this device was deleted from the account, and {folder} still has its keys. "
        f"{_UNCHANGED}: if that was meant, leave it; if not, {_BACK}"
    ),
    "token-revoked": (
        "the server does not know the access token any more: it ended, or the device was deleted elsewhere. "
        f"{_UNCHANGED}: {_BACK}"
    ),
    "rate-limited": "the chat server takes no more from this account just now: try again in a minute",
    "token-wrong": (
        "Discord does not know the bot's token: make a new one in its Developer Portal, under Bot, "
        "and put it alone in the token_file"
    ),
    "intents-not-allowed": (
        "Discord does not let the bot have the intent it asks for, which is that for servers alone: "
        "see in its Developer Portal that the application is a bot and was not disabled"
    ),
    "shards-wrong": "Discord does not take these shards: see that shard_ids are below shard_count, or leave both out",
    "shards-needed": "the bot is in so many servers that Discord wants more shards: raise shard_count, or leave it out",
    "no-password": f"the access token is no longer good, and there is no password: {_BACK}",
}
# Why the device is not cross-signed, and what to do.
_STANDINGS = {
    "not-yet": "the device is not cross-signed yet: start the bot once",
    "foreign-keys": (
        "the account has signing keys that the bot did not make: sign the bot's device in the app that made them, "
        "or stop the bot and give the account new ones with alongside init matrix --new-identity"
    ),
    "seeds-unreadable": (
        "the bot's own signing keys cannot be opened: put signing.seeds and store.secret back from one copy, "
        "or give the account new ones with alongside init matrix --new-identity"
    ),
    "needs-password": (
        "the server wants the account's password before it takes signing keys: "
        "run alongside init matrix --new-identity, which asks for it"
    ),
    "password-refused": "the server says that the password is wrong: run it again with the right one",
    "needs-approval": "the server has this approved on its own page: approve it in your account, then start again",
    "device-differs": "the server shows other keys for this device than are here: log in anew, as a new device",
}
# By the kind of fault. {file} is the backup.
_BACKUPS = {
    "recipient": (
        "number {place} of the recipients under [backup] is no public key of age or ssh: "
        "give what age-keygen shows, or a line of ssh-ed25519 or ssh-rsa"
    ),
    "empty": "there is nothing to keep yet: start the bot once",
    "identity": (
        "what was given as --identity is no private key of age, and none of ssh without a passphrase: "
        f"give the file that age-keygen wrote. {_UNCHANGED}"
    ),
    "not-sealed": f"{{file}} is no backup of Alongside's. {_UNCHANGED}",
    "key-wrong": f"{{file}} does not open with this private key: give one that it was made for. {_UNCHANGED}",
    "broken": f"{{file}} is damaged or cut short: take another. {_UNCHANGED}",
    "newer": f"{{file}} was made by a newer Alongside: install that one first. {_UNCHANGED}",
    "over": (
        "{file} was to be gone on {date}, and who was forgotten in it since may not be known any more: "
        f"take a newer one, or --force. {_UNCHANGED}"
    ),
    "not-empty": f"the database holds something already: give --force to put the backup in its place. {_UNCHANGED}",
    "no-secret": (
        "somebody was forgotten since {file} was made, and who that is cannot be known without forgotten.key.age: "
        f"put that beside the backup, or give --force to have them back. {_UNCHANGED}"
    ),
    "no-place": f"the database cannot be written ({{why}}): see that its place is right. {_UNCHANGED}",
}
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DISK_FULL = (
    "the disk is full, so nothing can be kept: make room, then start it again. What was not dealt with comes again then"
)
_NOT_OPENED = (
    "the database file does not open: it is encrypted under another key than the settings name, or it is damaged. "
    f"{_UNCHANGED}: see that database_key_file names the key that it was made with"
)
_DISK_BROKEN = "what is kept cannot be written or read (%s): see that the disk is well and may be written to"


_BY_NAME = {"SQLITE_FULL": _DISK_FULL, "SQLITE_NOTADB": _NOT_OPENED}
_IN_CLEAR = (
    "a key is set, and the database file is not encrypted yet: alongside encrypt does that, with the bot stopped. "
    f"{_UNCHANGED}"
)
_NOT_INSTALLED = {"asyncpg": "postgres", "sqlcipher3": "encrypted"}


# The status of a programme that could not do what was asked.
FAULT = 1


class Stop(Exception):  # noqa: N818  The end of the programme, in one sentence.
    """A fault to end with: its text is the sentence that is shown."""


class WorldStop(Exception):  # noqa: N818  As above.
    """A world that cannot go on, by its name, with the folder of its keys."""

    def __init__(self, name: str, folder: Path, error: ChatError) -> None:
        super().__init__(error.kind)
        self.name = name
        self.folder = folder
        self.error = error


def of_world(name: str, folder: Path, error: ChatError) -> str:
    """Return why a world cannot go on."""
    if error.kind in _WORLD:
        return f"{name}: {_WORLD[error.kind].format(folder=folder)}"
    does = "refuses the bot" if error.permanent else "is not there; see that its address is right and that it is up"
    return f"{name}: the chat server {does} ({error.kind})"


def of_standing(standing: str) -> str:
    """Return why the device is not cross-signed, and the way there, by the value of a `Standing`."""
    return _STANDINGS[standing]


def of_opening(error: BaseException) -> str | None:
    """Return why a database was not opened when that is for want of an extra or of its being encrypted, else None."""
    if isinstance(error, InClear):
        return _IN_CLEAR
    if isinstance(error, ModuleNotFoundError):
        extra = _NOT_INSTALLED.get(error.name or "", "postgres")
        return f"{error.name} is not installed: put it in with: pip install 'alongside[{extra}]'"
    return None


def of_backup(kind: str, **facts: object) -> str:
    """Return what is wrong with a backup."""
    return _BACKUPS[kind].format(**facts)


def of_storage(error: BaseException) -> str | None:
    """Return what is wrong with the disk when that is at the bottom of it, else None."""
    for cause in _causes(error):
        if isinstance(cause, sqlite3.Error):
            name = getattr(cause, "sqlite_errorname", None) or type(cause).__name__
            return _BY_NAME.get(name, _DISK_BROKEN % name)
        if isinstance(cause, OSError) and cause.errno in _FULL:
            return _DISK_FULL
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
