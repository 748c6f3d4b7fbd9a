"""What one group or person was given is used by another, made up, or late: each time it is answered like nothing."""

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from whenever import Instant

from bot.domain.commands import Command
from bot.domain.ids import GroupId, PersonId
from tests.apart import life
from tests.apart.decided import IDS_AND_NAMES, NAMES_NOTHING, NEVER_A_NAME, NEVER_A_NUMBER, WHOSE, Whose
from tests.apart.life import BEA, CAIS_REACTION, GUS
from tests.apart.town import IDS, NORTH, OF_THE_NORTH, PLACES, SOUTH, Deed, Rows, Told, Town
from tests.fakes.timing import FakeClock
from tests.fakes.world import FakeWorld
from tests.tables import with_tables

HAL = "Hal"


# What shows somebody all that is kept of them.
SHOWING = ("mydata", "mydata export")


@dataclass(frozen=True, kw_only=True)
class Lived:
    """A life that was lived and put away, to be gone on with as often as is wanted. `deeds` is all there is to use."""

    file: Path
    now: Instant
    world: FakeWorld
    deeds: Sequence[Deed]
    commands: Sequence[Command]
    marks: frozenset[str]
    natives: Sequence[tuple[str, str]]
    numbers: Iterator[int]

    @asynccontextmanager
    async def again(self) -> AsyncIterator[Town]:
        """Go on from where it ended, in a house that knows only what is kept."""
        copy = self.file.with_name(f"again-{next(self.numbers)}.db")
        shutil.copy(self.file, copy)
        town = await Town.on(f"sqlite+aiosqlite:///{copy}", self.now, keys="again")
        town.world.rooms, town.world.inside = dict(self.world.rooms), dict(self.world.inside)
        try:
            yield town
        finally:
            await town.house.close()
            copy.unlink()


async def _live(folder: Path, *, to_the_end: bool) -> Lived:
    file = folder / f"lived-{to_the_end}.db"
    town = await Town.on(with_tables(file), FakeClock().now())
    await life.lived(town)
    used = (*town.given(), *town.done, *life.BY_HAND)
    deeds = {(deed.who, deed.typed, deed.here): deed for deed in used}
    natives = [(who, native) for who in OF_THE_NORTH for native in town.world.natives[IDS[who]]]
    marks = _marks(town)
    if to_the_end:
        await life.ended(town)
    await town.house.close()
    return Lived(
        file=file,
        now=town.clock.now(),
        world=town.world,
        deeds=[deed for deed in deeds.values() if deed.who in OF_THE_NORTH],
        commands=town.commands,
        marks=marks,
        natives=natives,
        numbers=itertools.count(),
    )


@dataclass(frozen=True, kw_only=True)
class Came:
    """What came of a deed, and what was kept before and after."""

    told: Told
    before: Rows
    after: Rows

    @property
    def is_changed(self) -> bool:
        """Whether anything that the north has was changed."""
        return self.before.north != self.after.north

    @property
    def all_told(self) -> str:
        return "\n".join((self.told.answer, *self.told.others, *self.told.others.values()))


@dataclass(frozen=True, kw_only=True)
class Used:
    """A deed, what came of it, and what was told for one that `never` was; None where there is none like it."""

    deed: Deed
    came: Came
    never: Told | None


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return asyncio.run(_live(tmp_path_factory.mktemp("lived"), to_the_end=False))


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return asyncio.run(_live(tmp_path_factory.mktemp("over"), to_the_end=True))


def _marks(town: Town) -> frozenset[str]:
    """Return what tells of the north: its people, places, rotas and asks."""
    codes = {deed.options["ask"] for deed in town.given() if deed.who in OF_THE_NORTH and "ask" in deed.options}
    places = (name for place in PLACES[NORTH].values() for name in (place, place.native))
    people = (name for who in OF_THE_NORTH for name in (who, who.casefold()))
    words = ("Hearthside", "kettle", NORTH, NORTH.native, *town.world.inside)
    return frozenset({*codes, *places, *people, *words})


def _is_anywhere(lived: Lived, deed: Deed) -> bool:
    """Whether it is about the one who uses it, in every group of theirs."""
    return next(command for command in lived.commands if command.name == deed.command).anywhere


def _tells(lived: Lived, said: str, deed: Deed | None = None) -> list[str]:
    """Return what is in a text that tells of the north, but for what whoever reads it typed themselves."""
    typed = "" if deed is None else deed.typed.casefold()
    return [mark for mark in lived.marks if mark.casefold() in said.casefold() and mark.casefold() not in typed]


def _forged(lived: Lived, deed: Deed) -> Deed | None:
    """Return the same with ids and names of the same shape that never existed; None where it holds none."""
    [command] = [command for command in lived.commands if command.name == deed.command]
    kinds = {option.name: type(option.kind).__name__ for option in command.options}
    made = {name: IDS_AND_NAMES.get((name, kinds[name]), words) for name, words in deed.options.items()}
    for name, words in deed.options.items():
        if made[name] == NEVER_A_NUMBER and not words.isdecimal():
            made[name] = NEVER_A_NAME
    return None if made == deed.options else replace(deed, options=made)


async def _all_used(lived: Lived, deeds: Sequence[Deed], group: GroupId) -> Sequence[Used]:
    """Use each, and what was made up in its place, in a house that goes on from the life as it ended."""
    made = [(deed, _forged(lived, deed)) for deed in deeds]
    told = await _each(lived, [deed for pair in made for deed in pair if deed is not None], group)
    return [
        Used(
            deed=deed,
            came=told[deed.who, deed.typed],
            never=None if forged is None else told[forged.who, forged.typed].told,
        )
        for deed, forged in made
    ]


async def _each(lived: Lived, deeds: Sequence[Deed], group: GroupId) -> Mapping[tuple[str, str], Came]:
    """Use each on its own: where one changed anything, the next finds another house."""
    found: dict[tuple[str, str], Came] = {}
    waiting = list({(deed.who, deed.typed): deed for deed in deeds}.items())
    while waiting:
        async with lived.again() as town:
            before = after = await town.rows()
            while waiting and after == before:
                names, deed = waiting.pop()
                told = await town.does(deed, group)
                after = await town.rows()
                found[names] = Came(told=told, before=before, after=after)
                town.may_ask_again()
    return found


def _different(lived: Lived) -> Sequence[Deed]:
    """Return each deed once, whoever it was given to."""
    return list({deed.typed: deed for deed in lived.deeds}.values())


def _lost(came: Came, who: PersonId) -> frozenset[str]:
    """Return the rows that went and named somebody else."""
    others = [str(IDS[name]) for name in OF_THE_NORTH if IDS[name] != who]
    # When a shift is full, who was asked for it is let go of; and whoever is asked for a sit again was last asked then.
    # That is no loss to them.
    passing = ("rota_asked ", "opening_asked ")
    gone = {row for row in came.before.north - came.after.north if not row.startswith(passing)}
    return frozenset(row for row in gone if any(other in row for other in others))


async def test_every_command_is_lived_with_every_option_and_is_decided_upon(lived: Lived) -> None:
    commands = lived.commands
    options = {(command.name, option.name) for command in commands for option in command.options}
    kinds = {(option.name, type(option.kind).__name__) for command in commands for option in command.options}
    used = {deed.command for deed in lived.deeds}
    given = {(deed.command, name) for deed in lived.deeds for name in deed.options}

    assert {command.name for command in commands} - used == set()
    assert options - given == set()
    assert {command.name for command in commands} == WHOSE.keys()
    assert kinds - IDS_AND_NAMES.keys() - NAMES_NOTHING == set()
    assert IDS_AND_NAMES.keys() & NAMES_NOTHING == set()


def _is_anew(deed: Deed) -> bool:
    """Whether it begins something at any time: any code of a sit is noted, and anybody can be named for a date.

    A code is of just two people, and whoever is named need not be in the group.
    """
    return deed.command == "sit again" or (deed.command == "sit look" and "at" in deed.options)


@pytest.mark.parametrize("is_of_both", [False, True], ids=["a stranger", "who was given it, being in both"])
async def test_what_a_group_was_given_is_nothing_in_another_group(lived: Lived, *, is_of_both: bool) -> None:
    theirs = [deed for deed in lived.deeds if not _is_anywhere(lived, deed)]
    deeds = theirs if is_of_both else [replace(deed, who=HAL, here=None) for deed in _different(lived)]
    all_ = await _all_used(lived, deeds, SOUTH)
    # The south has a rota of that number too, and it is that one which is meant there.
    compared = [
        used for used in all_ if used.never and used.deed.options.get("rota") != "1" and not _is_anew(used.deed)
    ]

    assert [used.deed.typed for used in all_ if used.came.is_changed] == []
    assert [(used.deed.typed, told) for used in all_ if (told := _tells(lived, used.came.all_told, used.deed))] == []
    assert [used for used in compared if used.came.told != used.never] == []
    assert len(compared) > 30


async def test_who_is_in_both_sees_of_themselves_alone_what_is_kept_in_the_other(lived: Lived) -> None:
    async with lived.again() as town:
        shown = [await town.does(Deed(who=BEA, command=command, options={}), SOUTH) for command in SHOWING]
    others = {name for who in OF_THE_NORTH if who != BEA for name in (who, str(IDS[who]))}

    assert all("Hearthside" in told.answer for told in shown)
    assert [name for told in shown for name in others if name in told.answer] == []
    assert [told.others for told in shown] == [{}] * len(SHOWING)


def _waits(came: Came) -> bool:
    """Return whether nothing came of it but what waits for the word of whoever used it, and the answer to them."""
    other = came.before.north ^ came.after.north
    tables = {row.partition(" ")[0] for row in other}
    return "rota_proposals" in tables and tables <= {"rota_proposals", "outbox", "inbox", "lists"}


async def test_what_another_was_given_is_nothing_or_is_done_for_who_uses_it(lived: Lived) -> None:
    all_ = await _all_used(lived, [replace(deed, who=GUS, here=None) for deed in _different(lived)], NORTH)
    by = {whose: [used for used in all_ if WHOSE[used.deed.command][0] is whose] for whose in Whose}
    rooms = {*PLACES[NORTH].values()}

    assert [used for used in by[Whose.NOBODYS] if used.came.is_changed or used.came.told.others] == []
    assert [used for used in by[Whose.NOBODYS] if used.never and used.never != used.came.told] == []
    assert [(used.deed.typed, lost) for used in by[Whose.THEIRS] if (lost := _lost(used.came, IDS[GUS]))] == []
    changed = [used for used in by[Whose.EVERYBODYS] if used.came.is_changed and not _waits(used.came)]
    assert [used.deed.typed for used in changed if rooms.isdisjoint(used.came.told.others)] == []
    assert {used.deed.command for used in changed} == {
        name for name, (whose, _) in WHOSE.items() if whose is Whose.EVERYBODYS
    }


async def test_what_is_over_is_like_what_never_was_also_for_who_was_given_it(over: Lived) -> None:
    # A room there still is, whatever is over.
    made = [deed for deed in over.deeds if deed.command not in {"rota new", "group channel"} and not _is_anew(deed)]
    named = [deed for deed in made if _forged(over, deed) and "where" not in deed.options]
    all_ = await _all_used(over, named, NORTH)

    assert [used for used in all_ if used.came.told != used.never or used.came.is_changed] == []
    assert len(all_) > 30


@pytest.mark.parametrize(("who", "group"), [(HAL, SOUTH), pytest.param(GUS, NORTH, marks=pytest.mark.long)])
async def test_it_is_so_on_postgresql_too(lived: Lived, postgresql_with_tables: str, who: str, group: GroupId) -> None:
    wrong = []
    town = await Town.on(postgresql_with_tables, FakeClock().now())
    await life.lived(town)
    before = await town.rows()
    for deed in _different(lived):
        forged = _forged(lived, deed)
        if forged is not None and (WHOSE[deed.command][0] is Whose.NOBODYS):
            told = [await town.does(replace(each, who=who, here=None), group) for each in (deed, forged)]
            town.may_ask_again()
            wrong += [] if told[0] == told[1] else [(deed, told)]
    after = await town.rows()
    await town.house.close()

    assert wrong == []
    assert before == after


@pytest.mark.parametrize(("who", "there"), [(HAL, SOUTH), (GUS, NORTH)])
async def test_a_list_that_another_was_given_is_nothing_under_a_reaction(
    lived: Lived, who: str, there: GroupId
) -> None:
    async with lived.again() as town:
        before = await town.rows()
        came = [
            await town.reacts(who, text, native, town.key(), there)
            for _, native in lived.natives
            for text in ("1", "2", "\N{KEYCAP TEN}", "I can", "Withdraw")
        ]
        came += [await town.takes_back(who, CAIS_REACTION, there), await town.takes_back(who, "fake:never", there)]
        after = await town.rows()

    assert [told for told in came if told != Told(answer="", others={})] == []
    assert len(lived.natives) > 40
    assert before == after


async def test_who_was_given_a_list_may_answer_it_in_no_other_group(lived: Lived) -> None:
    async with lived.again() as town:
        before = await town.rows()
        came = [await town.reacts(who, "1", native, town.key(), SOUTH) for who, native in lived.natives if who != GUS]
        after = await town.rows()
        typed = await town.types(HAL, "1", SOUTH)
        at_last = await town.rows()

    assert {told.answer for told in came} == {""}
    assert before == after
    assert (_tells(lived, typed.answer), at_last.north) == ([], before.north)


async def test_nothing_of_another_group_is_suggested(lived: Lived) -> None:
    async with lived.again() as town:
        looked_up = [(command, option) for command in town.commands for option in command.options]
        found = [
            str(one)
            for command, option in looked_up
            for rota in (None, "3", "Hearthside tea")
            if rota is None or command.option("rota")
            for text in ("", "3", "Hea", "a", "to")
            for one in await town.suggests(_of_hal(command.name, rota), option.name, text, SOUTH)
        ]

    assert any("Southern lunch" in one for one in found)
    assert [one for one in found if _tells(lived, one)] == []


def _of_hal(command: str, rota: str | None) -> Deed:
    return Deed(who=HAL, command=command, options={} if rota is None else {"rota": rota})


async def test_what_can_be_read_in_the_north_is_found_there_by_its_marks(lived: Lived) -> None:
    """Without this, marks that are written otherwise would let everything pass."""
    async with lived.again() as town:
        shown = await town.does(Deed(who=GUS, command="rota show", options={"rota": "3"}))
        ways = await town.does(Deed(who=GUS, command="group", options={}))

    assert {"Caivano", "Beamish", "Hearthside"} <= set(_tells(lived, shown.answer))
    assert PLACES[NORTH]["kitchen"] in _tells(lived, ways.answer)
