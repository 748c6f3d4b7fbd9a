"""The scene on Discord: a loopback Discord, bad luck on it, and people in several servers."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from random import Random

from tests.discord.loopback import Loopback
from tests.discord.permissions import May
from tests.discord.pointing import environment
from tests.soak.asking import names
from tests.soak.book import Ask
from tests.soak.circle import Circle
from tests.soak.forms import FillingIn
from tests.soak.member import Member
from tests.soak.mischief import CALLBACK, Mischief
from tests.soak.pair import Pair
from tests.soak.process import ON_DISCORD, BotProcess
from tests.soak.scene import Props
from tests.soak.steps_on_discord import STEPS
from tests.soak.watching import Watching

GROUP = 4
# Oftener than the real one, so that the bot can die often.
_IDENTIFY_EVERY_SECONDS = 0.3
_NO_END = 1_000_000
_GRANTED = (
    May.VIEW_CHANNEL
    | May.SEND_MESSAGES
    | May.CREATE_PRIVATE_THREADS
    | May.SEND_MESSAGES_IN_THREADS
    | May.MANAGE_THREADS
    | May.READ_MESSAGE_HISTORY
)


class _Bot(BotProcess):
    """The bot, while so much time goes by for Discord as goes by for it."""

    def __init__(self, folder: Path, discord: Loopback) -> None:
        super().__init__(folder)
        self._discord = discord
        self._ahead = 0.0

    async def start(self, ahead_seconds: float, step: str | None = None, passage: int = 1) -> None:
        self._discord.clock.pass_by(ahead_seconds - self._ahead)
        self._ahead = ahead_seconds
        await super().start(ahead_seconds, step, passage)


class OnDiscord:
    """Implements `Scene`."""

    steps = STEPS
    slow_needs: Collection[str] = ("announced", "meeting", "button")

    def __init__(self, props: Props) -> None:
        self._props = props
        self._discord = Loopback()
        self._discord.gateway.identify_every = _IDENTIFY_EVERY_SECONDS
        self._discord.gateway.starts_in_all = _NO_END
        self._served = contextlib.AsyncExitStack()
        self._mischief = Mischief(self._discord, Random(props.random.random()))
        self._names = names()
        self.bot = _Bot(props.folder / "bot", self._discord)
        excuse = props.sentences.line("discord-ask-again")
        self._watching = Watching(self._discord, props.book, self.bot.database, excuse)
        self.circles: list[Circle] = []
        self.people: list[Member] = []
        self._forms: list[FillingIn] = []
        self._pairs: list[Pair] = []
        self._meeting: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        await self._served.enter_async_context(self._discord.served())
        self.bot.settle(ON_DISCORD, self._discord.token, environment(self._discord.url))
        self._watching.start()

    async def gather(self, count: int) -> None:
        props = self._props
        for number in range(-(-count // GROUP)):
            people = await self._group(f"group{number}", GROUP)
            self.people += people
            self.circles.append(Circle(list(people), props.book, props.asking, props.sentences, self._names))
            self._forms.append(FillingIn(people, props.book, props.asking, props.sentences))
            for person in people:
                person.todo.append(props.asking.remind())
        ann, bea = await self._group("pair", 2)
        self._pairs.append(Pair(ann, bea, props.book, props.sentences, props.random))
        self._meeting += [asyncio.create_task(pair.meet_again_and_again()) for pair in self._pairs]

    async def close(self) -> None:
        for meeting in self._meeting:
            meeting.cancel()
        await self._watching.stop()
        await self._served.aclose()

    def bad_luck(self, *, on: bool) -> None:
        if on:
            self._mischief.start()
        else:
            self._mischief.stop()

    async def prepare(self, needs: str, kills: int, *, alone: bool) -> None:
        del kills, alone
        for person in self._props.random.sample(self.people, 2):
            person.todo.append(self._in_private)
        if needs == "announced":
            self._discord.luck.lose_request(CALLBACK, times=3)
        if needs in {"meeting", "button"}:
            for pair in self._pairs:
                pair.hurry()

    async def restart(self, how: str) -> None:
        """Nothing: Discord has no restarts that anybody is told of."""

    async def rest(self) -> None:
        for pair in self._pairs:
            pair.stop()
        await asyncio.gather(*self._meeting)

    async def look(self) -> None:
        self._watching.look_at_what_was_kept()
        for form in self._forms:
            form.go_on()

    def story(self) -> Iterator[str]:
        members = [*self.people, *(member for pair in self._pairs for member in (pair.ann, pair.bea))]
        yield f"ways that were taken: {dict(sum((member.used for member in members), Counter[str]()))}"
        yield f"answers that were announced first: {self._watching.announced}"
        yield f"announced, and then to be asked again: {self._watching.excused}"
        yield f"not acknowledged in time by a bot that was there: {self._watching.ignored}"
        yield f"meetings: {self._met}, rooms: {len(self._watching.rooms)}"
        yield from self._mischief.story()

    def faults(self) -> Iterator[str]:
        yield from self._watching.too_many()
        yield from (f"a meeting that came to nothing: {key}" for pair in self._pairs for key in pair.given_up)
        if len(self._watching.rooms) != self._met:
            yield f"rooms for {self._met} meetings: {len(self._watching.rooms)}"
        discord = self._discord
        yield from (f"a request that is not as described: {fault}" for fault in sorted(set(discord.faults)))
        yield from (f"a fault of the loopback Discord: {fault}" for fault in sorted(set(discord.own_faults)))

    @property
    def _met(self) -> int:
        return sum(pair.whole for pair in self._pairs)

    @property
    def _in_private(self) -> Ask:
        """Something that is asked in direct messages, where commands lead back to the server."""
        answer = self._props.sentences.line("discord-in-a-server")
        return Ask(text="", key="in private", answer=answer, slash="me show", in_server=False)

    async def _group(self, name: str, count: int) -> list[Member]:
        """Make a server, and let the bot into it."""
        guild = self._discord.guild(name, granted=None)
        members = []
        for number in range(count):
            user = self._discord.user(f"{name}-{number}")
            self._discord.world.join(guild, user)
            members.append(Member(self._discord, guild, user, self._watching))
            self._watching.meet(guild["id"], members[-1])
        await self._discord.happening.bot_added(guild, _GRANTED)
        return members
