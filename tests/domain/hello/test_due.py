"""What falls due of hellos: each once, however time is split, at its time on the wall, and nothing late."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis.strategies import builds, integers, lists, sampled_from
from whenever import Date, Instant, Time, TimeDelta

from bot.domain.hello.due import EndsSoon, Greeting, Happening, NoAnswer, brought_up, is_over, next_due
from bot.domain.hello.hello import A_WEEK, Buddy, Hello, Times, Unanswered, weeks_after
from bot.domain.people import Pause, Ways
from bot.domain.quiet import Quiet
from bot.domain.rota.recurrence import Frequency, Rule, weekly
from tests.domain.hello.examples import BEE, EVERY_DAY, HOUR, NINE, NOW, hello

MINUTE = TimeDelta(minutes=1)
TOLD = hello(unanswered=Unanswered.TELL, buddy=Buddy(person=BEE, agreed=True))
ANY = Ways()

times = builds(
    Times,
    recurrence=sampled_from(
        [EVERY_DAY, weekly([Date(2026, 11, 24).day_of_week()]), Rule(frequency=Frequency.DAILY, interval=2)]
    ),
    starts=sampled_from([Date(2026, 11, 1), Date(2026, 11, 24)]),
    time=sampled_from([Time(0), Time(1, 30), Time(9), Time(23, 45)]),
)
hellos = builds(
    hello,
    times=lists(times, min_size=1, max_size=3).map(tuple),
    zone=sampled_from(["Europe/London", "America/St_Johns", "Pacific/Auckland"]),
    unanswered=sampled_from(Unanswered),
    buddy=sampled_from([Buddy(person=BEE, agreed=True)]),
    weeks=sampled_from([2]),
    until=sampled_from([weeks_after(NOW, 2, "Europe/London")]),
    wait=sampled_from([HOUR * 0.5, HOUR * 2, HOUR * 12]),
)
ways = sampled_from(
    [ANY, Ways(quiet=Quiet(starts=Time(22), ends=Time(8))), Ways(quiet=Quiet(starts=Time(0, 30), ends=Time(0)))]
)


def lived(one: Hello, buddy: Ways, until: Instant, looks: Sequence[Instant] = ()) -> list[tuple[Instant, Happening]]:
    """Return what was said when, waking at each due moment and at those of `looks` too."""
    said: list[tuple[Instant, Happening]] = []
    waiting = sorted(looks)
    while (now := min([next_due(one), *waiting[:1]])) <= until:
        waiting = [look for look in waiting if look > now]
        one, happenings = brought_up(one, buddy, now)
        said += [(now, happening) for happening in happenings]
        if is_over(one, now):
            break
    return said


@settings(deadline=None, max_examples=50)
@given(hellos, ways, lists(integers(0, 24 * 60 * 16), max_size=12))
def test_the_same_is_said_however_time_is_split(one: Hello, buddy: Ways, minutes: list[int]) -> None:
    looks = [NOW + TimeDelta(minutes=minute) for minute in minutes]
    until = NOW + HOUR * 24 * 16

    assert lived(one, buddy, until, looks) == lived(one, buddy, until)


@settings(deadline=None, max_examples=50)
@given(hellos)
def test_each_time_is_said_once_at_its_time_and_none_after_the_end(one: Hello) -> None:
    said = [
        (now, happening.at)
        for now, happening in lived(one, ANY, NOW + HOUR * 24 * 60)
        if isinstance(happening, Greeting)
    ]

    assert all(now == at for now, at in said)
    assert [at for _, at in said] == list(one.coming(NOW, one.until))
    assert all(first < then for first, then in pairwise(at for _, at in said))


@settings(deadline=None)
@given(integers(0, 24 * 60 * 5))
def test_what_is_late_by_more_than_an_hour_is_not_said(minutes: int) -> None:
    now = NOW + TimeDelta(minutes=minutes)
    after, said = brought_up(hello(), ANY, now)
    again = brought_up(after, ANY, now)[1]

    assert all(isinstance(one, Greeting) and HOUR.ZERO <= now - one.at <= HOUR for one in said)
    assert bool(said) == any(HOUR.ZERO <= now - at <= HOUR for at in hello().coming(NOW, now))
    assert again == []


def test_nine_on_the_wall_stays_nine_when_the_clocks_change() -> None:
    march = Instant.from_utc(2027, 3, 26)
    one = hello(times=(replace(NINE, starts=Date(2027, 3, 1)),), watermark=march, until=march + HOUR * 24 * 7)

    walls = [at.to_tz("Europe/London").time() for at in one.coming(march, one.until)]

    assert walls == [Time(9)] * 7
    assert {at.to_stdlib().hour for at in one.coming(march, one.until)} == {8, 9}


def test_a_time_that_is_jumped_over_comes_later_and_one_that_happens_twice_is_said_once() -> None:
    half_past_one = Times(recurrence=EVERY_DAY, starts=Date(2026, 1, 1), time=Time(1, 30))
    spring = [
        *half_past_one.moments("Europe/London", Instant.from_utc(2027, 3, 27, 12), Instant.from_utc(2027, 3, 28, 12))
    ]
    autumn = [
        *half_past_one.moments("Europe/London", Instant.from_utc(2026, 10, 24, 12), Instant.from_utc(2026, 10, 25, 12))
    ]

    assert spring == [Instant.from_utc(2027, 3, 28, 1, 30)]
    assert autumn == [Instant.from_utc(2026, 10, 25, 0, 30)]


def test_without_an_answer_the_buddy_hears_it_once_after_the_time_that_was_chosen() -> None:
    said = lived(TOLD, ANY, NOW + HOUR * 24)
    nine = Instant.from_utc(2026, 11, 23, 9)

    assert said == [
        (nine, Greeting(at=nine)),
        (nine + HOUR * 2, NoAnswer(asked_at=nine, until=nine + HOUR * 15)),
    ]


def test_nothing_is_open_when_nothing_is_to_happen() -> None:
    after, _ = brought_up(hello(), ANY, Instant.from_utc(2026, 11, 23, 9))

    assert after.questions == ()


def test_after_an_answer_nothing_more_is_said() -> None:
    nine = Instant.from_utc(2026, 11, 23, 9)
    after, _ = brought_up(TOLD, ANY, nine)

    assert len(after.questions) == 1
    assert lived(after.answered(), ANY, nine + HOUR * 20) == []


def test_quiet_hours_of_the_buddy_put_it_off_to_their_end_if_that_is_within_twelve_hours() -> None:
    soon = Ways(quiet=Quiet(starts=Time(10), ends=Time(20)))
    late = Ways(quiet=Quiet(starts=Time(10), ends=Time(0)))
    nine = Instant.from_utc(2026, 11, 23, 9)

    assert [now for now, one in lived(TOLD, soon, nine + HOUR * 20) if isinstance(one, NoAnswer)] == [nine + HOUR * 11]
    assert [now for now, one in lived(TOLD, late, nine + HOUR * 20) if isinstance(one, NoAnswer)] == []


def test_a_pause_of_the_buddy_is_as_quiet_hours_and_one_without_end_means_never() -> None:
    nine = Instant.from_utc(2026, 11, 23, 9)
    ends = Ways(pause=Pause(until=nine + HOUR * 5))

    assert [now for now, one in lived(TOLD, ends, nine + HOUR * 20) if isinstance(one, NoAnswer)] == [nine + HOUR * 5]
    assert [now for now, one in lived(TOLD, Ways(pause=Pause()), nine + HOUR * 20) if isinstance(one, NoAnswer)] == []


def test_an_unanswered_hello_is_not_told_late_when_nobody_was_awake() -> None:
    nine = Instant.from_utc(2026, 11, 23, 9)
    after, _ = brought_up(TOLD, ANY, nine)

    assert brought_up(after, ANY, nine + HOUR * 3)[1] != []
    left, said = brought_up(after, ANY, nine + HOUR * 3 + MINUTE)
    assert said == []
    assert left.questions == ()


def test_nothing_starts_before_the_buddy_has_said_yes_and_its_weeks_begin_then() -> None:
    asked = replace(TOLD, buddy=Buddy(person=BEE))
    begun = asked.agreed_by(NOW + HOUR * 48)

    assert lived(asked, ANY, NOW + HOUR * 24 * 40) == []
    assert begun.until == weeks_after(NOW + HOUR * 48, 4, "Europe/London")
    assert brought_up(begun, ANY, NOW + HOUR * 48)[1] == []


def test_it_says_once_that_it_ends_in_a_week_and_renewed_it_goes_on() -> None:
    one = hello()
    said = [(now, each) for now, each in lived(one, ANY, NOW + HOUR * 24 * 60) if isinstance(each, EndsSoon)]
    renewed = one.renewed(one.until - A_WEEK)

    assert said == [(one.until - A_WEEK, EndsSoon(until=one.until))]
    assert renewed.until == one.until + A_WEEK * 3.0
    assert renewed.renewed(one.until - A_WEEK) == renewed
    assert is_over(one, one.until)


def test_what_is_paused_says_nothing_and_goes_on_from_where_it_is_resumed() -> None:
    paused = TOLD.pausing()
    later = NOW + HOUR * 24 * 3
    greeted, _ = brought_up(TOLD, ANY, Instant.from_utc(2026, 11, 23, 9))

    assert [one for _, one in lived(paused, ANY, later)] == []
    assert lived(greeted.pausing(), ANY, later) == []
    assert lived(greeted.unbuddied(), ANY, later) == []
    assert brought_up(paused.resuming(later), ANY, later)[1] == []
    assert next_due(paused.resuming(later)) == Instant.from_utc(2026, 11, 26, 9)
