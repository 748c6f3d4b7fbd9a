"""Invitations go when there is nothing to answer any more; and a "not now" is nothing, to the last byte."""

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from whenever import TimeDelta

from bot.domain.ids import PlaceId
from bot.domain.outgoing import Message
from bot.domain.sit.reading import Heard
from bot.domain.sit.wishes import Circle
from tests.cogs.sit.village import ASH, BEA, CAI, DEE, ELSEWHERE, GROUP, Village
from tests.fakes.timing import FakeClock
from tests.scenarios import stage as people
from tests.scenarios.memory import IDS, MemoryStage
from tests.tables import with_tables

HOUR = TimeDelta(hours=1)
INVITATION = "Someone would like"

Does = Callable[[MemoryStage], Awaitable[None]]


@pytest.fixture
def village() -> Village:
    made = Village()
    for person in (BEA, CAI):
        made.does(person, "sit open")
    return made


def tidied(village: Village) -> list[str]:
    """Return the keys of what is to be taken away."""
    return sorted(each.of for each in village.tidied)


def invitations(village: Village) -> list[str]:
    """Return the keys of the invitations that were sent."""
    return sorted(sent.key for sent in village.sent if ":ask:" in sent.key)


def _withdraws(village: Village) -> None:
    village.does(ASH, "sit withdraw")


def _picks(village: Village) -> None:
    village.does(BEA, "sit can")
    village.does(ASH, "sit pick", offer=1)


def _lets_time_go_by(village: Village) -> None:
    village.goes_by(HOUR * 2)


def _lets_time_go_by_with_an_offer(village: Village) -> None:
    village.does(CAI, "sit can")
    village.goes_by(HOUR * 2)


def _leaves(village: Village) -> None:
    village.leaves(ASH)


@pytest.mark.parametrize("ends", [_withdraws, _picks, _lets_time_go_by, _lets_time_go_by_with_an_offer, _leaves])
def test_however_an_ask_ends_every_invitation_to_it_is_taken_away(
    village: Village, ends: Callable[[Village], None]
) -> None:
    village.does(ASH, "sit ask")
    before = tidied(village)
    ends(village)

    assert (before, len(invitations(village))) == ([], 2)
    assert tidied(village) == invitations(village)


def test_what_the_whole_room_was_asked_is_taken_away_there(village: Village) -> None:
    village.does(ASH, "sit ask", who=Heard(circles=(Circle.ROOM,)))
    asked = [sent.to for sent in village.sent if ":ask:" in sent.key and isinstance(sent, Message)]
    village.does(ASH, "sit withdraw")

    assert (len(asked), isinstance(asked[0], PlaceId)) == (1, True)
    assert [(each.to, each.of) for each in village.tidied] == [(asked[0], village.sent[0].key)]


def test_while_an_ask_waits_its_invitations_stand(village: Village) -> None:
    village.does(ASH, "sit ask")
    village.does(BEA, "sit can")
    village.does(DEE, "sit open")
    village.does(BEA, "sit withdraw")

    assert (tidied(village), len(invitations(village))) == ([], 3)


def test_what_was_not_sent_yet_is_not_sent_and_who_is_asked_after_a_pick_is_tidied_as_well(village: Village) -> None:
    village.does(ASH, "sit ask", at=village.clock.now() + HOUR * 20)
    village.does(BEA, "sit can")
    village.does(ASH, "sit pick", offer=1)
    first = tidied(village)
    village.does(BEA, "sit withdraw")
    village.does(DEE, "sit open")
    second = tidied(village)
    village.does(ASH, "sit withdraw")

    # While it waits for its time somebody else may still be needed.
    assert (first, second) == ([], [])
    assert tidied(village) == invitations(village)
    assert len(invitations(village)) == 3


def test_what_is_taken_away_is_tried_for_as_long_as_it_is_known_which_message_it_is(village: Village) -> None:
    village.does(ASH, "sit ask", wait=HOUR * 24)
    village.goes_by(HOUR * 26)
    still = [each for each in village.tidied if village.clock.now() + HOUR * 24 * 6 < each.expires_at]

    assert (len(village.tidied), len(still)) == (2, 2)


def test_not_now_is_answered_alike_whatever_there_is_and_takes_away_no_message_of_anybody_else(
    village: Village,
) -> None:
    village.does(ASH, "sit ask")
    code = village.code(ASH)
    asked = ((BEA, GROUP, code), (BEA, ELSEWHERE, code), (DEE, GROUP, code), (BEA, GROUP, "bbbbbbbb"))
    answers = [village.does(person, "sit not now", group, ask=each) for person, group, each in asked]
    all_of_them = village.does(BEA, "sit not now")
    nothing = village.does(DEE, "sit not now")

    assert [answer.lines for answer in (*answers, all_of_them)] == [nothing.lines] * 5
    assert [key for answer in answers for key in answer.unsays if not key.endswith((BEA.mark, DEE.mark))] == []
    assert (all_of_them.unsays, nothing.unsays) == ((f"sit:{code}:ask:{BEA.mark}",), ())


def test_after_a_not_now_one_can_still_say_yes(village: Village) -> None:
    village.does(ASH, "sit ask")
    village.does(BEA, "sit not now")
    village.does(BEA, "sit can")

    assert "sit-offered" in village.heard(ASH)


@dataclass(frozen=True, kw_only=True)
class Lived:
    """All that is in the file, and all that the asker and a third had read, at each moment."""

    dumps: Sequence[str]
    views: Sequence[Sequence[str]]


async def _life(folder: Path, does: Does) -> Lived:
    """Let Ash ask, Bea do something or nothing, and the ask go on to its end: with the same keys and the same clock."""
    stage = await MemoryStage.on(with_tables(folder / "alongside.db"), clock=FakeClock())
    dumps, views = [], []

    async def look() -> None:
        await stage.settled()
        dumps.append(_dump(stage))
        views.append([text for who in (people.ASH, people.CAI) for text in await stage.everything_read(who)])

    for who in (people.BEA, people.CAI):
        await stage.types(who, "sit open")
    await stage.types(people.ASH, "sit ask")
    await stage.reads(people.BEA, INVITATION)
    await does(stage)
    await look()
    await stage.types(people.CAI, "sit can")
    await look()
    await stage.goes_by(TimeDelta(minutes=31))
    await look()
    await stage.goes_by(TimeDelta(hours=2))
    await look()
    await stage.goes_by(TimeDelta(hours=25))
    await look()
    await stage.house.close()
    return Lived(dumps=dumps, views=views)


def _dump(stage: MemoryStage) -> str:
    with closing(sqlite3.connect(f"file:{stage.house.database.engine.url.database}?mode=ro", uri=True)) as file:
        return "\n".join(file.iterdump())


async def _presses(stage: MemoryStage) -> None:
    await stage.picks(people.BEA, "Not now")
    await stage.no_longer_reads(people.BEA, INVITATION)


async def _types(stage: MemoryStage) -> None:
    await stage.types(people.BEA, "not now")
    await stage.no_longer_reads(people.BEA, INVITATION)


async def _types_the_number(stage: MemoryStage) -> None:
    await stage.types(people.BEA, "2")
    await stage.no_longer_reads(people.BEA, INVITATION)


async def _types_the_command(stage: MemoryStage) -> None:
    await stage.types(people.BEA, "sit not now")
    await stage.no_longer_reads(people.BEA, INVITATION)


async def _asks_something_else(stage: MemoryStage) -> None:
    await stage.types(people.BEA, "now")
    await stage.reads(people.BEA, "Samaritans")


async def _is_silent(stage: MemoryStage) -> None:
    # What others do is called the same in every life.
    next(stage._keys)  # noqa: SLF001  A key that nobody uses.


@pytest.mark.parametrize("no", [_presses, _types, _types_the_number, _types_the_command])
async def test_a_not_now_and_a_silence_are_the_same_to_the_last_byte_of_every_table(tmp_path: Path, no: Does) -> None:
    """But for what any command leaves: that a number means the list that came last no more, as it is no longer last."""
    closed, silent, other = [
        await _life(tmp_path / name, does)
        for name, does in (("closed", no), ("silent", _is_silent), ("other", _asks_something_else))
    ]
    bea = IDS[people.BEA]

    assert closed.views == silent.views == other.views
    assert closed.dumps == other.dumps
    assert [_without_last(dump, bea) for dump in closed.dumps] == [_without_last(dump, bea) for dump in silent.dumps]
    assert f"'{bea}','fake:group'" in silent.dumps[0]


def _without_last(dump: str, person: str) -> list[str]:
    """Return a dump without that column of that person's lists."""
    lines = dump.splitlines()
    theirs = [line for line in lines if line.startswith('INSERT INTO "lists"') and f"'{person}'" in line]
    return [line for line in lines if line not in theirs] + [",".join(_without_one(line)) for line in theirs]


def _without_one(line: str) -> list[str]:
    # `last` is the column before the end: a list stands until a moment.
    *before, last, until = line.split(",")
    assert last in {"0", "1"}, line
    return [*before, until]
