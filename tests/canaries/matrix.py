"""The stage on Matrix: the bot as a process on a real Synapse, in an encrypted room and in an open one."""

import asyncio
import contextlib
import itertools
import signal
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from nio import ToDeviceMessage

from bot.domain.commands import Command
from bot.operator.canaries.child import Child
from bot.operator.canaries.stage import Act, Lost, Way
from tests.canaries.sleeping import a_week_later
from tests.soak.cutting import Cutting
from tests.soak.process import ON_MATRIX, SECRET
from tests.synapse.homeserver import Homeserver
from tests.synapse.peer import Peer
from tests.synapse.signatures import vouch_for

_numbers = itertools.count()
_PEOPLE = 3
_ON_A_FULL_DISK = 4
# So many of the people have a direct chat in clear, and no device that they vouch for.
_IN_CLEAR = 1
_ENDED_AFTER_TRIES = 3
# What the bot says to somebody who asked it nothing.
_UNASKED = "You invited me to your group"
_QUIET_LOOKS = 20
_BETWEEN_LOOKS_SECONDS = 0.2


class MatrixStage:
    """Implements `Stage`. Without a homeserver it starts one of its own."""

    kind = "matrix"
    types_lines = True

    def __init__(
        self, folder: Path, random: Random, homeserver: Homeserver | None = None, module: str = "tests.soak.bot"
    ) -> None:
        self.folder = folder
        self._random = random
        self._leaving = contextlib.AsyncExitStack()
        self._elsewhere = Path(self._leaving.enter_context(tempfile.TemporaryDirectory(prefix="alongside-matrix-")))
        self._given = homeserver
        self._child = Child(folder, module, ("run", "--config", str(folder / "alongside.toml")))
        self.database = self._child.database
        self._peers: list[Peer] = []
        self._rooms: list[str] = []
        self._directs: dict[str, str] = {}
        self._bot = ""
        self._said: list[tuple[Peer, str, str]] = []
        self.asked = 0
        # By how much less was answered than asked when it was last listened for; less than none, where the bot said
        # more than it was asked.
        self._unanswered = 0

    @property
    def answered(self) -> int:
        heard = (each for peer in self._peers for each in peer.heard if each.sender == self._bot)
        private = (each for each in heard if each.room_id not in self._rooms and _UNASKED not in each.body)
        return len({each.event_id for each in private})

    @property
    def ways(self) -> Mapping[str, Way]:
        return {
            "what is said in an encrypted room": lambda text: self._say(text, room=self._rooms[0]),
            "what is said in an open room": lambda text: self._say(text, room=self._rooms[1]),
            "a line that calls the bot": lambda text: self._say(f"!{text}"),
            "a line that is nearly a command": lambda text: self._ask(f"!rota nev {text}"),
            "a line in a direct chat": self.type,
            "an answer to a question": self._answer,
            "an edit": self._edit,
            "a message with marks": lambda text: self._say(
                text, format="org.matrix.custom.html", formatted_body=f"<b>{text}</b>"
            ),
            "a line in a thread": self._in_thread,
            "the name of a file": lambda text: self._say(
                text, msgtype="m.file", url="mxc://hs.test/none", filename=f"{text}.png"
            ),
            "a kind of message that is none": lambda text: self._say(text, msgtype=text),
            "a reaction": self._react,
            "a reason": self._redact,
            "the name of a person": self._named,
            "the name of a device": self._device,
            "the name of a room": lambda text: self._state("m.room.name", {"name": text}),
            "the topic of a room": lambda text: self._state("m.room.topic", {"topic": text}),
            "an event that is none": lambda text: self._state("org.peers.text", {"text": text}),
            "an invitation": self._invite,
            "a message from device to device": self._to_device,
            "what cannot be read": self._unreadable,
        }

    @property
    def acts(self) -> Mapping[str, Act]:
        return {
            "a choice is made": lambda: self.type("1"),
            "another choice is made": lambda: self.type("2"),
            "replies are lost": self._cut,
            "everybody reads": self._read,
            "any device will do again": self._open,
            "any device will do once more": self._open,
            "killed": lambda: self._again(signal.SIGKILL),
            "the disk is full, and it breaks off": self._full_disk,
        }

    async def begin(self) -> None:
        if not self._bot:
            await self._settle()
        await self._child.start(b"serving")
        if not self._peers:
            await self._gather()

    async def _settle(self) -> None:
        """Start what is needed, and write the bot's settings."""
        if self._given is None:
            (self._elsewhere / "synapse").mkdir()
            self._given = Homeserver(self._elsewhere / "synapse")
            await asyncio.to_thread(self._given.start)
            self._leaving.callback(self._given.stop)
        self._cutting = Cutting(self._given.url)
        url = await self._cutting.start()
        self._leaving.push_async_callback(self._cutting.stop)
        account = await asyncio.to_thread(self._given.register, f"canaries{next(_numbers)}")
        self._bot = account.user_id
        _write(self.folder, ON_MATRIX.format(url=url, account=account.user_id), account.password)

    async def _gather(self) -> None:
        assert self._given is not None
        for number in range(_PEOPLE):
            person = await asyncio.to_thread(self._given.register, f"peer{number}-{next(_numbers)}")
            peer = await Peer.come(self._given, person, self._elsewhere / person.user_id[1:8])
            self._leaving.push_async_callback(peer.go)
            self._peers.append(peer)
            if number != _IN_CLEAR:
                await asyncio.to_thread(vouch_for, self._given, peer)
        first, *others = self._peers
        ids = [peer.user_id for peer in others]
        for is_encrypted in (True, False):
            room = await first.make_group(self._bot, *ids, encrypted=is_encrypted)
            await asyncio.gather(*(peer.wait_for_people(room, self._bot, *ids) for peer in self._peers))
            self._rooms.append(room)
        for number, peer in enumerate(self._peers):
            direct = self._directs[peer.user_id] = await peer.make_direct(self._bot, encrypted=number != _IN_CLEAR)
            await peer.wait_for_people(direct, self._bot)

    async def use(self, command: Command, options: Mapping[str, str]) -> None:
        given = ", ".join(f"{name}: {value}" for name, value in options.items())
        await self._ask(f"!{command.name} {given}")

    async def type(self, line: str) -> None:
        await self._type(line, self._someone)

    async def listen(self) -> None:
        quiet = 0
        while quiet < (_QUIET_LOOKS if self.answered < self.asked - self._unanswered else 1):
            before = self.answered
            await asyncio.sleep(_BETWEEN_LOOKS_SECONDS)
            await self._read()
            quiet = quiet + 1 if self.answered == before else 0
        self._unanswered = self.asked - self.answered

    async def rest(self) -> None:
        await self._open()
        await self.listen()
        for _ in range(_ENDED_AFTER_TRIES):
            for room in self._rooms:
                await self._ask("!group stance none", room=room)
            for room, number in self._rotas():
                await self._ask(f"!rota end {number}", room=room)
            await self.listen()
        await a_week_later(self._child, self.begin)

    def _rotas(self) -> Sequence[tuple[str, int]]:
        """Return each rota that there is, by its room and its number."""
        return [
            (room, number)
            for room in self._rooms
            for number in self._child.kept(f"SELECT number FROM rotas WHERE group_id = 'matrix:{room}'")  # noqa: S608  Ours.
        ]

    async def see_to(self) -> None:
        if not self._child.is_there:
            await self.begin()

    async def fall(self) -> None:
        await self._read()
        await self._child.send(signal.SIGKILL)

    async def end(self) -> None:
        await self._child.send(signal.SIGTERM)
        await self._leaving.aclose()

    @property
    def _someone(self) -> Peer:
        if not self._child.is_there:
            raise Lost
        return self._random.choice(self._peers)

    async def _type(self, line: str, peer: Peer) -> None:
        await self._ask(line, peer=peer, room=self._directs[peer.user_id])

    async def _ask(self, text: str, *, peer: Peer | None = None, room: str | None = None) -> None:
        """Say what is answered."""
        await self._say(text, peer=peer, room=room)
        self.asked += 1

    async def _open(self) -> None:
        """Let each group hear any device again, on one that is vouched for and where nothing goes in clear.

        A group is named by the last word that was said in its room.
        """
        first = self._peers[0]
        for room in self._rooms:
            if not self._child.is_there:
                raise Lost
            await self._say("!about", peer=first, room=room)
            await self._type("group devices any", first)

    async def _say(self, text: str, *, peer: Peer | None = None, room: str | None = None, **more: object) -> None:
        peer, room = peer or self._someone, room or self._random.choice(self._rooms)
        self._said.append((peer, room, await peer.say(room, text, **more)))

    async def _answer(self, text: str) -> None:
        peer = self._someone
        for line in ("rota new", text):
            await self._type(line, peer)

    async def _last_said(self, text: str) -> tuple[Peer, str, str]:
        """Return what was said last, by whom and where; something is said first where nothing is left."""
        if not self._said:
            await self._say(text)
        return self._said[-1]

    async def _edit(self, text: str) -> None:
        peer, room, event = await self._last_said(text)
        content = {"msgtype": "m.text", "body": f"!me zone {text}"}
        relates = {"rel_type": "m.replace", "event_id": event}
        await self._say(f"* {text}", peer=peer, room=room, **{"m.new_content": content, "m.relates_to": relates})

    async def _in_thread(self, text: str) -> None:
        peer, room, event = await self._last_said(text)
        relates = {"rel_type": "m.thread", "event_id": event}
        await self._say(f"!me zone {text}", peer=peer, room=room, **{"m.relates_to": relates})

    async def _react(self, text: str) -> None:
        peer = self._someone
        heard = [each for each in peer.heard if each.sender == self._bot]
        for each in heard[-1:]:
            await peer.react(each.room_id, each.event_id, text)
        _, room, event = await self._last_said(text)
        if room in self._rooms:
            await peer.react(room, event, text)

    async def _redact(self, text: str) -> None:
        peer, room, event = await self._last_said(text)
        self._said.pop()
        await peer.client.room_redact(room, event, reason=text)

    async def _named(self, text: str) -> None:
        """Let somebody be called so, and do things that others are told of by name."""
        peer = self._someone
        await peer.client.set_displayname(text)
        for line in ("sit open", "sit ask quiet"):
            await self._type(line, peer)

    async def _device(self, text: str) -> None:
        client = self._someone.client
        await client.update_device(str(client.device_id), {"display_name": text})

    async def _state(self, kind: str, content: Mapping[str, Any]) -> None:
        await self._peers[0].client.room_put_state(self._random.choice(self._rooms), kind, dict(content))

    async def _invite(self, text: str) -> None:
        await self._someone.make_group(self._bot, encrypted=False, name=text)

    async def _to_device(self, text: str) -> None:
        content = {"text": text, "body": text, "device_id": text}
        for kind in ("org.peers.text", "m.room_key_request", "m.room.encrypted"):
            await self._someone.client.to_device(ToDeviceMessage(kind, self._bot, "*", content))

    async def _unreadable(self, text: str) -> None:
        content = {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": text, "session_id": text, "sender_key": text}
        path = f"/_matrix/client/v3/rooms/{self._rooms[0]}/send/m.room.encrypted/{next(_numbers)}"
        assert self._given is not None
        token = self._someone.client.access_token
        await asyncio.to_thread(self._given.ask, "PUT", path, content | {"device_id": text}, token)

    async def _cut(self) -> None:
        self._cutting.on = not self._cutting.on
        self._cutting.drop()

    async def _read(self) -> None:
        await asyncio.gather(*(peer.sync(0.2) for peer in self._peers))

    async def _full_disk(self) -> None:
        await self._read()
        self._child.fill_disk()
        for number in range(_ON_A_FULL_DISK):
            if self._child.is_there:
                await self.type(f"me zone {'Europe/Dublin' if number % 2 else 'Europe/London'}")
        await self._read()
        self._child.make_room()
        await self._again(signal.SIGABRT)

    async def _again(self, by: signal.Signals) -> None:
        await self._read()
        await self._child.send(by)
        await self.begin()


def _write(folder: Path, config: str, secret: str) -> None:
    (folder / "alongside.toml").write_text(config)
    kept = folder / SECRET
    kept.touch(mode=0o600)
    kept.write_text(secret)
