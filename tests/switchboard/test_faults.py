"""A fault is answered plainly and noted by its kind; its text and what was typed go nowhere."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from bot.domain.commands import Asked, Command, Option, Reading
from bot.domain.dialogue import Offered
from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Message
from bot.domain.people import Ways, Wish
from bot.domain.reading import Text
from bot.domain.reading.times import Day
from bot.domain.saying import Line, Say, say
from bot.journal import StructuredJournal
from bot.ports.feature import Answer, Feature, Step
from bot.ports.keeping import People
from bot.ports.lists import Answered
from bot.ports.queues import Claimed
from bot.store.outbox import OutboxShelf
from bot.switchboard import Switchboard, Talks
from tests.fakes.groups import FakeUses
from tests.fakes.lists import NoLists
from tests.fakes.people import FakePeople
from tests.switchboard.caller import Caller

SECRET = "marmalade"


class Broken(Exception):  # noqa: N818  Its name says what it stands for.
    """What a cog may trip over, with words of a person in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenKind:
    """A kind that has a fault."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> str:
        raise Broken(text)


class BrokenFeature:
    """Fails while it answers, after it kept something."""

    def __init__(self, people: People) -> None:
        self._people = people

    @property
    def answers(self) -> Mapping[Command, Answer]:
        return {
            Command(name="break", options=(Option(name="words", kind=Text()),)): self.fail,
            Command(name="misread", options=(Option(name="words", kind=BrokenKind()),)): self.fine,
            Command(name="on", options=(Option(name="day", kind=Day()),)): self.fine,
        }

    @property
    def steps(self) -> Mapping[str, Step]:
        return {}

    async def fail(self, asked: Asked) -> Say:
        await self._people.keep(asked.group, asked.person, Wish(zone="Europe/Dublin"))
        raise Broken(f"{SECRET} {asked.get('words', str)}")

    async def fine(self, _asked: Asked) -> Say:
        return say("me-intro")


class LostPeople(FakePeople):
    """A store that went away."""

    async def ways(self, group: GroupId, person: PersonId) -> Ways:
        raise ConnectionError(SECRET, group, person)


class LostLists(NoLists):
    """Lists that went away."""

    async def by(self, reaction: object, now: object) -> Answered | None:
        raise ConnectionError(SECRET, reaction, now)

    async def last(self, person: object, now: object) -> Offered | None:
        raise ConnectionError(SECRET, person, now)


@dataclass(frozen=True, slots=True)
class SilentPrompt:
    """Implements `ports.queues.Prompt`; leaves the sending to a round, or fails at it."""

    outbox: OutboxShelf
    fails: bool = False

    async def put(self, sending: Message) -> Claimed:
        return await self.outbox.put_claimed(sending, sending.not_before)

    async def settle(self, person: PersonId) -> None: ...

    async def unsay(self, person: PersonId, group: GroupId, keys: Sequence[str], key: str) -> bool:
        raise NotImplementedError

    async def send(self, claimed: Claimed) -> None:
        if self.fails:
            raise Broken(SECRET, claimed.sending)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Puts another switchboard before the caller, one whose log can be read."""

    caller: Caller
    log: io.StringIO = field(default_factory=io.StringIO)
    json: bool = False
    lost: bool = False
    unsent: bool = False

    def with_(self, *features: Feature) -> Caller:
        house = self.caller.stage.house
        return self.caller.to(
            Switchboard(
                features=features,
                ledger=house.database,
                prompt=SilentPrompt(house.outbox, fails=self.unsent),
                receipts=house.outbox,
                people=LostPeople() if self.lost else house.people,
                uses=FakeUses(),
                talks=self._talks(),
                traits=lambda _: frozenset(),
                meant=lambda *_: None,
                clock=self.caller.stage.clock,
                journal=StructuredJournal(stream=self.log, json=self.json),
            )
        )

    def _talks(self) -> Talks:
        stage = self.caller.stage
        if not self.lost:
            return stage.house.talks
        return Talks(lists=LostLists(), ledger=stage.house.database, clock=stage.clock, reads=reads_nothing)

    def broken(self) -> Caller:
        return self.with_(BrokenFeature(self.caller.stage.house.people))


async def reads_nothing(_label: Line, _group: GroupId) -> str:
    return ""


@pytest.mark.parametrize("json", [True, False])
async def test_a_fault_in_a_cog_is_answered_and_undone_and_its_words_go_nowhere(caller: Caller, *, json: bool) -> None:
    desk = Desk(caller=caller, json=json)
    rows = await caller.stage.rows()
    answer = await desk.broken().types(f"break {SECRET}")
    log = desk.log.getvalue()

    assert answer == ["fault"]
    assert await caller.stage.rows() == rows
    assert "command-failed" in log
    assert "Broken" in log
    assert SECRET not in log
    assert caller.person.native not in log


async def test_a_fault_while_a_line_is_read_is_answered_too(caller: Caller) -> None:
    desk = Desk(caller=caller)

    assert await desk.broken().types(f"misread {SECRET}") == ["fault"]
    assert "Broken" in desk.log.getvalue()
    assert SECRET not in desk.log.getvalue()


async def test_a_store_that_went_away_is_answered_too(caller: Caller) -> None:
    desk = Desk(caller=caller, lost=True)
    lost = desk.broken()

    assert [await lost.types("on tuesday"), await lost.asks("on", day=SECRET)] == [["fault"], ["fault"]]
    assert desk.log.getvalue().count("ConnectionError") == 2
    assert SECRET not in desk.log.getvalue()


async def test_after_a_fault_the_next_line_is_answered(caller: Caller) -> None:
    faulty = Desk(caller=caller).broken()
    await faulty.types("break it")

    assert await faulty.types("on tuesday") == ["me-intro"]


async def test_an_answer_that_could_not_go_out_at_once_is_not_called_a_fault_and_goes_with_the_round(
    caller: Caller,
) -> None:
    desk = Desk(caller=caller, unsent=True)
    answer = await desk.with_(*caller.stage.house.features).types("rota new Soup, daily 20:00")

    assert answer[0] == "rota-kept"
    assert "answer-not-sent" in desk.log.getvalue()
    assert SECRET not in desk.log.getvalue()


async def test_an_answered_command_is_noted_without_its_words(caller: Caller) -> None:
    desk = Desk(caller=caller)
    await desk.with_(*caller.stage.house.features).types(f"rota new {SECRET}, daily 20:00")

    assert "answered" in desk.log.getvalue()
    assert SECRET not in desk.log.getvalue()


async def test_a_reaction_that_cannot_be_looked_up_is_answered_plainly_and_noted_by_its_kind(caller: Caller) -> None:
    desk = Desk(caller=caller, lost=True)
    board = desk.with_().switchboard

    assert await desk.with_().reacts("1", "message") == ["fault"]
    assert await desk.with_().takes_back() == ["fault"]
    assert await board.group_of(caller.person, "1") is None
    assert desk.log.getvalue().count("reaction-failed") == 2
    assert SECRET not in desk.log.getvalue()
