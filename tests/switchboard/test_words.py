"""A list is answered by its words too; and no words of a label ever stand before a command."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commands import Asked, Command, Option, Typed
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.reading import OneOf, Text
from bot.domain.saying import Choice, Line, Say, line, say
from bot.ports.feature import Answer, Step
from bot.switchboard import Switchboard, Talks
from tests.fakes.groups import FakeUses
from tests.fakes.journal import FakeJournal
from tests.fakes.keeping import FakeLedger
from tests.fakes.lists import NoLists
from tests.fakes.people import FakePeople
from tests.fakes.timing import FakeClock
from tests.scenarios.stage import BEA, CAI
from tests.switchboard.caller import Caller, ids

ASH = PersonId.of("fake", "ash")
GROUP = GroupId.of("fake", "group")


@dataclass(kw_only=True)
class Naming:
    """A feature that answers each command with the sentence `did`."""

    asked: list[Asked] = field(default_factory=list)

    @property
    def answers(self) -> Mapping[Command, Answer]:
        kinds = OneOf(choices=("quiet", "talk"))
        commands = (
            Command(name="sit", options=(Option(name="wanted", kind=kinds),)),
            Command(name="sit open"),
            Command(name="find", options=(Option(name="need", kind=Text()),)),
            Command(name="now"),
            Command(name="picked"),
        )
        return dict.fromkeys(commands, self.answer)

    @property
    def steps(self) -> Mapping[str, Step]:
        return {}

    async def answer(self, asked: Asked) -> Say:
        self.asked.append(asked)
        return say("did", command=asked.command)


class Nothing:
    """Implements `ports.queues.Prompt` and `ports.keeping.Receipts` for a house that keeps nothing."""

    async def put(self, sending: object) -> None: ...
    async def send(self, claimed: object) -> None: ...
    async def settle(self, person: object) -> None: ...
    async def holds(self, _key: str) -> bool:
        return False


async def reads_text(label: Line, _group: GroupId) -> str:
    return str(label.args["text"])


async def said_to(text: str, labels: list[str]) -> Say | None:
    """Return what a person hears who types a line while a list with these labels stands."""
    clock, ledger = FakeClock(), FakeLedger()
    talks = Talks(lists=NoLists(), ledger=ledger, clock=clock, reads=reads_text)
    board = Switchboard(
        features=[Naming()],
        ledger=ledger,
        prompt=Nothing(),  # type: ignore[arg-type]  # Never reached: nothing is kept.
        receipts=Nothing(),
        people=FakePeople(),
        uses=FakeUses(),
        talks=talks,
        traits=lambda _: frozenset(),
        meant=lambda *_: None,
        clock=clock,
        journal=FakeJournal(),
    )
    choices = tuple(Choice(label=line("label", text=label), command="picked") for label in labels)
    if choices:
        board.told(ASH, GROUP, Say(lines=(), choices=choices), None)
    here = {"here": PlaceId.of("fake", "room")}
    typed = Typed(key="k", text=text, private=True, person=ASH, group=GROUP, places=here)
    return await board.hear(typed)


COMMAND_LINES = ["sit", "sit quiet", "Sit, talk", "sit open", "find", "find anything at all", "now", "NOW", "picked"]
labels = st.lists(st.sampled_from(COMMAND_LINES) | st.text(max_size=12), max_size=4)


@given(text=st.sampled_from(COMMAND_LINES), labels=labels)
async def test_no_label_ever_stands_before_a_command(text: str, labels: list[str]) -> None:
    assert await said_to(text, labels) == await said_to(text, [])


async def test_a_label_that_begins_with_a_command_is_itself_where_the_command_cannot_be_read() -> None:
    assert await said_to("Sit with Bea", ["Sit with Bea", "Withdraw"]) == say("did", command="picked")
    assert ids(await said_to("Sit with Cai", ["Sit with Bea", "Withdraw"])) == ["option-unclear", "choice-unclear"]
    assert ids(await said_to("Sit with Bea", [])) == ["option-unclear", "choice-unclear"]


async def test_the_words_of_a_choice_answer_it_however_they_are_written(caller: Caller) -> None:
    bea = caller.of(BEA)
    await bea.types("sit open")
    await caller.types("sit quiet")

    assert (await caller.types("  SEND it. "))[0] == "sit-asked"
    assert await bea.types("I can") == ["sit-can-thanks"]
    assert (await caller.types("meet bea"))[0] == "sit-you-picked-now"


async def test_first_words_that_fit_several_choices_are_refused_with_the_list(caller: Caller) -> None:
    for who in (BEA, CAI):
        await caller.of(who).types("sit open")
    await caller.types("sit ask quiet")
    for who in (BEA, CAI):
        await caller.of(who).types("1")
    await caller.types("rota new Sit down, daily 20:00")
    await caller.types("rota new Sit up, daily 21:00")
    await caller.types("rota show")
    unclear = await caller.hears("Sit")
    await caller.types("rota show")
    shown = await caller.hears("up")

    assert ids(unclear) == ["sit-already"]
    assert ids(shown) == ["not-understood"]


async def test_a_list_that_was_unclear_is_shown_again_and_still_answered(caller: Caller) -> None:
    await caller.types("rota new Green tea, daily 20:00")
    await caller.types("rota new Green soup, daily 21:00")
    await caller.types("rota show")
    unclear = await caller.hears("green")

    assert ids(unclear) == ["list-unclear"]
    assert [choice.typed for choice in unclear.choices] == ["rota show 1", "rota show 2"] if unclear else False
    assert (await caller.types("green soup"))[0] == "rota-numbered"


async def test_words_answer_a_question_that_stands_and_not_a_list_that_came_in_between(caller: Caller) -> None:
    bea = caller.of(BEA)
    await bea.types("sit open")
    await bea.types("rota new")
    await caller.types("sit ask quiet")

    assert await bea.types("I can") == ["rota-new-when.ask", "question-how"]


async def test_words_said_in_a_room_answer_no_list(caller: Caller) -> None:
    bea = caller.of(BEA)
    await bea.types("sit open")
    await caller.types("sit ask quiet")

    assert await bea.types("I can", private=False) == ["not-understood-near"]
    assert await bea.types("I can") == ["sit-can-thanks"]
