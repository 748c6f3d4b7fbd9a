"""A rota that changes: its lines keep their numbers, and everybody keeps what they said yes to, and no more."""

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta, Weekday

from bot.domain.ids import PersonId
from bot.domain.rota.changing import Shape, Wish, changed, known_again, shaped, starting
from bot.domain.rota.closing import Closure
from bot.domain.rota.covers import Offer
from bot.domain.rota.moving import crowded, touched
from bot.domain.rota.parts import Part
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.proposing import WAITS, Proposal, stamp
from bot.domain.rota.recurrence import Dates, Recurrence, recurrence, weekly
from bot.domain.rota.roster import Absence, Once, Roster, Standing
from bot.domain.rota.rota import Rota, Shift, ShiftId
from bot.domain.rota.said import SaidPattern
from bot.domain.rota.sheet import Sheet
from tests.domain.rota.examples import (
    ASH,
    BEE,
    CAT,
    DAILY,
    NOW,
    THURSDAY,
    TUESDAY,
    TUESDAYS_AND_THURSDAYS,
    for_people,
    once,
    place,
    rota,
    sheet,
    shift_of,
)

TUESDAYS, FRIDAYS = weekly((Weekday.TUESDAY,)), weekly((Weekday.FRIDAY,))
NINE, SEVEN, EIGHT = Time(9), Time(19), Time(20)
LONG = TimeDelta(hours=24 * 100)
slowly = settings(deadline=None, max_examples=25)


def said(days: Recurrence, time: Time = SEVEN, ends: Time | None = None, starts: Date | None = None) -> SaidPattern:
    return SaidPattern(recurrence=days, time=time, ends=ends, starts=starts)


def wish(
    of: Rota,
    *lines: SaidPattern,
    people: int | None = None,
    length: TimeDelta | None = None,
    closed: tuple[Closure, ...] | None = None,
    zone: str | None = None,
) -> Wish:
    return Wish(
        lines=lines or None,
        people=people,
        length=length,
        zone=zone or of.zone,
        closed=of.closed if closed is None else closed,
        holidays=of.holidays,
    )


def after(on: Sheet, *lines: SaidPattern, now: Instant = NOW, people: int | None = None) -> Sheet:
    return changed(on, shaped(on.rota, wish(on.rota, *lines, people=people), now), now)


def shut(on: Sheet, *closed: Closure) -> Sheet:
    return changed(on, shaped(on.rota, wish(on.rota, closed=closed), NOW), NOW)


def held(on: Sheet) -> set[tuple[PersonId, ShiftId, Part]]:
    """Return who is on what for months."""
    return {(stint.person, shift.id, stint.part) for shift in ahead(on) for stint in on.stints(shift)}


def ahead(on: Sheet) -> list[Shift]:
    """Return the shifts of these months: by their dates, as a change may move a shift to another time of its day."""
    last = (NOW + LONG).to_tz("UTC").date()
    return [shift for shift in on.rota.coming(NOW, NOW + LONG + TimeDelta(hours=48)) if shift.date <= last]


def numbers(before: Sheet, *lines: SaidPattern) -> list[tuple[int, Time]]:
    return [(line.number, line.time) for line in after(before, *lines).rota.patterns]


def test_a_line_is_known_by_its_days_and_time_then_its_days_then_its_time_then_its_order() -> None:
    tea, walk = replace(DAILY, number=1, time=NINE, ends=Time(10)), replace(TUESDAYS_AND_THURSDAYS, number=2)

    assert known_again((tea, walk), (said(walk.recurrence), said(tea.recurrence, NINE))) == (walk, tea)
    assert known_again((tea, walk), (said(walk.recurrence, NINE), said(FRIDAYS, EIGHT))) == (walk, tea)
    assert known_again((tea, walk), (said(FRIDAYS, Time(19)), said(TUESDAYS, EIGHT))) == (walk, tea)
    assert known_again((tea,), (said(FRIDAYS, EIGHT), said(TUESDAYS, EIGHT))) == (tea, None)


def test_a_line_that_is_new_has_a_number_that_was_never_given() -> None:
    two = sheet(pattern=replace(DAILY, number=2), lines=4)

    assert numbers(two, said(FRIDAYS, NINE), said(DAILY.recurrence, EIGHT)) == [(2, EIGHT), (5, NINE)]
    assert after(two, said(FRIDAYS, NINE), said(DAILY.recurrence, EIGHT)).rota.lines == 5


def test_what_was_not_said_of_a_line_stays_as_it_was() -> None:
    long = sheet(pattern=replace(for_people(4), fewest=2, ends=Time(21)))

    [line] = after(long, said(TUESDAYS, EIGHT)).rota.patterns

    assert (line.fewest, line.most, line.ends) == (2, 4, Time(22))


def test_a_number_of_people_or_a_length_alone_is_of_every_line() -> None:
    two = Sheet(rota=rota(TUESDAYS_AND_THURSDAYS, replace(DAILY, number=2), lines=2), roster=Roster())
    shape = shaped(two.rota, wish(two.rota, people=3, length=TimeDelta(hours=2)), NOW)

    assert [(line.most, line.fewest, line.ends) for line in shape.patterns] == [(3, 3, Time(21)), (3, 3, Time(22))]


def test_a_beginning_that_was_said_is_the_first_of_its_days_from_then_on() -> None:
    every_other = weekly((Weekday.TUESDAY,), 2)
    wednesday = Date(2027, 1, 6)

    assert starting(said(every_other, starts=wednesday), "Europe/London", NOW) == Date(2027, 1, 12)
    assert starting(said(every_other), "Europe/London", NOW) == TUESDAY


def test_every_other_week_goes_on_in_the_same_weeks_on_another_day() -> None:
    every_other = sheet(
        pattern=Pattern(recurrence=weekly((Weekday.THURSDAY,), 2), starts=THURSDAY, time=NINE, ends=EIGHT)
    )

    [line] = after(every_other, said(weekly((Weekday.TUESDAY,), 2), NINE)).rota.patterns

    assert list(line.dates(TUESDAY, TUESDAY.add(days=20))) == [TUESDAY, TUESDAY.add(days=14)]


def test_every_other_week_that_is_off_this_week_stays_off_on_another_day() -> None:
    last = Pattern(recurrence=weekly((Weekday.THURSDAY,), 2), starts=THURSDAY.subtract(days=7), time=NINE, ends=EIGHT)

    [line] = after(sheet(pattern=last), said(weekly((Weekday.TUESDAY,), 2), NINE)).rota.patterns

    assert next(line.dates(TUESDAY, TUESDAY.add(days=20))) == TUESDAY.add(days=7)


def test_a_line_that_is_to_begin_later_does_so_on_other_days_too() -> None:
    january = Date(2027, 1, 5)
    later = sheet(pattern=replace(TUESDAYS_AND_THURSDAYS, starts=january))

    assert next(after(later, said(FRIDAYS)).rota.coming(NOW, NOW + LONG)).date == Date(2027, 1, 8)


def test_a_shift_that_is_on_now_goes_on_when_its_line_has_more_days() -> None:
    now = shift_of(sheet(), TUESDAY).begins + TimeDelta(minutes=10)
    on = sheet(Roster(single=frozenset({once(ASH, TUESDAY)})))

    assert after(on, said(DAILY.recurrence), now=now).roster == on.roster


def test_yeses_to_dates_that_there_still_are_stay_and_none_is_moved_to_another_date() -> None:
    on = sheet(
        Roster(single=frozenset({once(ASH, TUESDAY), once(BEE, THURSDAY)}), told=frozenset({ShiftId(date=THURSDAY)}))
    )

    then = after(on, said(TUESDAYS, EIGHT))

    assert then.roster == Roster(single=frozenset({once(ASH, TUESDAY)}))
    assert shift_of(then, TUESDAY).wall == EIGHT


def test_a_standing_place_ends_with_its_weekday_and_with_it_what_it_was_away_for() -> None:
    standing = frozenset({place(ASH, Weekday.TUESDAY), place(BEE, Weekday.THURSDAY)})
    on = sheet(Roster(standing=standing, away=frozenset({once(ASH, TUESDAY), once(BEE, THURSDAY)})))

    then = after(on, said(TUESDAYS))

    assert then.roster == Roster(
        standing=frozenset({place(ASH, Weekday.TUESDAY)}), away=frozenset({once(ASH, TUESDAY)})
    )


def test_a_place_on_every_other_week_stays_one_when_the_line_is_there_each_week() -> None:
    every_other = weekly((Weekday.TUESDAY,), 2)
    on = sheet(
        Roster(standing=frozenset({place(ASH, Weekday.TUESDAY)})),
        Pattern(recurrence=every_other, starts=TUESDAY, time=Time(19), ends=EIGHT),
    )

    then = after(on, said(TUESDAYS))

    assert {place.every for place in then.roster.standing} == {2}
    assert held(then) == held(on)


def test_a_place_that_would_hold_dates_it_was_no_yes_to_ends_and_its_own_dates_stay() -> None:
    last = TUESDAY.add(days=7)
    on = sheet(
        Roster(standing=frozenset({place(ASH, Weekday.TUESDAY)}), away=frozenset({once(ASH, TUESDAY)})),
        replace(TUESDAYS_AND_THURSDAYS, last=last),
    )

    then = after(on, said(TUESDAYS_AND_THURSDAYS.recurrence))

    assert then.roster == Roster(single=frozenset({once(ASH, last)}))
    [ash] = touched(on, then, NOW)
    assert (ash.moved, ash.gone, ash.back, ash.ended) == ((), (), (), ())
    assert ash.loosened == (place(ASH, Weekday.TUESDAY),)


def test_who_was_away_on_a_date_that_closes_is_away_when_it_opens_again() -> None:
    on = sheet(Roster(standing=frozenset({place(ASH, Weekday.TUESDAY)}), away=frozenset({once(ASH, TUESDAY)})))
    closed = shut(on, Closure(first=TUESDAY, last=TUESDAY.add(days=7)))

    opened = shut(closed, *())

    assert (opened.rota, opened.roster) == (on.rota, on.roster)
    [ash] = touched(closed, opened, NOW)
    assert [back.now.shift.date for back in ash.back] == [TUESDAY.add(days=7)]


def test_offers_go_with_their_dates_and_swaps_with_what_was_asked_for() -> None:
    def offer(code: str, *dates: Date, back: Date | None = None) -> Offer:
        shifts = tuple(ShiftId(date=date) for date in dates)
        return Offer(code=code, person=ASH, shifts=shifts, to=BEE, back=back and ShiftId(date=back))

    standing = frozenset({place(ASH, Weekday.TUESDAY), place(ASH, Weekday.THURSDAY), place(BEE, Weekday.THURSDAY)})
    offers = {offer("both", TUESDAY, THURSDAY), offer("gone", THURSDAY), offer("swap", TUESDAY, back=THURSDAY)}
    on = sheet(Roster(standing=standing, offers=frozenset(offers)), for_people(2))

    assert after(on, said(TUESDAYS)).roster.offers == {offer("both", TUESDAY)}


def test_whom_a_change_touches_is_named_with_what_moves_and_what_goes() -> None:
    on = sheet(
        Roster(
            standing=frozenset({place(BEE, Weekday.THURSDAY)}),
            single=frozenset({Once(person=ASH, shift=ShiftId(date=TUESDAY), part=Part(starts=30))}),
        )
    )

    ash, bee = touched(on, after(on, said(TUESDAYS, EIGHT)), NOW)

    [moved] = ash.moved
    assert (moved.was.shift.wall, moved.now.shift.wall, moved.now.part) == (Time(19), EIGHT, Part(starts=30))
    assert (ash.person, ash.gone, ash.ended) == (ASH, (), ())
    assert (bee.person, bee.moved, bee.ended) == (BEE, (), (place(BEE, Weekday.THURSDAY),))
    assert len(bee.gone) == 52
    assert {held.shift.date.day_of_week() for held in bee.gone} == {Weekday.THURSDAY}


def test_a_part_that_a_shorter_shift_has_no_more_goes() -> None:
    part = Once(person=ASH, shift=ShiftId(date=TUESDAY), part=Part(starts=30))
    on = sheet(Roster(single=frozenset({part})))

    [ash] = touched(on, after(on, said(TUESDAYS, Time(19), Time(19, 30))), NOW)

    assert ([held.shift.date for held in ash.gone], ash.moved) == ([TUESDAY], ())


def test_more_room_a_new_line_and_the_same_in_other_words_touch_nobody() -> None:
    on = sheet(Roster(standing=frozenset({place(ASH, Weekday.TUESDAY)})))
    same, more = said(TUESDAYS_AND_THURSDAYS.recurrence), said(FRIDAYS, NINE)

    assert after(on, same) == on
    assert touched(on, after(on, same, people=3), NOW) == ()
    assert touched(on, after(on, same, more), NOW) == ()


def test_nobody_is_put_off_by_a_smaller_number() -> None:
    on = sheet(Roster(single=frozenset({once(ASH, TUESDAY), once(BEE, TUESDAY)})), for_people(2))

    then = after(on, said(TUESDAYS_AND_THURSDAYS.recurrence), people=1)

    assert held(then) == held(on)
    assert [shift.date for shift in crowded(on, then, NOW)] == [TUESDAY]
    assert touched(on, then, NOW) == ()


def test_another_shift_at_the_new_time_is_named() -> None:
    on = sheet(Roster(single=frozenset({once(ASH, TUESDAY)})))
    soup = Sheet(rota=replace(rota(DAILY), id="r2"), roster=Roster(single=frozenset({once(ASH, TUESDAY)})))

    [ash] = touched(on, after(on, said(TUESDAYS, EIGHT)), NOW, (soup,))
    [still] = touched(on, after(on, said(TUESDAYS, Time(21))), NOW, (soup,))

    assert ash.moved[0].busy == (soup, shift_of(soup, TUESDAY))
    assert still.moved[0].busy is None


def test_a_shift_that_would_be_over_by_then_goes() -> None:
    on = sheet(Roster(single=frozenset({once(ASH, TUESDAY)})))
    six = shift_of(on, TUESDAY).begins - TimeDelta(hours=1)

    [ash] = touched(on, after(on, said(TUESDAYS, NINE), now=six), six)

    assert ([held.shift.date for held in ash.gone], ash.moved) == ([TUESDAY], ())


def test_a_proposal_knows_another_rota_and_another_yes_but_not_the_passing_of_dates() -> None:
    on = sheet(Roster(single=frozenset({once(ASH, TUESDAY), once(ASH, NOW.to_tz("UTC").date().subtract(days=3))})))
    code, shape = "abcdefgh", Shape.of(on.rota)
    proposal = Proposal(code=code, rota="r1", person=ASH, shape=shape, stamp=stamp(on, NOW), until=NOW + WAITS)
    purged = on.with_roster(Roster(single=frozenset({once(ASH, TUESDAY)})))
    joined = on.with_roster(replace(on.roster, single=on.roster.single | {once(BEE, THURSDAY)}))
    other = after(on, said(TUESDAYS))

    assert [proposal.is_of(each) for each in (on, purged, joined, other)] == [True, True, False, False]
    assert [proposal.is_of_rota(each.rota) for each in (on, joined, other)] == [True, True, False]


days = st.sets(st.sampled_from(tuple(Weekday)), min_size=1, max_size=4).map(frozenset)
rules: st.SearchStrategy[Recurrence] = st.one_of(
    st.builds(weekly, days, st.integers(1, 3)),
    st.sampled_from(
        ("FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;BYMONTHDAY=24")
    ).map(recurrence),
    st.just(Dates(days_on=(TUESDAY, THURSDAY, TUESDAY.add(days=7)))),
)
times = st.sampled_from((NINE, Time(19), EIGHT, Time(23)))
dates = st.integers(-1, 40).map(lambda number: TUESDAY.add(days=number))
lasts = st.none() | st.integers(8, 200).map(lambda number: TUESDAY.add(days=number))
lines = st.builds(SaidPattern, recurrence=rules, time=times, last=lasts)
people = st.sampled_from((ASH, BEE, CAT))
singles = st.builds(Once, person=people, shift=st.builds(ShiftId, date=dates, pattern=st.integers(1, 3)))
standings = st.builds(
    Standing,
    person=people,
    pattern=st.integers(1, 3),
    day=st.none() | st.sampled_from(tuple(Weekday)),
    since=dates,
    every=st.integers(1, 3),
)
absences = st.builds(Absence, person=people, first=dates, last=dates)
rosters = st.builds(
    Roster,
    standing=st.frozensets(standings, max_size=4),
    single=st.frozensets(singles, max_size=5),
    away=st.frozensets(singles, max_size=4),
    absent=st.frozensets(absences, max_size=1),
)
closures = st.builds(Closure, first=dates, last=dates)


def first_of(rule: tuple[SaidPattern, ...], roster: Roster) -> Sheet:
    """Return a rota of these lines, with just what of the roster is of its dates."""
    bare = rota(*(_pattern(each, number) for number, each in enumerate(rule, 1)), lines=len(rule))
    single = frozenset(yes for yes in roster.single if bare.shift(yes.shift))
    return Sheet(rota=bare, roster=replace(roster, single=single))


def _pattern(each: SaidPattern, number: int) -> Pattern:
    begins = starting(each, "Europe/London", NOW)
    return Pattern(
        number=number, recurrence=each.recurrence, starts=begins, last=each.last, time=each.time, ends=Time(23, 30)
    )


several = st.lists(lines, min_size=1, max_size=3).map(tuple)


@slowly
@given(several, rosters, several, st.lists(closures, max_size=2).map(tuple))
def test_no_yes_is_lost_whose_date_there_still_is_and_nobody_is_on_what_they_had_not_said_yes_to(
    rule: tuple[SaidPattern, ...], roster: Roster, then: tuple[SaidPattern, ...], closed: tuple[Closure, ...]
) -> None:
    on = first_of(rule, roster)

    result = changed(on, shaped(on.rota, wish(on.rota, *then, closed=closed), NOW), NOW)

    there, was = ({shift.id for shift in ahead(each)} for each in (result, on))
    kept = {one for one in held(on) if one[1] in there}
    assert {one for one in held(result) if one[1] in was} == kept
    assert held(result) <= held(on)


_MONDAYS = SaidPattern(recurrence=weekly((Weekday.MONDAY,)), time=Time(9))
_TWO_DATES = SaidPattern(recurrence=Dates(days_on=(Date(2026, 11, 24), Date(2026, 11, 26))), time=Time(19))


@slowly
@given(several, rosters, several)
@example((_MONDAYS, _TWO_DATES), Roster(), (_TWO_DATES, replace(_TWO_DATES, last=Date(2026, 12, 2))))
def test_a_change_made_twice_is_made_once_and_no_number_is_given_again(
    rule: tuple[SaidPattern, ...], roster: Roster, then: tuple[SaidPattern, ...]
) -> None:
    on = first_of(rule, roster)
    result = after(on, *then)

    again = changed(result, Shape.of(result.rota), NOW)

    assert again == result
    assert Shape.of(after(result, *then).rota) == Shape.of(result.rota)
    given_ = {line.number for line in result.rota.patterns}
    assert len(given_) == len(then)
    assert {number for number in given_ if number > on.rota.lines} == set(
        range(on.rota.lines + 1, result.rota.lines + 1)
    )
    assert given_ - {line.number for line in on.rota.patterns} == {n for n in given_ if n > on.rota.lines}


@slowly
@given(several, rosters, several)
def test_who_is_not_named_has_just_the_shifts_they_had(
    rule: tuple[SaidPattern, ...], roster: Roster, then: tuple[SaidPattern, ...]
) -> None:
    on = first_of(rule, roster)
    result = after(on, *then)

    named = {each.person for each in touched(on, result, NOW)}

    for person in {ASH, BEE, CAT} - named:
        assert {one for one in held(on) if one[0] == person} == {one for one in held(result) if one[0] == person}
