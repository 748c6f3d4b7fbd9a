"""Being open on shifts, at times and for a while: who is asked when, how often, and what anybody can tell of it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta, Weekday

from bot.cogs.sit.opening_told import opened
from bot.domain.commands import Reading
from bot.domain.ids import PersonId
from bot.domain.people import Pause, Ways, Wish
from bot.domain.quiet import Quiet
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import Dates, weekly
from bot.domain.rota.roster import Roster, Standing
from bot.domain.rota.sheet import Sheet
from bot.domain.saying import Line, Look, Refused, Say
from bot.domain.sit.opening import MOST_APART, Opening, Openness, RatherNot, SaidOpening
from bot.domain.sit.reading import Heard
from bot.domain.sit.said_opening import OpenWhen
from bot.domain.sit.wishes import Circle, Tick, Wanted, Where
from bot.words.catalogue import Catalogue
from tests.cogs.sit.village import ASH, BEA, CAI, DEE, ELSEWHERE, GROUP, Village, done
from tests.domain.rota.examples import rota
from tests.domain.rota.said import as_said, patterns

HOUR, MINUTE, DAY = TimeDelta(hours=1), TimeDelta(minutes=1), TimeDelta(hours=24)
WORDS = Catalogue([Path(__file__).parents[3] / "config" / "words"])
ON_SHIFTS = SaidOpening(on_shifts=True)


@pytest.fixture
def village() -> Village:
    """It is Monday noon in London; nobody is open."""
    return Village()


def ids(said: Say) -> list[str]:
    return [one.id for one in said.lines]


def said(village: Village, text: str) -> SaidOpening:
    return OpenWhen().read(text, Reading(now=village.clock.now(), zone="Europe/London"))


def asked(village: Village, person: PersonId) -> int:
    """Return how often somebody was asked."""
    return village.heard(person).count("sit-seen-now")


def opens(village: Village, person: PersonId, text: str) -> Say:
    return village.does(person, "sit open", when=said(village, text))


def on_mondays(village: Village, person: PersonId, starts: Time, ends: Time) -> None:
    """Put somebody on a rota's shift of every Monday."""
    line = Pattern(recurrence=weekly((Weekday.MONDAY,)), starts=Date(2026, 1, 1), time=starts, ends=ends)
    place = Standing(person=person, day=None, since=Date(2026, 1, 1))
    village.rotas.rotas["r1"] = Sheet(rota=rota(line, group=GROUP), roster=Roster(standing=frozenset({place})))


def test_it_is_monday_noon(village: Village) -> None:
    assert village.clock.now() == Instant.from_utc(2026, 11, 23, 12)


def test_whoever_is_open_on_their_shifts_is_asked_while_they_are_on_and_at_no_other_time(village: Village) -> None:
    on_mondays(village, BEA, Time(13), Time(14))
    answer = village.does(BEA, "sit open", when=ON_SHIFTS)
    asks = []
    for _ in range(3):
        village.does(ASH, "sit ask", wait=MINUTE * 5)
        asks.append(asked(village, BEA))
        village.does(ASH, "sit withdraw")
        village.goes_by(HOUR)

    assert ids(answer) == ["sit-open-at", "sit-way-shifts", "sit-open-next", "sit-open-pause"]
    assert asks == [0, 1, 1]


def test_an_ask_that_waits_is_put_to_whoever_comes_onto_a_shift(village: Village) -> None:
    on_mondays(village, BEA, Time(12, 10), Time(14))
    village.does(BEA, "sit open", when=ON_SHIFTS)
    village.does(ASH, "sit ask")
    village.goes_by(MINUTE * 9)
    before = asked(village, BEA)
    village.goes_by(MINUTE)

    assert (before, asked(village, BEA)) == (0, 1)
    assert village.openings.kept[GROUP, BEA].last_asked == village.clock.now()


def test_a_shift_that_somebody_takes_meanwhile_is_noticed_while_an_ask_waits(village: Village) -> None:
    village.does(BEA, "sit open", when=ON_SHIFTS)
    village.does(ASH, "sit ask")
    on_mondays(village, BEA, Time(12), Time(14))
    village.goes_by(MINUTE * 15)

    assert asked(village, BEA) == 1


def test_a_rota_of_another_group_opens_nobody(village: Village) -> None:
    on_mondays(village, BEA, Time(11), Time(14))
    village.does(BEA, "sit open", ELSEWHERE, when=ON_SHIFTS)
    village.does(ASH, "sit ask", ELSEWHERE)

    assert asked(village, BEA) == 0


def test_times_on_the_wall_are_open_then_and_what_waits_is_put_to_them(village: Village) -> None:
    opens(village, BEA, "mondays 12:20-13:00")
    village.does(ASH, "sit ask")
    village.goes_by(MINUTE * 19)
    before = asked(village, BEA)
    village.goes_by(MINUTE)

    assert (before, asked(village, BEA)) == (0, 1)


def test_several_ways_stand_at_once_and_are_read_back(village: Village) -> None:
    on_mondays(village, BEA, Time(12), Time(13))
    opens(village, BEA, "on my shifts")
    answer = opens(village, BEA, "tuesdays 19:00-21:00")
    texts = [WORDS.text(each, "en-GB") for each in answer.lines]

    assert texts == [
        "You are open to being asked:",
        "on your shifts",
        "Every Tuesday, 19:00 to 21:00",
        "You are open now, until Monday 23 November, 13:00.",
        "To stop all of it, type “sit pause”. No reason is needed.",
    ]


def test_the_answer_says_when_they_are_next_asked(village: Village) -> None:
    answer = opens(village, BEA, "tuesdays 19:00-21:00")

    assert WORDS.text(answer.lines[2], "en-GB") == "You are next asked from Tuesday 24 November, 19:00 on."


def test_on_shifts_without_any_says_that_there_is_none_in_sight(village: Village) -> None:
    assert "sit-open-none-soon" in ids(village.does(BEA, "sit open", when=ON_SHIFTS))


@pytest.mark.parametrize("word", ["sit pause", "none"])
def test_a_pause_lets_go_of_all_of_it(village: Village, word: str) -> None:
    opens(village, BEA, "on my shifts; tuesdays 19:00-21:00; 2 hours")
    village.does(BEA, "sit limit", sits=(2,))
    answer = village.does(BEA, "sit pause") if word == "sit pause" else opens(village, BEA, word)
    again = village.does(BEA, "sit pause")

    assert (ids(answer), ids(again)) == (["sit-paused"], ["sit-paused-already"])
    assert village.openings.kept[GROUP, BEA] == Opening(weekly=2)


def test_a_while_that_is_over_is_no_pause_and_leaves_nothing(village: Village) -> None:
    opens(village, BEA, "2 hours")
    village.goes_by(HOUR * 3)

    assert ids(village.does(BEA, "sit pause")) == ["sit-paused-already"]
    assert village.openings.kept == {}


def test_with_a_limit_somebody_is_asked_no_sooner_than_it_allows(village: Village) -> None:
    village.does(BEA, "sit open")
    answer = village.does(BEA, "sit limit", sits=(2,))
    counts = []
    for _ in range(10):
        village.does(ASH, "sit ask", wait=MINUTE * 5)
        counts.append(asked(village, BEA))
        village.goes_by(DAY)

    assert WORDS.text(answer.lines[0], "en-GB") == (
        "Kept: at least 3 days and 12 hours lie between two asks, so you are asked for a sit 2 times in any 7 days at "
        "most. I count nothing."
    )
    assert counts == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3]


def test_of_several_asks_that_wait_one_is_put_to_somebody_with_a_limit(village: Village) -> None:
    village.does(ASH, "sit ask")
    village.does(CAI, "sit ask")
    village.does(BEA, "sit limit", sits=(3,))
    village.does(BEA, "sit open")
    village.does(DEE, "sit open")

    assert (asked(village, BEA), asked(village, DEE)) == (1, 2)


def test_once_the_limit_allows_it_what_waits_is_put_to_them(village: Village) -> None:
    village.does(BEA, "sit open")
    village.does(BEA, "sit limit", sits=(7,))
    village.does(ASH, "sit ask")
    village.does(CAI, "sit ask", wait=HOUR * 24 + MINUTE * 20, where=Where.DIRECT)
    village.goes_by(DAY - MINUTE)
    before = asked(village, BEA)
    village.goes_by(MINUTE)

    assert (before, asked(village, BEA)) == (1, 2)


def test_without_a_limit_again_they_are_asked_as_it_comes(village: Village) -> None:
    village.does(BEA, "sit open")
    village.does(BEA, "sit limit", sits=(1,))
    village.does(ASH, "sit ask")
    village.does(CAI, "sit ask")
    answer = village.does(BEA, "sit limit", sits=())

    assert ids(answer) == ["sit-limit-none"]
    assert asked(village, BEA) == 2


@pytest.mark.parametrize(
    ("rather_not", "wish", "is_asked"),
    [
        ({RatherNot.TALK}, {"wanted": Wanted.TALK.value}, False),
        ({RatherNot.TALK}, {"wanted": Wanted.QUIET.value}, True),
        ({RatherNot.TALK}, {"wanted": Wanted.EITHER.value}, True),
        ({RatherNot.TALK, RatherNot.QUIET}, {"wanted": Wanted.EITHER.value}, False),
        ({RatherNot.DIRECT}, {"where": Where.DIRECT.value}, False),
        ({RatherNot.DIRECT}, {"where": Where.ROOM.value}, True),
        ({RatherNot.SWEARING, RatherNot.VOICE}, {}, True),
        ({RatherNot.VOICE}, {"wanted": Wanted.VOICE.value}, False),
        ({RatherNot.REFLECT, RatherNot.BESIDE}, {"wanted": Wanted.REFLECT.value}, False),
        ({RatherNot.BESIDE}, {"wanted": Wanted.BESIDE.value}, False),
        ({RatherNot.CRYING}, {"ticks": frozenset({Tick.TEARS, Tick.NO_ADVICE})}, False),
        ({RatherNot.HUMOUR}, {"ticks": frozenset({Tick.SWEARING, Tick.SILENCE})}, True),
        ({RatherNot.SEVERAL}, {"people": 2}, False),
        ({RatherNot.SEVERAL}, {"people": 1}, True),
    ],
)
def test_nobody_is_put_to_what_they_would_rather_not_sit_with(
    village: Village, rather_not: set[RatherNot], wish: dict[str, Any], *, is_asked: bool
) -> None:
    village.does(BEA, "sit open")
    village.does(BEA, "sit rather", what=frozenset(rather_not))
    village.does(ASH, "sit ask", GROUP, **wish)

    assert asked(village, BEA) == is_asked


def test_what_is_said_later_stands_in_place_of_what_was_and_what_waits_is_put_to_them(village: Village) -> None:
    village.does(BEA, "sit open")
    kept = village.does(BEA, "sit rather", what=frozenset({RatherNot.TALK, RatherNot.QUIET}))
    village.does(ASH, "sit ask", wanted=Wanted.TALK.value)
    before = asked(village, BEA)
    gone = village.does(BEA, "sit rather", what=frozenset())

    assert WORDS.text(kept.lines[0], "en-GB").startswith("Kept: an ask for any of these is not put to you: quiet comp")
    assert ids(gone) == ["sit-rather-none"]
    assert (before, asked(village, BEA)) == (0, 1)


@pytest.mark.parametrize(
    ("command", "option"), [("sit limit", {"sits": (1,)}), ("sit rather", {"what": frozenset(RatherNot)})]
)
def test_the_asker_cannot_tell_a_limit_or_what_somebody_would_rather_not(
    command: str, option: dict[str, object]
) -> None:
    views = []
    for chooses in (True, False):
        village = Village()
        village.does(BEA, "sit open")
        if chooses:
            village.does(BEA, command, GROUP, **option)
        for _ in range(2):
            village.does(ASH, "sit ask")
            village.goes_by(HOUR)
        views.append([said.lines for said in village.read[ASH]])

    assert views[0] == views[1]


def test_what_was_asked_is_kept_for_nobody_who_was_not(village: Village) -> None:
    village.does(BEA, "sit open")
    village.does(CAI, "sit pause")
    village.does(ASH, "sit ask")

    assert village.openings.kept == {(GROUP, BEA): Opening(always=True, last_asked=village.clock.now())}


def test_when_quiet_hours_end_what_waits_is_put_to_them(village: Village) -> None:
    village.people.wishes[GROUP, BEA] = Wish(quiet=Quiet(starts=Time(11), ends=Time(12, 20)))
    village.does(BEA, "sit open")
    village.does(ASH, "sit ask")
    before = asked(village, BEA)
    village.goes_by(MINUTE * 20)

    assert (before, asked(village, BEA)) == (0, 1)


def test_when_a_pause_is_taken_back_what_waits_is_put_to_them_soon(village: Village) -> None:
    village.people.wishes[GROUP, BEA] = Wish(pause=Pause())
    village.does(BEA, "sit open")
    village.does(ASH, "sit ask")
    village.people.wishes[GROUP, BEA] = Wish()
    village.goes_by(MINUTE * 15)

    assert asked(village, BEA) == 1


def test_when_the_one_picked_cannot_after_all_it_is_put_to_who_opened_since(village: Village) -> None:
    village.does(BEA, "sit open")
    village.does(ASH, "sit ask", at=village.clock.now() + HOUR * 5)
    village.does(BEA, "sit can")
    village.does(ASH, "sit pick")
    village.does(CAI, "sit open")
    before = village.heard(CAI)
    village.does(BEA, "sit withdraw")
    village.goes_by(TimeDelta.ZERO)

    assert (before, village.heard(CAI)) == (["sit-open-now"], ["sit-open-now", "sit-seen-later"])


def test_nothing_wakes_while_no_ask_waits(village: Village) -> None:
    opens(village, BEA, "on my shifts; mondays 13:00-14:00; tuesdays 13:00-14:00")
    village.does(BEA, "sit limit", sits=(1,))
    before = dict(village.diary.dues)
    village.does(ASH, "sit ask")
    during = {due.kind for due in village.diary.dues.values()}
    village.does(ASH, "sit withdraw")
    village.goes_by(HOUR * 4)

    assert (before, during, village.diary.dues) == ({}, {"sit", "sit-opens"}, {})


def test_somebody_who_is_kept_apart_from_the_asker_is_not_asked_when_they_open_by_the_clock(village: Village) -> None:
    opens(village, BEA, "mondays 12:20-13:00")
    done(village.apart.keep(GROUP, BEA, ASH))
    village.does(ASH, "sit ask")
    village.goes_by(MINUTE * 25)

    assert asked(village, BEA) == 0


def test_what_they_told_is_shown_to_them(village: Village) -> None:
    opens(village, BEA, "on my shifts; tuesdays 19:00-21:00")
    village.does(BEA, "sit limit", sits=(2,))
    village.does(BEA, "sit rather", what=frozenset({RatherNot.VOICE}))
    shown = done(village.cog.shown(GROUP, BEA, village.clock.now()))

    assert [WORDS.text(each, "en-GB") for each in shown] == [
        "Open to sits: on your shifts",
        "Open to sits: Every Tuesday, 19:00 to 21:00",
        "At least 3 days and 12 hours between two asks for a sit",
        "Rather not in a sit: voice",
    ]
    assert done(village.cog.shown(GROUP, CAI, village.clock.now())) == ()


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_what_stands_is_read_back_in_words_that_mean_the_same_when_they_are_typed(data: st.DataObject) -> None:
    now = Instant.from_utc(2026, 11, 26, 12)
    today = Date(2026, 11, 26)
    lines = data.draw(st.lists(patterns(today).filter(_is_near), max_size=2))
    told = SaidOpening(times=tuple(replace(as_said(line, today), fewest=None, most=None) for line in lines))
    try:
        stands = Opening(on_shifts=data.draw(st.booleans())).opened(told, now, "UTC")
    except Refused:
        reject()
    looked_at = now + TimeDelta(hours=data.draw(st.integers(0, 24 * 40)))
    again = Opening()
    for way in _read_back(stands, looked_at):
        text = WORDS.text(way, "en-GB")
        again = again.opened(OpenWhen().read(text, Reading(now=looked_at, zone="UTC")), looked_at, "UTC")

    tomorrow = looked_at + DAY * 2
    assert again.on_shifts == stands.on_shifts
    assert _runs_from(again, tomorrow) == _runs_from(stands, tomorrow)


def _is_near(line: Pattern) -> bool:
    return isinstance(line.recurrence, Dates) or line.recurrence.interval <= MOST_APART


def _read_back(opening: Opening, now: Instant) -> list[Line]:
    of = Openness(now=now, openings={BEA: opening}, ways={BEA: Ways(zone="UTC")})
    return [each for each in opened(of, BEA).lines if each.look is Look.ITEM]


def _runs_from(opening: Opening, since: Instant) -> list[tuple[Instant, Instant]]:
    return [run for run in opening.runs(since, since + DAY * 600, "UTC", ()) if run[0] > since]


@pytest.mark.parametrize("circle", [Circle.NAMED, Circle.SHIFT, Circle.OPEN])
@pytest.mark.parametrize("told", [("sit limit", {"sits": (1,)}), ("sit rather", {"what": frozenset({RatherNot.TALK})})])
def test_a_limit_and_what_somebody_would_rather_not_hold_whoever_was_to_hear_of_it(
    village: Village, circle: Circle, told: tuple[str, dict[str, Any]]
) -> None:
    village.on_shift = frozenset({BEA})
    village.does(BEA, "sit open")
    who = Heard(circles=(circle,), named=frozenset({BEA}))
    village.does(BEA, told[0], GROUP, **told[1])
    counts = []
    for _ in range(2):
        village.does(ASH, "sit ask", wanted=Wanted.TALK.value, who=who)
        counts.append(asked(village, BEA))
        village.does(ASH, "sit withdraw")

    assert counts == ([1, 1] if told[0] == "sit limit" else [0, 0])


def test_an_ask_that_those_who_are_open_have_not_heard_of_is_put_to_nobody_who_opens(village: Village) -> None:
    village.does(ASH, "sit ask", who=Heard(circles=(Circle.SHIFT,)))
    village.does(BEA, "sit open")

    assert asked(village, BEA) == 0


def test_when_the_asker_waits_on_it_is_put_to_who_opens_by_the_clock_in_that_time(village: Village) -> None:
    opens(village, BEA, "mondays 13:30-14:00")
    village.does(ASH, "sit ask")
    village.goes_by(MINUTE * 50)
    village.does(ASH, "sit wait on", wait=HOUR)
    village.goes_by(MINUTE * 40)

    assert asked(village, BEA) == 1
