"""What an option could be while it is typed: of one's own group, and nothing of it counts, stays or is noted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from bot.domain.commands import Asked, Asking, Command, Option, Trait
from bot.domain.people import Wish
from bot.domain.reading import OneOf, Text
from bot.domain.saying import Say, line, say
from bot.domain.suggesting import MOST, Suggestion
from bot.ports.feature import Answer, Step, Suggest
from bot.ports.keeping import People
from tests.scenarios.stage import ASH, BEA
from tests.switchboard.caller import OTHER_GROUP, PLACES, Caller
from tests.switchboard.test_faults import SECRET, Broken, Desk


async def suggested(caller: Caller, command: str, option: str, text: str = "", **options: str) -> list[str]:
    """Return the values that are suggested to the caller."""
    asking = Asking(
        key="fake:typing",
        command=command,
        options=options,
        person=caller.person,
        group=caller.group,
        places=PLACES[caller.group],
    )
    return [one.value for one in await caller.switchboard.suggest(asking, option, text)]


class Faulty:
    """Suggests with a fault, too much, or keeps something while it does."""

    def __init__(self, people: People) -> None:
        self._people = people

    @property
    def answers(self) -> Mapping[Command, Answer]:
        options = tuple(Option(name=name, kind=Text(), looked_up=True) for name in ("broken", "many", "keeping"))
        return {Command(name="faulty", options=options): self.answer}

    @property
    def steps(self) -> Mapping[str, Step]:
        return {}

    @property
    def suggestions(self) -> Mapping[tuple[str, str], Suggest]:
        return {("faulty", "broken"): self.fail, ("faulty", "many"): self.many, ("faulty", "keeping"): self.keep}

    async def answer(self, _asked: Asked) -> Say:
        return say("me-intro")

    async def fail(self, _asked: Asked, text: str) -> Sequence[Suggestion]:
        raise Broken(f"{SECRET} {text}")

    async def many(self, _asked: Asked, text: str) -> Sequence[Suggestion]:
        return [Suggestion(value=f"{text}{number}", label=line("me-intro")) for number in range(100)]

    async def keep(self, asked: Asked, _text: str) -> Sequence[Suggestion]:
        await self._people.keep(asked.group, asked.person, Wish(zone="Europe/Dublin"))
        return await self.many(asked, "")


def faulty(desk: Desk) -> Caller:
    return desk.with_(Faulty(desk.caller.stage.house.people))


async def test_every_option_that_is_looked_up_has_what_suggests_for_it_and_no_other_has(caller: Caller) -> None:
    looked_up = {
        (command.name, option.name)
        for command in caller.switchboard.commands("fake")
        for option in command.options
        if option.looked_up
    }
    features = caller.stage.house.features

    assert {names for feature in features for names in getattr(feature, "suggestions", {})} == looked_up
    assert len(looked_up) == 21


async def test_shifts_of_the_rota_that_is_named_are_suggested_and_taken(caller: Caller) -> None:
    await caller.types("rota new Soup, daily 20:00")
    await caller.types("rota new Tea on Tuesdays, tuesday 19:30")
    bea = caller.of(BEA)

    assert await suggested(bea, "rota join", "rota", "tues") == ["2"]
    [date] = await suggested(bea, "rota join", "date", "24 nov", rota="2")
    assert await bea.asks("rota join", rota="2", date=date) == ["rota-joined", "rota-pings", "rota-change-mind"]
    assert await suggested(bea, "rota leave", "date", rota="tea on tuesdays") == [date]


async def test_nothing_of_another_group_is_suggested(caller: Caller) -> None:
    await caller.types("rota new Soup, daily 20:00")

    assert await suggested(caller, "rota show", "rota") == ["1"]
    assert await suggested(caller.of(ASH, OTHER_GROUP), "rota show", "rota") == []


async def test_moments_are_suggested_in_the_zone_that_the_person_told(caller: Caller) -> None:
    in_london = await suggested(caller, "sit", "at", "20:00")
    await caller.types("me zone America/New_York")

    assert in_london[0] == "2026-11-23T20:00:00Z"
    assert (await suggested(caller, "sit", "at", "20:00"))[0] == "2026-11-24T01:00:00Z"


@pytest.mark.parametrize(
    ("command", "option", "typed"),
    [
        ("rota join", "date", {"rota": "elephants"}),
        ("rota join", "date", {}),
        ("sit", "at", {"length": "elephants"}),
        ("sit", "at", {"elephants": "1"}),
        ("sit", "elephants", {}),
        ("elephants", "at", {}),
        ("rota new", "name", {}),
        ("rota new", "when", {}),
    ],
)
async def test_what_cannot_be_understood_brings_nothing(
    caller: Caller, command: str, option: str, typed: dict[str, str]
) -> None:
    await caller.types("rota new Soup, daily 20:00")
    await caller.types("rota new Tea, daily 19:00")

    assert await suggested(caller, command, option, **typed) == []
    assert caller.stage.house.plan.journal.kinds.count("not-suggested") == 0  # type: ignore[attr-defined]  # A fake.


async def test_what_the_option_itself_held_before_does_not_matter(caller: Caller) -> None:
    assert await suggested(caller, "sit", "length", "30", length="elephants") == ["30m"]


async def test_a_very_long_line_brings_nothing(caller: Caller) -> None:
    desk = Desk(caller=caller)

    assert await suggested(faulty(desk), "faulty", "many", "x" * 401) == []
    assert len(await suggested(faulty(desk), "faulty", "many", "x" * 400)) == MOST


async def test_a_fault_brings_nothing_and_is_noted_without_what_was_typed(caller: Caller) -> None:
    desk = Desk(caller=caller)

    assert await suggested(faulty(desk), "faulty", "broken", "typed words") == []
    log = desk.log.getvalue()
    assert ("not-suggested" in log, "Broken" in log, " where=suggesting.py:" in log) == (True, True, True)
    assert not any(words in log for words in (SECRET, "typed words", caller.person.native))


async def test_a_store_that_went_away_brings_nothing(caller: Caller) -> None:
    desk = Desk(caller=caller, lost=True)

    assert await suggested(desk.with_(*caller.stage.house.features), "sit", "at", SECRET) == []
    assert "ConnectionError" in desk.log.getvalue()
    assert SECRET not in desk.log.getvalue()


async def test_nothing_can_be_kept_while_suggesting(caller: Caller) -> None:
    desk = Desk(caller=caller)
    rows = await caller.stage.rows()

    assert await suggested(faulty(desk), "faulty", "keeping") == []
    assert await caller.stage.rows() == rows
    assert "RuntimeError" in desk.log.getvalue()


async def test_what_is_typed_a_letter_at_a_time_is_nothing_asked(caller: Caller) -> None:
    await caller.types("rota new Soup, daily 20:00")
    rows, kinds = await caller.stage.rows(), list(caller.stage.house.plan.journal.kinds)  # type: ignore[attr-defined]  # As above.
    for _ in range(100):
        await suggested(caller, "rota show", "rota", "s")

    assert await caller.stage.rows() == rows
    assert caller.stage.house.plan.journal.kinds == kinds  # type: ignore[attr-defined]
    assert "rota-numbered" in await caller.types("rota show 1")


async def test_an_open_question_and_a_list_are_still_answered_afterwards(caller: Caller) -> None:
    await caller.types("rota new Soup, daily 20:00")
    await caller.types("rota join 1")
    await suggested(caller, "find", "need", "debt")
    assert (await caller.types("1"))[0] == "rota-joined"

    assert (await caller.types("find"))[0] == "find-need.ask"
    await suggested(caller, "rota show", "rota")
    assert (await caller.types("elephants"))[0] == "find-nothing"


async def test_what_a_world_has_not_is_not_suggested_for_there(caller: Caller) -> None:
    command = Command(name="only", options=(Option(name="one", kind=OneOf(choices=("yes",))),))
    here = Desk(caller=caller).with_(_Only(command))
    elsewhere = Desk(caller=caller).with_(_Only(replace(command, needs=Trait.CHANNELS)))

    assert await suggested(here, "only", "one") == ["yes"]
    assert await suggested(elsewhere, "only", "one") == []


class _Only:
    """Has one command, and looks nothing up."""

    def __init__(self, command: Command) -> None:
        self._command = command

    @property
    def answers(self) -> Mapping[Command, Answer]:
        return {self._command: self.answer}

    @property
    def steps(self) -> Mapping[str, Step]:
        return {}

    async def answer(self, _asked: Asked) -> Say:
        return say("me-intro")
