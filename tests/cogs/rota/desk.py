"""A group around the rota feature: people type lines, time moves on, and what is said is kept as text."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from whenever import Instant, TimeDelta

from bot.clockwork.works import LABOUR_LASTS
from bot.cogs.rota import Rotas
from bot.domain.commands import Asked, Reading
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Fallback, Message
from bot.domain.picture import Picture
from bot.domain.saying import Choice, File, Line, Refused, Say
from bot.domain.typed import command_in, options_in
from bot.feeds import ReadCalendars
from bot.ports.rota import Following
from bot.ports.solving import Solver
from bot.solving.solver import HighsSolver
from bot.words.catalogue import Catalogue
from bot.words.drawing import pictured
from tests.fakes.apart import FakeApartShelf
from tests.fakes.asking import FakeAskingShelf
from tests.fakes.keeping import FakeLedger
from tests.fakes.outgoing import FakeDiary, FakeOutbox
from tests.fakes.people import FakePeople
from tests.fakes.proposals import FakeDraftShelf, FakeProposalShelf
from tests.fakes.rota import FakeRotaShelf

WORDS = Catalogue([Path(__file__).parents[3] / "config" / "words"])
OAK, ELM = GroupId.of("local", "oak"), GroupId.of("local", "elm")
ROOM = PlaceId.of("local", "room")
ASH, BEE, CAT = (PersonId.of("local", name) for name in ("ash", "bee", "cat"))
NAMES = frozenset({"ash", "bee", "cat", "dov"})
# A Sunday, at noon in London.
SUNDAY = Instant.from_utc(2026, 11, 22, 12)
ROTA = "rota new Evening check-in, every tuesday and thursday 19:00"


@dataclass
class Desk:
    """`said` holds (to whom, the text) of all that was sent, `offered` its choices; `choices` are the answer's.

    Nothing is sent while it is `offline`. `fallbacks` holds (to whom, the fallback) of all that was sent with one, and
    `sent` (when, what) of all.
    """

    now: Instant = SUNDAY
    shelf: FakeRotaShelf = field(default_factory=FakeRotaShelf)
    apart: FakeApartShelf = field(default_factory=FakeApartShelf)
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    diary: FakeDiary = field(default_factory=FakeDiary)
    people: FakePeople = field(default_factory=FakePeople)
    said: list[tuple[PersonId | PlaceId, str]] = field(default_factory=list)
    choices: tuple[Choice, ...] = ()
    offered: list[str] = field(default_factory=list)
    fallbacks: list[tuple[PersonId | PlaceId, Fallback]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    sent: list[tuple[Instant, Message]] = field(default_factory=list)
    solver: Solver = field(default_factory=HighsSolver)
    asked: int = 0
    offline: bool = False
    undoes: str | None = None
    following: tuple[Following, ...] = ()
    places: dict[str, PlaceId] = field(default_factory=lambda: {"room": ROOM})

    def __post_init__(self) -> None:
        self.proposals = FakeProposalShelf(shelf=self.shelf)
        self.drafts = FakeDraftShelf()
        self.asks = FakeAskingShelf(people=self.people, rotas=self.shelf)
        self.restart()

    def restart(self) -> None:
        """Begin anew with what is kept."""
        self.feature = Rotas(
            shelf=self.shelf,
            asks=self.asks,
            apart=self.apart,
            proposals=self.proposals,
            drafts=self.drafts,
            outbox=self.outbox,
            diary=self.diary,
            people=self.people,
            pictured=self._pictured,
            ledger=FakeLedger(),
            solver=self.solver,
            reads=ReadCalendars(),
            following=self.following,
        )

    async def ask(self, person: PersonId, typed: str, group: GroupId = OAK) -> str:
        """Return the answer's text to a typed line, whether yes or a refusal."""
        try:
            answer = await self.answer(person, typed, group)
        except Refused as refused:
            answer = refused.say
        self.choices = answer.choices
        self._send()
        return text(answer)

    async def ids(self, person: PersonId, typed: str, group: GroupId = OAK) -> list[str]:
        """Return the ids of the answer's lines."""
        try:
            answer = await self.answer(person, typed, group)
        except Refused as refused:
            answer = refused.say
        assert text(answer)
        self._send()
        return [line.id for line in answer.lines]

    async def pass_time(self, length: TimeDelta) -> list[tuple[PersonId | PlaceId, str]]:
        """Let time pass, waking at each due moment; return what was said meanwhile."""
        before, end = len(self.said), self.now + length
        while due := self.diary.take(end):
            self.now = max(self.now, due.at)
            if step := self.feature.steps.get(due.kind):
                await step(due, self.now)
            else:
                await self.diary.mark(replace(due, at=self.now + LABOUR_LASTS, failures=due.failures + 1))
                await self.feature.labours[due.kind](due, self.now)
            self._send()
        self.now = end
        return self.said[before:]

    async def sleep_through(self, length: TimeDelta) -> list[tuple[PersonId | PlaceId, str]]:
        """Let time pass with nobody awake, then wake."""
        self.now += length
        return await self.pass_time(TimeDelta.ZERO)

    async def answer(self, person: PersonId, typed: str, group: GroupId = OAK) -> Say:
        split = command_in(typed, tuple(self.feature.answers))
        assert split
        zone = (await self.people.ways(group, person)).zone
        reading = Reading(now=self.now, zone=zone, places=self.places, meant=meant)
        words = options_in(split.rest, split.command, reading)
        options = [option for option in split.command.options if option.name in words]
        self.asked += 1
        asked = Asked(
            key=f"asked:{self.asked}",
            command=split.command.name,
            options={option.name: option.kind.read(words[option.name], reading) for option in options},
            person=person,
            group=group,
            place=ROOM,
            at=self.now,
            undoes=self.undoes,
        )
        return await self.feature.answers[split.command](asked)

    async def _pictured(self, picture: Picture, _group: GroupId) -> File:
        self.pictures.append(picture)
        return await pictured(picture, WORDS, "en-GB", lambda person: person.native)

    def _send(self) -> None:
        for sending in () if self.offline else self.outbox.send(self.now):
            assert isinstance(sending, Message)
            self.sent.append((self.now, sending))
            self.said.append((sending.to, text(sending.say)))
            self.offered.extend(choice.typed for choice in sending.say.choices)
            if sending.fallback is not None:
                self.fallbacks.append((sending.to, sending.fallback))


def meant(words: str) -> PersonId | None:
    """Return whom a name means."""
    return PersonId.of("local", words.casefold()) if words.casefold() in NAMES else None


def text(said: Say) -> str:
    """Return a message as its reader sees it, people by the end of their ids."""
    assert all(sentence(choice.label) for choice in said.choices)
    return "\n".join(sentence(line) for line in said.lines)


def sentence(line: Line) -> str:
    spans = WORDS.spans(line, "en-GB")
    return "".join(span.native if isinstance(span, PersonId) else span for span in spans)
