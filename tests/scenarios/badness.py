"""Bad input of every kind, and what came of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from whenever import TimeDelta

import bot
from bot.adapters.matrix.rendering import Rendered, Rendering
from bot.clockwork.housekeeping import AFTER_START
from bot.domain.commands import Asking, Command, Kind, Option, Reading, Typed
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Line, Refused, Say
from bot.store.tables import metadata
from tests.fakes.timing import FakeClock
from tests.fakes.world import LOCALE
from tests.scenarios.memory import GROUP, IDS, ROOM, MemoryStage
from tests.scenarios.stage import ASH, BEA
from tests.words.agreement import uses_in

OTHER_GROUP = GroupId.of("fake", "other")
OTHER_ROOM = PlaceId.of("fake", "other-room")
REFUSALS = frozenset(one.id for one in uses_in(Path(bot.__file__).parent).said if one.maker == "Refused")
# Typed by somebody with ill intent, or with a slip of the finger; none of it may go through as it is.
UNREADABLE: Mapping[str, str] = {
    "too long": "x" * 10_000,
    "long words": "1h and quiet tuesday 20:00 " * 370,
    "control characters": "so\x00up\x1b[31m",
    "right to left": "so\u202eup\u2067",
    "unseen": "\u200b\u2060\ufeff",
    "a mention of everyone": "@everyone hello",
    "a mention of the room": "@room",
    "a hidden mention": "\uff20\u200droom",
    "a mention by id": "<@1234567890>",
    "a person's id": "@bea:example.org",
    "a person's mark": "\ue000fake:bea\ue001",
}
# Fine as text, and nothing where anything else is wanted.
ONLY_TEXT: Mapping[str, str] = {
    "another type": "elephants",
    "a number out of reach": "-99999999999999999999",
    "an absurd day": "31/02/9999",
    "an absurd moment": "9999-12-31T99:99:99Z",
    "markup": "<b>x</b> **y** [z](http://example.org) `code`",
    "a script": '"><script>alert(1)</script>{ $name } ${form} %s',
    "another group's place": "fake:other-room",
    "another group's rota": "Their rota",
    "another group's number": "7",
}
NOT_TOO_FAST = TimeDelta(seconds=2.1)
GOOD = (
    "quiet",
    "every monday 18:00",
    "30m",
    "2",
    "dublin",
    "england",
    "debt-advice",
    "aaaaaaaa",
    "once",
    "Tea",
    "room",
    "tomorrow",
    "tomorrow 20:00",
    "12 hours",
    "22:00-08:00",
    "24 december to 2 january",
    "first half",
    "anyone",
    "8 weeks",
    "date,start\n2099-12-03,19:00\n",
    "0123456789abcdef",
    "no advice",
    "shift then open then everyone",
    "stays",
    "14 days",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one ask led to. `others` is what everybody else heard, the rooms included."""

    asked: str
    answers: Sequence[Say]
    others: Sequence[Say]
    changed: bool

    @property
    def refused(self) -> bool:
        return bool(self.answers) and self.answers[0].lines[0].id in REFUSALS


@dataclass(slots=True, kw_only=True)
class Trier:
    """Somebody who asks all sorts of things. Another group has a rota, an ask and an offer; this one has a rota."""

    stage: MemoryStage
    keys: int = 0

    async def prepare(self) -> None:
        for line in ("rota new Their rota, daily 20:00", "sit open", "sit ask quiet"):
            await self.types(line, who=BEA, group=OTHER_GROUP)
        await self.types("rota new Tea, daily 21:00, 2 people", who=BEA)
        # The purge after the start is no doing of anybody who asks.
        self.stage.clock.move(AFTER_START)
        await self.stage.settled()

    async def types(self, text: str, *, who: str = ASH, group: GroupId = GROUP, private: bool = True) -> Outcome:
        typed = Typed(
            key=self._key(),
            text=text,
            private=private,
            person=IDS[who],
            group=group,
            places=_places(group),
        )
        return await self._outcome(text, IDS[who], typed)

    async def asks(self, command: str, options: Mapping[str, str]) -> Outcome:
        asking = Asking(
            key=self._key(),
            command=command,
            options=options,
            person=IDS[ASH],
            group=GROUP,
            places=_places(GROUP),
        )
        return await self._outcome(f"{command} {options}", IDS[ASH], asking)

    async def every_way(self, command: Command, option: Option, bad: str) -> Sequence[Outcome]:
        """Give the bad words by form, typed alone, and typed with a label."""
        rest = {other.name: good(other.kind) for other in command.options if other.required and other is not option}
        labelled = ", ".join(f"{name}: {words}" for name, words in {**rest, option.name: bad}.items())
        return (
            await self.asks(command.name, {**rest, option.name: bad}),
            await self.types(f"{command.name} {bad}"),
            await self.types(f"{command.name} {labelled}"),
        )

    def _key(self) -> str:
        self.keys += 1
        return f"fake:try-{self.keys}"

    async def _outcome(self, text: str, person: PersonId, heard: Typed | Asking) -> Outcome:
        world, board = self.stage.world, self.stage.house.switchboard
        rows, own, others = await self._rows(), len(world.private[person]), len(self._heard_by_others(person))
        at_once = await (board.hear(heard) if isinstance(heard, Typed) else board.ask(heard))
        await self.stage.settled()
        outcome = Outcome(
            asked=text[:80],
            answers=[*([at_once] if at_once else []), *world.private[person][own:]],
            others=self._heard_by_others(person)[others:],
            changed=await self._rows() != rows,
        )
        self.stage.clock.move(NOT_TOO_FAST)
        return outcome

    async def _rows(self) -> Sequence[int]:
        """Return how many rows each table holds, by one statement: it is asked thousands of times."""
        counts = (select(func.count()).select_from(table).scalar_subquery() for table in metadata.sorted_tables)
        async with self.stage.house.database.transaction():
            return list((await self.stage.house.database.execute(select(*counts))).one())

    def _heard_by_others(self, person: PersonId) -> list[Say]:
        world = self.stage.world
        private = [one for who, said in sorted(world.private.items()) if who != person for one in said]
        return private + [one for _, said in sorted(world.public.items()) for one in said]


def good(kind: Kind) -> str:
    """Return words that this kind of option reads."""
    reading = Reading(now=FakeClock().now(), zone="Europe/London", places=_places(GROUP))
    return next(words for words in GOOD if _reads(kind, words, reading))


def options_of(stage: MemoryStage) -> Iterator[tuple[Command, Option]]:
    """Yield every option of every command that is declared."""
    for command in stage.house.switchboard.commands("fake"):
        for option in command.options:
            yield command, option


def as_seen(stage: MemoryStage, said: Say) -> Rendered:
    """Return a message as Matrix shows it in a room."""
    return Rendering(words=stage.house.words, locale=LOCALE).of(said, str, private=False)


def typed_parts(said: Say) -> str:
    """Return everything in a message that does not come from the catalogue."""
    return " ".join(str(arg) for line in (*said.lines, *(one.label for one in said.choices)) for arg in _args(line))


def _args(line: Line) -> Iterator[object]:
    for arg in line.args.values():
        if isinstance(arg, Line):
            yield from _args(arg)
        else:
            yield arg


def _reads(kind: Kind, words: str, reading: Reading) -> bool:
    try:
        kind.read(words, reading)
    except Refused:
        return False
    return True


def _places(group: GroupId) -> Mapping[str, PlaceId]:
    return {"room": ROOM if group == GROUP else OTHER_ROOM}
