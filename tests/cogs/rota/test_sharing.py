"""`rota suggest`: what is answered at once, who is asked what in private, and what whoever asked hears in the end."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta

from bot.domain.ids import PersonId, PlaceId
from bot.domain.people import Pause, Wish
from bot.domain.quiet import Quiet
from bot.domain.rota.rota import Shift, ShiftId
from bot.domain.rota.sharing import MOST_EACH
from bot.domain.rota.stretch import NO_TIME, Stretch
from bot.domain.saying import Undo
from bot.ports.solving import NotInstalledError, TooLongError, UnsolvedError
from tests.cogs.rota.desk import ASH, BEE, CAT, OAK, SUNDAY, Desk
from tests.fakes.solving import FakeSolver

MINUTE, HOUR = TimeDelta(minutes=1), TimeDelta(hours=1)
DAY = HOUR * 24
DEE, EVE = (PersonId.of("local", name) for name in ("dee", "eve"))
WILLING = Wish(gaps=True)
# Nothing of it is within the seven days in which gaps are asked about anyway.
TEA = "rota new Tea, every tuesday 19:00 from 1 december"
ONE = "rota new Tea, 1 december 19:00"
TWO = "rota new Tea, every tuesday 19:00 from 1 december until 8 december"
BEGUN = (
    "It is being worked out. You hear here when it is done.\n"
    "Nobody is put on anything. Those who may be asked are asked in private, in their own hours, "
    "and are on a shift only if they say yes."
)
NOT_NOW = (
    "Nobody can be asked just now. Those who may be were asked within the last day, are in a pause, "
    "or what is open does not fit for them. It can be tried again tomorrow."
)
FAILED = "It did not work out this time, and nobody was asked. It can be tried again."


async def desk_with(*people: PersonId, wish: Wish = WILLING, rota: str = TEA, solver: FakeSolver | None = None) -> Desk:
    """Return a desk with a rota, at which these may be asked."""
    desk = Desk(solver=solver or FakeSolver())
    await desk.ask(ASH, rota)
    for person in people:
        await desk.people.keep(OAK, person, wish)
    desk.said.clear()
    desk.offered.clear()
    return desk


async def suggested(
    desk: Desk, typed: str = "rota suggest", length: TimeDelta = MINUTE
) -> dict[PersonId | PlaceId, list[str]]:
    """Return what each was told of it within that time."""
    assert await desk.ask(ASH, typed) == BEGUN
    return by_person(await desk.pass_time(length))


def offered_to(desk: Desk, person: PersonId) -> list[str]:
    """Return what somebody could choose, as it is typed."""
    return [choice.typed for _, message in desk.sent if message.to == person for choice in message.say.choices]


def by_person(said: Sequence[tuple[PersonId | PlaceId, str]]) -> dict[PersonId | PlaceId, list[str]]:
    found: dict[PersonId | PlaceId, list[str]] = {}
    for who, text in said:
        found.setdefault(who, []).append(text)
    return found


async def test_it_is_worked_out_and_each_is_asked_in_private_once_with_a_choice_for_each_shift() -> None:
    desk = await desk_with(BEE, CAT)

    told = await suggested(desk, "rota suggest 4 weeks")

    ask = (
        "Some shifts on “Tea” are open, and you could take any of them. You are on none unless you say yes to it.\n"
        "If not, there is nothing to do, and you are not asked for these again."
    )
    done = (
        "3 places have been offered, in private. Each is taken only with that person’s yes.\nNo other place is needed."
    )
    assert told.pop(ASH) == [done]
    assert set(told) <= {BEE, CAT}
    assert ask in [text for texts in told.values() for text in texts]
    assert sorted(desk.offered) == [f"rota join 1 2026-12-{day}" for day in ("01", "08", "15")]
    assert all(sheet.roster.people == () for sheet in desk.shelf.rotas.values())


async def test_a_yes_is_one_choice_and_can_be_taken_back_and_one_that_came_too_late_is_refused_plainly() -> None:
    desk = await desk_with(BEE, rota=ONE)
    await suggested(desk)

    [typed] = desk.offered
    [choice] = [choice for _, message in desk.sent for choice in message.say.choices if choice.typed == typed]
    joined = await desk.ask(BEE, typed)
    assert choice.undo == Undo(command="rota leave", options={"rota": "1", "date": "2026-12-01"})
    left = await desk.ask(BEE, "rota leave 1 2026-12-01")
    await desk.ask(CAT, typed)
    late = await desk.ask(BEE, typed)

    assert joined.startswith("You are on “Tea”, Tuesday 1 December, 19:00.")
    assert left.startswith("You are off")
    assert late == "The shift Tuesday 1 December, 19:00 is full. “rota show” shows what is open."


async def test_one_shift_alone_and_shifts_of_several_rotas_are_said_so() -> None:
    desk = await desk_with(BEE, rota=ONE)
    alone = await suggested(desk)
    await desk.pass_time(DAY * 2)
    await desk.ask(ASH, "rota new Walk, every saturday 10:00 from 5 december until 12 december")
    await desk.ask(ASH, "rota new Soup, 6 december 10:00")
    several = await suggested(desk)

    assert alone[BEE] == [
        (
            "A shift on “Tea” is open, and you could take it. You are on it only if you say yes.\n"
            "If not, there is nothing to do, and you are not asked for it again."
        ),
    ]
    assert several[BEE] == [
        (
            "Some shifts are open, and you could take any of them. You are on none unless you say yes to it.\n"
            "“Walk”, Saturday 5 December, 10:00\n“Soup”, Sunday 6 December, 10:00\n"
            "“Walk”, Saturday 12 December, 10:00\n"
            "If not, there is nothing to do, and you are not asked for these again."
        ),
    ]


async def test_one_rota_can_be_meant_and_others_are_left_as_they_are() -> None:
    desk = await desk_with(BEE)
    await desk.ask(ASH, "rota new Walk, 5 december 10:00")
    await suggested(desk, "rota suggest 8 weeks, walk")

    assert offered_to(desk, BEE) == ["rota join 2 2026-12-05"]


async def test_only_gaps_of_a_shift_that_is_taken_in_part_are_offered() -> None:
    desk = await desk_with(BEE, rota="rota new Tea, 1 december 19:00, 2 hours")
    await desk.ask(CAT, "rota join 1 december, part: until 20:00")
    await suggested(desk)

    assert desk.offered == ["rota join 1, 2026-12-01, from 20:00"]
    assert (await desk.ask(BEE, desk.offered[0])).startswith("You are on “Tea”, Tuesday 1 December, 20:00 to 21:00.")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("rota suggest 13 weeks", "I can look 12 weeks ahead at most. Such as: “rota suggest 4 weeks”."),
        ("rota suggest soup", "I know no such rota here. There is: 1. Tea."),
        (
            "rota suggest 1 week",
            "No place is open in the next week that could be offered. “rota show” shows who is on.",
        ),
        (
            "rota suggest",
            (
                "Nobody here has said that they may be asked, so nobody was. "
                "Whoever would like to be asked types “me ask yes”."
            ),
        ),
    ],
)
async def test_where_nothing_can_come_of_it_that_is_said_at_once(typed: str, answer: str) -> None:
    desk = await desk_with()

    assert await desk.ask(ASH, typed) == answer
    assert (desk.outbox.waiting, desk.solver.asked if isinstance(desk.solver, FakeSolver) else None) == ({}, [])


async def test_without_a_rota_that_is_said() -> None:
    assert await Desk().ask(ASH, "rota suggest") == "There is no rota here yet. To start one, type “rota new”."


async def test_without_a_solver_it_is_said_at_once_what_whoever_runs_the_bot_can_add() -> None:
    desk = await desk_with(BEE, solver=FakeSolver(is_here=False))

    assert await desk.ask(ASH, "rota suggest") == (
        "This bot cannot work out suggestions as it is. Whoever runs it can add what is missing: alongside[suggest]."
    )
    assert not [due for due in desk.diary.dues.values() if due.kind == "rota-suggest"]


@pytest.mark.parametrize(
    ("error", "typed", "answer"),
    [
        (NotInstalledError(), "rota suggest", "This bot cannot work out suggestions as it is."),
        (
            TooLongError(),
            "rota suggest 8 weeks",
            "That was too much to work out, and nobody was asked. Less may work: “rota suggest 4 weeks”",
        ),
        (
            TooLongError(),
            "rota suggest 3 weeks",
            "That was too much to work out, and nobody was asked. Less may work: “rota suggest 1 week”",
        ),
        (TooLongError(), "rota suggest 2 weeks, tea", "That was too much"),
        (UnsolvedError(), "rota suggest", FAILED),
    ],
)
async def test_what_the_solver_could_not_do_is_told_to_whoever_asked_and_to_nobody_else(
    error: UnsolvedError, typed: str, answer: str
) -> None:
    desk = await desk_with(BEE, solver=FakeSolver(breaks=error))

    told = await suggested(desk, typed, DAY)

    assert list(told) == [ASH]
    [text] = told[ASH]
    assert text.startswith(answer)
    assert not [due for due in desk.diary.dues.values() if due.kind == "rota-suggest"]
    assert desk.asks.last == {}


async def test_too_much_for_one_week_means_one_rota_alone() -> None:
    desk = await desk_with(BEE, rota="rota new Tea, 27 november 19:00", solver=FakeSolver(breaks=TooLongError()))
    told = await suggested(desk, "rota suggest a week")

    assert told[ASH] == [
        (
            "That was too much to work out, and nobody was asked. "
            "One rota alone may work: “rota suggest 1 week” with its name."
        ),
    ]


class BrokenError(Exception):
    """What nobody expects."""


async def test_what_breaks_every_time_is_given_up_after_some_tries_and_told_within_the_hour() -> None:
    async def breaks() -> None:
        raise BrokenError

    solver = FakeSolver(meanwhile=breaks)
    desk = await desk_with(BEE, solver=solver)
    await desk.ask(ASH, "rota suggest")
    began = desk.now
    for _ in range(3):
        with pytest.raises(BrokenError):
            await desk.pass_time(TimeDelta(minutes=6))
    told = by_person(await desk.pass_time(TimeDelta(minutes=6)))

    assert (told, len(solver.asked)) == ({ASH: [FAILED]}, 3)
    assert desk.now <= began + HOUR
    assert not [due for due in desk.diary.dues.values() if due.kind == "rota-suggest"]


async def test_while_one_is_worked_out_another_is_not_begun_and_the_same_people_are_not_asked_again_that_day() -> None:
    desk = await desk_with(BEE)
    answers = [await desk.ask(ASH, "rota suggest"), await desk.ask(BEE, "rota suggest 2 weeks")]
    told = by_person(await desk.pass_time(MINUTE))
    answers.append(await desk.ask(BEE, "rota suggest"))
    later = by_person(await desk.pass_time(DAY))

    running = "It is being worked out for this group already. Those who may be asked hear in private."
    assert answers == [BEGUN, running, NOT_NOW]
    assert set(told) == {ASH, BEE}
    assert BEE not in later


async def test_what_somebody_was_asked_for_is_not_offered_to_them_again_and_to_others_it_may_be() -> None:
    desk = await desk_with(BEE, rota=TWO)
    await suggested(desk)
    await desk.pass_time(DAY)
    again = await suggested(desk)
    await desk.people.keep(OAK, CAT, WILLING)
    first, *_ = desk.offered
    desk.offered.clear()
    other = await suggested(desk)

    assert first == "rota join 1 2026-12-01"
    assert again == {ASH: [NOT_NOW]}
    assert CAT in other
    assert BEE not in other


async def test_whoever_left_a_shift_is_away_then_or_waits_for_it_is_not_offered_it() -> None:
    desk = await desk_with(BEE, CAT, rota=TWO)
    await desk.ask(BEE, "rota join every week")
    await desk.ask(BEE, "rota leave 1 december")
    await desk.ask(CAT, "rota join 1 december")
    await desk.ask(BEE, "rota away 8 december to 9 december")
    await desk.ask(CAT, "rota leave 1 december")
    await desk.people.keep(OAK, CAT, Wish(gaps=True, pause=Pause()))
    answer = await desk.ask(ASH, "rota suggest")
    told = by_person(await desk.pass_time(MINUTE))

    assert (answer, told) == (BEGUN, {ASH: [NOT_NOW]})


async def test_who_let_another_have_a_shift_is_not_offered_it_again() -> None:
    desk = await desk_with(BEE, rota=TWO)
    await desk.ask(BEE, "rota join every week")
    await desk.ask(BEE, "rota offer 1 december, to: anyone")
    [take] = [choice.typed for _, one in desk.sent for choice in one.say.choices if choice.command == "rota take"]
    await desk.ask(CAT, take)
    await desk.ask(CAT, "rota leave 1 december")
    told = await suggested(desk)

    assert told == {ASH: [NOT_NOW]}


@pytest.mark.parametrize("pause", [Pause(), Pause(until=SUNDAY + HOUR)])
async def test_whoever_is_in_a_pause_is_left_out_also_when_it_ends_soon(pause: Pause) -> None:
    desk = await desk_with(BEE, wish=Wish(gaps=True, pause=pause))

    assert await desk.ask(ASH, "rota suggest") == NOT_NOW


async def test_a_shift_with_a_reserve_list_is_left_to_those_on_it() -> None:
    desk = await desk_with(BEE, rota=ONE)
    await desk.ask(CAT, "rota join 1 december")
    await desk.ask(DEE, "rota reserve 1 december")
    await desk.ask(CAT, "rota leave 1 december")

    assert (await desk.ask(ASH, "rota suggest")).startswith("No place is open in the next 4 weeks")


async def test_nobody_is_offered_more_than_two_short_lists_and_whoever_asked_hears_that() -> None:
    desk = await desk_with(BEE, rota="rota new Tea, daily 19:00 from 1 december")
    told = await suggested(desk, "rota suggest 3 weeks")

    assert [len(message.say.choices) for _, message in desk.sent if message.to == BEE] == [5, 5]
    assert desk.offered == [f"rota join 1 2026-12-{day:02}" for day in range(1, MOST_EACH + 1)]
    assert told[ASH] == [
        (
            "10 places have been offered, in private. Each is taken only with that person’s yes.\n"
            "2 more are needed, and stay open for now.\nNobody is offered more than 10 at once."
        ),
    ]


async def test_in_quiet_hours_they_hear_when_those_end_and_then_of_what_is_open_still() -> None:
    quiet = Wish(gaps=True, quiet=Quiet(starts=Time(11), ends=Time(15)))
    desk = await desk_with(BEE, wish=quiet, rota=TWO)
    meanwhile = await suggested(desk, length=HOUR * 2)
    await desk.ask(CAT, "rota join 1 december")
    said = await desk.pass_time(HOUR)

    assert list(meanwhile) == [ASH]
    assert [who for who, _ in said] == [BEE]
    assert desk.offered == ["rota join 1 2026-12-08"]
    [asks] = desk.asks.asks.values()
    assert {(each.person, each.shift) for each in asks.asked} == {(BEE, ShiftId(date=Date(2026, 12, 8)))}


@pytest.mark.parametrize(
    "wish",
    [
        Wish(gaps=True, pause=Pause()),
        Wish(),
        Wish(gaps=True, quiet=Quiet(starts=Time(14), ends=Time(16))),
        Wish(gaps=True, weekly=1),
    ],
    ids=["pause", "no", "quiet", "limit"],
)
async def test_what_they_say_meanwhile_holds_for_what_was_not_said_to_them_yet(wish: Wish) -> None:
    quiet = Wish(gaps=True, quiet=Quiet(starts=Time(11), ends=Time(15)))
    desk = await desk_with(BEE, wish=quiet, rota=ONE)
    await desk.ask(ASH, "rota new Walk, 2 december 9:00")
    await suggested(desk, "rota suggest 4 weeks, tea", length=HOUR * 2)
    await desk.ask(BEE, "rota join 2, 2 december")
    async with desk.feature.changing(OAK, BEE, desk.now):
        await desk.people.keep(OAK, BEE, wish)

    assert by_person(await desk.pass_time(DAY)).get(BEE) is None
    assert all(each.asked == frozenset() for each in desk.asks.asks.values())


@pytest.mark.parametrize("typed", ["rota join 1, 1 december", "rota end 1", "rota change 1, 2 december 19:00"])
async def test_what_changes_while_it_is_worked_out_is_offered_to_nobody(typed: str) -> None:
    solver = FakeSolver()
    desk = await desk_with(BEE, rota=ONE, solver=solver)
    solver.meanwhile = lambda: desk.ask(CAT, typed)

    told = await suggested(desk)

    assert desk.asked == 3
    assert told[ASH] == [NOT_NOW]
    assert BEE not in told


async def test_it_is_done_once_also_when_it_was_taken_for_lost_and_leaves_alone_what_was_begun_since() -> None:
    solver = FakeSolver()
    desk = await desk_with(BEE, solver=solver)
    [labour] = desk.feature.labours.values()

    async def again() -> None:
        solver.meanwhile = None
        [due] = [due for due in desk.diary.dues.values() if due.kind == "rota-suggest"]
        await labour(due, desk.now)
        await desk.people.keep(OAK, CAT, WILLING)
        assert await desk.ask(DEE, "rota suggest 8 weeks") == BEGUN

    solver.meanwhile = again
    told = await suggested(desk)

    assert len(solver.asked) == 3
    assert {who: len(texts) for who, texts in told.items()} == {ASH: 1, BEE: 1, CAT: 1, DEE: 1}


async def test_who_had_more_lately_or_has_more_to_come_begins_with_that_many() -> None:
    solver = FakeSolver()
    desk = await desk_with(BEE, CAT, rota="rota new Soup, every monday 19:00", solver=solver)
    await desk.ask(BEE, "rota join every week")
    await desk.pass_time(DAY * 14)
    await desk.ask(ASH, "rota new Tea, every thursday 19:00 from 17 december, 1 to 2 people")
    await desk.ask(ASH, "rota suggest 3 weeks, tea")
    told = by_person(await desk.pass_time(MINUTE))
    [problem] = solver.asked

    # Two that were and three to come, of those that it looks ahead and as far back.
    assert {who.person: who.load for who in problem.people} == {BEE: 5, CAT: 0}
    assert [(opening.wanted, opening.short) for opening in problem.openings] == [(2, 1)] * 2
    assert told[ASH] == [
        "4 places have been offered, in private. Each is taken only with that person’s yes.\nNo other place is needed."
    ]


async def test_where_whoever_asked_was_told_that_it_did_not_work_out_nobody_is_asked_any_more() -> None:
    solver = FakeSolver()
    desk = await desk_with(BEE, solver=solver)
    await desk.ask(ASH, "rota suggest")
    desk.now += HOUR * 2
    desk._send()  # noqa: SLF001  As a pump that comes first.
    told = by_person(await desk.pass_time(DAY))

    assert desk.said[0] == (ASH, FAILED)
    assert told == {}


ROTAS = (
    "rota new Tea, every tuesday and thursday 19:00 from 1 december, 2 hours",
    "rota new Walk, every saturday 10:00 from 5 december, 3 hours, 2 people",
    "rota new Night, daily 22:00 from 1 december, 10 hours, 1 to 2 people",
)
PEOPLE = (ASH, BEE, CAT, DEE, EVE)
DEEDS = (
    "rota join 1, 3 december",
    "rota join 1 every week",
    "rota leave 1, 8 december",
    "rota away 3 december to 9 december",
)
quiets = st.sampled_from([None, Quiet(starts=Time(22), ends=Time(8)), Quiet(starts=Time(9), ends=Time(17))])
wishes = st.builds(
    Wish,
    gaps=st.sampled_from([True, True, True, None]),
    quiet=quiets,
    weekly=st.sampled_from([None, 1, 2]),
    rest=st.sampled_from([None, HOUR * 12, DAY * 3]),
    pause=st.sampled_from([None, None, None, Pause(), Pause(until=SUNDAY + HOUR * 3)]),
    zone=st.sampled_from([None, "Asia/Kolkata", "Pacific/Auckland"]),
)
deeds = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(DEEDS)), max_size=6)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What somebody was offered, and when."""

    person: PersonId
    at: Instant
    shifts: tuple[Shift, ...]


def told_in(desk: Desk, since: int) -> list[Told]:
    """Return each offer of a suggestion that was sent."""
    rotas = {str(one.rota.number): one.rota for one in desk.shelf.rotas.values()}
    found = []
    for at, message in desk.sent[since:]:
        if isinstance(message.to, PersonId) and message.say.lines[0].id.startswith("rota-suggested"):
            ids = [(rotas[choice.options["rota"]], choice.options["date"]) for choice in message.say.choices]
            shifts = tuple(shift for rota, date in ids if (shift := rota.shift(ShiftId.of(date))))
            assert len(shifts) == len(message.say.choices)
            found.append(Told(person=message.to, at=at, shifts=shifts))
    return found


@settings(max_examples=25, deadline=None)
@given(
    wishes=st.lists(wishes, min_size=len(PEOPLE), max_size=len(PEOPLE)),
    rotas=st.lists(st.sampled_from(ROTAS), min_size=1, max_size=3, unique=True),
    done=deeds,
    meanwhile=deeds,
)
def test_nobody_is_on_anything_by_it_and_no_offer_is_beyond_what_somebody_said(
    wishes: list[Wish], rotas: list[str], done: list[tuple[PersonId, str]], meanwhile: list[tuple[PersonId, str]]
) -> None:
    asyncio.run(_no_offer_is_beyond(dict(zip(PEOPLE, wishes, strict=True)), rotas, done, meanwhile))


async def _no_offer_is_beyond(
    wishes: dict[PersonId, Wish],
    rotas: list[str],
    done: list[tuple[PersonId, str]],
    meanwhile: list[tuple[PersonId, str]],
) -> None:
    solver = FakeSolver()
    desk = Desk(solver=solver)
    for rota in rotas:
        await desk.ask(ASH, rota)
    for who, typed in done:
        await desk.ask(who, typed)

    async def other_deeds() -> None:
        for who, typed in meanwhile:
            await desk.ask(who, typed)

    solver.meanwhile = other_deeds
    for person, wish in wishes.items():
        await desk.people.keep(OAK, person, wish)
    await desk.ask(ASH, "rota suggest")
    await desk.pass_time(TimeDelta.ZERO)
    before, since = dict(desk.shelf.rotas), len(desk.sent)
    await desk.pass_time(DAY)

    assert {key: one.roster.people for key, one in desk.shelf.rotas.items()} == {
        key: one.roster.people for key, one in before.items()
    }
    told = told_in(desk, since)
    assert max(Counter(one.person for one in told).values(), default=0) <= 2
    for person in {one.person for one in told}:
        await _is_within(desk, person, [one for one in told if one.person == person])


async def _is_within(desk: Desk, person: PersonId, told: Sequence[Told]) -> None:
    """Hold what somebody was offered against what they said, with what they are on; shift by shift."""
    ways = await desk.people.ways(OAK, person)
    assert ways.gaps
    for one in told:
        assert ways.pause is None or not ways.pause.holds(one.at)
        assert ways.quiet is None or not ways.quiet.inside(one.at, ways.zone)
    offered = [shift for one in told for shift in one.shifts]
    sheets = desk.shelf.rotas.values()
    on = [
        shift for sheet in sheets for shift in sheet.rota.coming(SUNDAY, SUNDAY + DAY * 70) if person in sheet.on(shift)
    ]
    every = [Stretch(begins=shift.begins, ends=shift.ends) for shift in (*on, *offered)]
    assert set(offered).isdisjoint(on)
    for place, stretch in enumerate(every[len(on) :], len(on)):
        others = [*every[:place], *every[place + 1 :]]
        assert not any(stretch.meets(other, ways.rest or NO_TIME) for other in others)
        week = stretch.week(ways.zone)
        assert ways.weekly is None or sum(each.week(ways.zone) == week for each in every) <= ways.weekly
    for shift in offered:
        assert not any(
            no.person == person and no.first <= shift.date <= no.last for sheet in sheets for no in sheet.roster.absent
        )
