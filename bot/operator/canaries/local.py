"""The stage of the local room: `alongside try`, and the people on its page."""

import contextlib
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from bot.domain.commands import Command
from bot.operator.canaries.browser import Browser, Form, count_said, forms
from bot.operator.canaries.child import Child
from bot.operator.canaries.declared import LOCAL
from bot.operator.canaries.stage import Act, Lost, Way
from bot.operator.canaries.unasked import unasked

_PEOPLE = ("ash", "bea", "cai")
_SERVING = "http://"
# What was sent is remembered for a week; then the next purge is a day away.
_REST = ("8 days", "25 hours")
_ASKED_ON_A_FULL_DISK = 40


class LocalStage:
    """Implements `Stage`. `module` is the programme that is given the words of `alongside`."""

    kind = LOCAL
    types_lines = True

    def __init__(self, folder: Path, random: Random, module: str = "bot") -> None:
        self.folder = folder
        self.database = folder / "data" / "alongside.db"
        self._random = random
        self._child = Child(folder, module, ("try", "--port", "0", "--keep", str(self.database)))
        self._browser: Browser | None = None
        self.asked = self.answered = 0
        # Of the process that runs now: what was asked of it since its page was read, and what it had answered then.
        self._unread = self._shown = 0

    @property
    def ways(self) -> Mapping[str, Way]:
        """What the page sends, and what it never would."""
        return {
            "a line typed to the bot": self.type,
            "a line that is nearly a command": lambda text: self.type(f"rota nev {text}"),
            "an answer to a question": self._answer,
            "what is said in the room": self._say,
            "a line in the room that calls the bot": lambda text: self._say(f"!{text}"),
            "what is said in a meeting room": self._meet,
            "what was pressed": lambda text: self._post("/ask", command="now", pressed=text),
            "how far the clock moves": lambda text: self._post("/clock", move="by", text=text),
            **unasked(lambda: self._there, _PEOPLE[0]),
        }

    @property
    def acts(self) -> Mapping[str, Act]:
        """What else happens."""
        return {
            "a choice is pressed": self._press,
            "another choice is pressed": self._press,
            "an hour goes by": lambda: self._post("/clock", move="hour"),
            "a night goes by": lambda: self._post("/clock", move="morning"),
            "the page is read": self._read,
            "killed": lambda: self._again(signal.SIGKILL),
            "ended": lambda: self._again(signal.SIGTERM),
            "broken off": lambda: self._again(signal.SIGABRT),
            "the disk is full": self._full_disk,
        }

    async def begin(self) -> None:
        """Start the room and open its page."""
        told = await self._child.start(_SERVING.encode())
        self._unread = self._shown = 0
        self._browser = Browser(next(word for word in told.split() if word.startswith(_SERVING)))
        await self._browser.come_in()

    async def listen(self) -> None:
        """Read the page, once all is said."""
        await self._child.until_sent()
        await self._read()

    async def use(self, command: Command, options: Mapping[str, str]) -> None:
        """Fill in the command's form."""
        fields = {f"option-{name}": value for name, value in options.items()}
        await self._ask("/ask", {"as": self._someone, "command": command.name, **fields})

    async def type(self, line: str) -> None:
        """Type to the bot in private."""
        await self._ask("/type", {"as": self._someone, "text": line})

    async def rest(self) -> None:
        """End every rota, let go of what the group says in its own words, and move the clock on."""
        await self._ask("/ask", {"as": self._someone, "command": "group stance", "option-words": "none"})
        for number in self._child.kept("SELECT number FROM rotas"):
            await self._ask("/ask", {"as": self._someone, "command": "rota end", "option-rota": str(number)})
        await self._child.until_sent()
        written = self._child.written()
        for length in _REST:
            await self._post("/clock", move="by", text=length)
            await self._child.until_sent()
        await self._child.until_purged(written)

    async def see_to(self) -> None:
        """Start it again when it ended."""
        if not self._child.is_there:
            await self._over(signal.SIGKILL)
            await self.begin()

    async def fall(self, by: signal.Signals = signal.SIGKILL) -> None:
        """Kill it."""
        await self._over(by)

    async def end(self) -> None:
        """End it as Ctrl-C does."""
        await self._over(signal.SIGINT)

    @property
    def _there(self) -> Browser:
        if self._browser is None or not self._child.is_there:
            raise Lost
        return self._browser

    @property
    def _someone(self) -> str:
        return self._random.choice(_PEOPLE)

    async def _post(self, path: str, **fields: str) -> None:
        await self._there.post(path, {"as": self._someone, "place": "room", **fields})

    async def _ask(self, path: str, fields: Mapping[str, str]) -> None:
        """Ask what is answered on the page."""
        await self._there.post(path, fields)
        self._unread += 1

    async def _say(self, text: str) -> None:
        await self._post("/say", text=text)

    async def _answer(self, text: str) -> None:
        """Begin a command without what it needs, and answer the question with the text."""
        person = self._someone
        for line in ("rota new", text):
            await self._ask("/type", {"as": person, "text": line})

    async def _meet(self, text: str) -> None:
        """Let two people meet, and say it where they do."""
        await self._there.post("/type", {"as": "bea", "text": "sit open"})
        await self._there.post("/type", {"as": "ash", "text": "sit ask quiet"})
        for person, command in (("ash", "sit ask"), ("bea", "sit can"), ("ash", "sit pick")):
            await self._child.until_sent()
            offered = [form for form in await self._offered(person) if form.fields.get("command") == command]
            for form in offered[-1:]:
                await self._there.post(form.action, form.fields)
        await self._child.until_sent()
        said = [form for form in await self._offered("ash") if form.action == "/say"]
        for form in said:
            if form.fields.get("place", "").startswith("meeting"):
                await self._there.post(form.action, {**form.fields, "text": text})
        await self._there.post("/say", {"as": "ash", "place": "meeting-1", "text": text})

    async def _press(self) -> None:
        """Press one of the choices that stand on the page."""
        pressable = [form for form in await self._offered(self._someone) if "pressed" in form.fields]
        if pressable:
            chosen = self._random.choice(pressable)
            await self._there.post(chosen.action, chosen.fields)

    async def _offered(self, person: str) -> Sequence[Form]:
        return forms(await self._there.get(f"/as/{person}"))

    async def _read(self) -> None:
        """Count what the bot said. What was asked of a process that ended before its page was read does not count."""
        shown = count_said(await self._there.get("/"))
        self.answered += max(shown - self._shown, 0)
        self.asked += self._unread
        self._unread, self._shown = 0, shown

    async def _full_disk(self) -> None:
        """Ask for things to be kept while nothing can be; it ends by that, or goes on."""
        self._child.fill_disk()
        with contextlib.suppress(Lost):
            for length in range(_ASKED_ON_A_FULL_DISK):
                await self.type(f"me zone {'Europe/Dublin' if length % 2 else 'Europe/London'}")
        self._child.make_room()
        await self._again(signal.SIGTERM)

    async def _again(self, by: signal.Signals) -> None:
        with contextlib.suppress(Lost):
            await self._read()
        await self._over(by)
        await self.begin()

    async def _over(self, by: signal.Signals) -> None:
        if self._browser is not None:
            await self._browser.close()
            self._browser = None
        await self._child.send(by)
