"""Somebody who took a whole data folder, the server's database and all that ever went over it, and tries every key."""

import base64
import contextlib
import itertools
import json
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import vodozemac
from nio.crypto.sessions import derive_pickle_key

from tests.synapse.homeserver import Homeserver
from tests.synapse.peer import Peer

# Pickles are one run of base64; whatever looks like one is tried, wherever in a file it lies. Keys and ids of 43 such
# characters stand right before and right after them.
_RUN = re.compile(rb"[A-Za-z0-9+/_-]{100,}")
_BESIDE = (0, 43, 44)
_SHORTEST = 100
_FAULTS = (ValueError, KeyError, TypeError)


@dataclass(kw_only=True)
class Tapped:
    """All that a person's device sent to other devices, taken down on the way to the server."""

    sent: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def on(cls, peer: Peer) -> "Tapped":
        tapped, send = cls(), peer.client.send

        async def listen(method: str, path: str, data: Any = None, *args: Any, **more: Any) -> Any:  # noqa: ANN401
            if "/sendToDevice/" in path:
                tapped.sent.append(json.loads(data))
            return await send(method, path, data, *args, **more)

        peer.client.send = listen
        return tapped

    def to(self, user_id: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for body in self.sent:
            for device in body["messages"].get(user_id, {}).values():
                for message in device.get("ciphertext", {}).values():
                    yield device["sender_key"], message


@dataclass(kw_only=True)
class Loot:
    """Every key that can be made out of a folder's bytes, with the secret that stands in it or is known."""

    accounts: list[vodozemac.Account] = field(default_factory=list)
    olm: list[vodozemac.Session] = field(default_factory=list)
    megolm: list[vodozemac.InboundGroupSession] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path, secret: str) -> "Loot":
        loot, key = cls(), derive_pickle_key(secret)
        for run in {run for file in folder.rglob("*") if file.is_file() for run in _RUN.findall(file.read_bytes())}:
            for start, end in itertools.product(_BESIDE, _BESIDE):
                loot.try_pickle(run[start : len(run) - end].decode(), key)
        for pickle in {value for file in folder.glob("*.db") for value in _values(file)}:
            loot.try_pickle(pickle, key)
        return loot

    def try_pickle(self, pickle: str, key: bytes) -> None:
        with contextlib.suppress(*_FAULTS):
            self.accounts.append(vodozemac.Account.from_pickle(pickle, key))
        with contextlib.suppress(*_FAULTS):
            self.olm.append(vodozemac.Session.from_pickle(pickle, key))
        with contextlib.suppress(*_FAULTS):
            self.megolm.append(vodozemac.InboundGroupSession.from_pickle(pickle, key))

    def open_to_device(self, messages: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Try every message to the device with every key; room keys that come out are loot too."""
        for sender_key, body in messages:
            for plain in self._plains(sender_key, body):
                content = json.loads(plain).get("content", {})
                if "session_key" in content:
                    key = vodozemac.SessionKey(content["session_key"])
                    self.megolm.append(vodozemac.InboundGroupSession(key))

    def _plains(self, sender_key: str, body: Mapping[str, Any]) -> Iterator[bytes]:
        message = vodozemac.AnyOlmMessage.from_parts(body["type"], _unpadded(body["body"]))
        for session in self.olm:
            with contextlib.suppress(*_FAULTS):
                yield session.decrypt(message)
        if (pre_key := message.to_pre_key()) is None:
            return
        for account in self.accounts:
            with contextlib.suppress(*_FAULTS):
                key = vodozemac.Curve25519PublicKey.from_base64(sender_key)
                yield account.create_inbound_session(key, pre_key)[1]

    def reads(self, events: Iterable[Mapping[str, Any]]) -> set[str]:
        """Return the words of every event that any of the keys opens."""
        found = set()
        for event in events:
            message = vodozemac.MegolmMessage.from_base64(event["ciphertext"])
            for session in self.megolm:
                if session.session_id == event["session_id"]:
                    with contextlib.suppress(*_FAULTS):
                        found.add(str(json.loads(session.decrypt(message).plaintext)["content"]["body"]))
        return found


def _values(file: Path) -> Iterator[str]:
    """Return every long text of every table: what does not fit on a page is in pieces among the bytes."""
    with contextlib.closing(sqlite3.connect(file)) as database:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608  Names from the database itself.
                texts = (value.decode() if isinstance(value, bytes) else value for value in row)
                yield from (text for text in texts if isinstance(text, str) and len(text) >= _SHORTEST)


def events_of(homeserver: Homeserver, room_id: str) -> Sequence[Mapping[str, Any]]:
    """Return every encrypted event of a room that the server's database holds."""
    with contextlib.closing(sqlite3.connect(homeserver.database)) as database:
        rows = database.execute("SELECT json FROM event_json WHERE room_id = ?", (room_id,)).fetchall()
    events = (json.loads(text) for (text,) in rows)
    return [event["content"] for event in events if event["type"] == "m.room.encrypted"]


def taken(folder: Path, to: Path) -> Path:
    """Take a folder as it is at this moment."""
    shutil.rmtree(to, ignore_errors=True)
    return Path(shutil.copytree(folder, to))


def _unpadded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))
