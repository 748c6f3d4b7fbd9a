"""Handing shifts over: a random life of a group never books anybody twice, loses a part, or puts anybody on."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from whenever import Date, Instant, Time, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.rota.covering import Covering, settled
from bot.domain.rota.covers import Offer
from bot.domain.rota.parts import WHOLE, Part, holds
from bot.domain.rota.roster import Roster, Standing
from bot.domain.rota.rota import Shift, ShiftId
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.signing import Signing
from bot.domain.saying import Refused
from tests.domain.rota.examples import ASH, BEE, CAT, DAILY, NOW, STARTS, THURSDAY, TUESDAY, rota, sheet, shift_of

DAN = PersonId.of("local", "dan")
PEOPLE = (ASH, BEE, CAT, DAN)
FIRST_HALF, SECOND_HALF = Part(starts=0, ends=30), Part(starts=30)


def covering(person: PersonId, on: Sheet, now: Instant = NOW, others: tuple[Sheet, ...] = ()) -> Covering:
    return Covering(signing=Signing(sheet=on, person=person, zone="Europe/London", now=now, others=others))


def joined(person: PersonId, date: Date, on: Sheet, part: Part = WHOLE) -> Sheet:
    return on.with_roster(covering(person, on).signing.join_once(shift_of(on, date), part))


def offered(on: Sheet, person: PersonId, *dates: Date, **changes: Any) -> Sheet:  # noqa: ANN401  Any field of an offer.
    offer = Offer(code="c", person=person, shifts=tuple(ShiftId(date=date) for date in dates))
    return on.with_roster(covering(person, on).offer(replace(offer, **changes)))


def taken(on: Sheet, person: PersonId, part: Part = WHOLE, only: ShiftId | None = None) -> Sheet:
    return on.with_roster(covering(person, on).take("c", part, only))


def who(on: Sheet, date: Date) -> list[tuple[PersonId, int, int | None]]:
    return [(stint.person, stint.part.starts, stint.part.ends) for stint in on.stints(shift_of(on, date))]


def refusal(action: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        action()
    return refused.value.say.lines[0].id


def test_whoever_offers_a_shift_stays_on_it_until_somebody_says_yes() -> None:
    on = offered(joined(ASH, TUESDAY, sheet()), ASH, TUESDAY)

    after = taken(on, BEE)

    assert (who(on, TUESDAY), who(after, TUESDAY)) == ([(ASH, 0, None)], [(BEE, 0, None)])
    assert after.roster.offers == frozenset()


def test_a_part_that_is_taken_leaves_the_rest_with_whoever_offered_it_and_still_on_offer() -> None:
    on = offered(joined(ASH, TUESDAY, sheet()), ASH, TUESDAY)

    half = taken(on, BEE, SECOND_HALF)

    assert who(half, TUESDAY) == [(ASH, 0, 30), (BEE, 30, None)]
    assert who(taken(half, CAT), TUESDAY) == [(BEE, 30, None), (CAT, 0, 30)]


def test_what_was_taken_can_be_offered_again_and_given_back() -> None:
    covered = taken(offered(joined(ASH, TUESDAY, sheet()), ASH, TUESDAY), BEE)

    again = taken(offered(covered, BEE, TUESDAY), CAT)
    back = taken(offered(covered, BEE, TUESDAY, to=ASH), ASH)

    assert (who(again, TUESDAY), who(back, TUESDAY)) == ([(CAT, 0, None)], [(ASH, 0, None)])


def test_an_offer_to_one_person_is_for_nobody_else() -> None:
    on = offered(joined(ASH, TUESDAY, sheet()), ASH, TUESDAY, to=BEE)

    assert refusal(lambda: taken(on, CAT)) == "rota-offer-gone"
    assert who(taken(on, BEE), TUESDAY) == [(BEE, 0, None)]


def test_a_shift_can_be_taken_over_in_the_middle_and_what_is_past_stays_as_it_was() -> None:
    on = offered(joined(ASH, TUESDAY, sheet()), ASH, TUESDAY)
    middle = shift_of(on, TUESDAY).begins + TimeDelta(minutes=20)

    after = on.with_roster(covering(BEE, on, middle).take("c"))

    assert who(after, TUESDAY) == [(ASH, 0, 20), (BEE, 20, None)]


def test_two_people_swap_when_both_said_yes() -> None:
    on = joined(BEE, THURSDAY, joined(ASH, TUESDAY, sheet()))
    asked = offered(on, ASH, TUESDAY, to=BEE, back=ShiftId(date=THURSDAY))

    after = taken(asked, BEE)

    assert (who(asked, TUESDAY), who(asked, THURSDAY)) == ([(ASH, 0, None)], [(BEE, 0, None)])
    assert (who(after, TUESDAY), who(after, THURSDAY)) == ([(BEE, 0, None)], [(ASH, 0, None)])


def test_a_swap_goes_with_the_shift_that_was_to_be_given_for_it() -> None:
    on = joined(BEE, THURSDAY, joined(ASH, TUESDAY, sheet()))
    asked = offered(on, ASH, TUESDAY, to=BEE, back=ShiftId(date=THURSDAY))

    left = asked.with_roster(covering(BEE, asked).signing.leave_once(shift_of(asked, THURSDAY)))

    assert refusal(lambda: taken(left, BEE)) == "rota-offer-gone"
    assert settled(left, NOW).offers == frozenset()
    assert refusal(lambda: offered(on, ASH, TUESDAY, to=CAT, back=ShiftId(date=THURSDAY))) == "rota-swap-not-theirs"


def test_a_standing_place_is_given_for_some_weeks_whole_or_one_by_one() -> None:
    place = Standing(person=ASH, day=TUESDAY.day_of_week(), since=STARTS)
    dates = [TUESDAY.add(weeks=weeks) for weeks in range(3)]
    on = offered(sheet(Roster(standing=frozenset({place}))), ASH, *dates)

    whole, one = taken(on, BEE), taken(on, BEE, only=ShiftId(date=dates[1]))

    assert [who(whole, date)[0][0] for date in (*dates, TUESDAY.add(weeks=3))] == [BEE, BEE, BEE, ASH]
    assert [who(one, date)[0][0] for date in dates] == [ASH, BEE, ASH]
    assert [offer.shifts for offer in one.roster.offers] == [(ShiftId(date=dates[0]), ShiftId(date=dates[2]))]


def test_nobody_takes_a_shift_at_a_time_they_have_another_in_this_rota_or_in_one_beside_it() -> None:
    later = replace(DAILY, number=2, time=Time(19, 30), ends=Time(20, 30))
    on = offered(joined(ASH, TUESDAY, Sheet(rota=rota(DAILY, later), roster=Roster())), ASH, TUESDAY)
    beside = on.with_roster(covering(BEE, on).signing.join_once(shift_of(on, TUESDAY, 2)))
    other = Sheet(rota=rota(replace(DAILY, time=Time(20, 59), ends=Time(22)), id="r2"), roster=Roster())
    busy = other.with_roster(covering(BEE, other).signing.join_once(shift_of(other, TUESDAY)))

    assert refusal(lambda: taken(beside, BEE)) == "rota-busy-then"
    assert refusal(lambda: covering(BEE, on, others=(busy,)).take("c")) == "rota-busy-then"
    assert who(on.with_roster(covering(BEE, on, others=(other,)).take("c")), TUESDAY) == [(BEE, 0, None)]


def test_nobody_swaps_into_a_time_they_have_already() -> None:
    later = replace(DAILY, number=2, time=Time(20, 30), ends=Time(21, 30))
    on = Sheet(rota=rota(DAILY, later), roster=Roster())
    on = on.with_roster(covering(ASH, on).signing.join_once(shift_of(on, TUESDAY)))
    on = on.with_roster(covering(BEE, on).signing.join_once(shift_of(on, THURSDAY)))
    on = on.with_roster(covering(ASH, on).signing.join_once(shift_of(on, THURSDAY, 2)))
    asked = offered(on, ASH, TUESDAY, to=BEE, back=ShiftId(date=THURSDAY))

    assert refusal(lambda: taken(asked, BEE)) == "rota-swap-they-are-busy"


def test_an_offer_that_is_withdrawn_or_of_which_nothing_is_left_is_gone() -> None:
    on = offered(joined(ASH, TUESDAY, sheet()), ASH, TUESDAY)

    back = on.with_roster(covering(ASH, on).withdraw("c"))
    left = on.with_roster(settled(on.with_roster(on.roster.without_part(ASH, shift_of(on, TUESDAY))), NOW))

    assert (refusal(lambda: taken(back, BEE)), refusal(lambda: taken(left, BEE))) == (
        "rota-offer-gone",
        "rota-offer-gone",
    )
    assert refusal(lambda: covering(BEE, on).withdraw("c")) == "rota-offer-gone"
    assert who(back, TUESDAY) == [(ASH, 0, None)]


@dataclass
class Life:
    """A group with two rotas, the first of two lines, and the yeses of its people in the plainest way: by quarters.

    `quarters` holds who is on each quarter of an hour of each shift: written down from what people did alone.
    """

    luck: random.Random
    now: Instant = NOW
    sheets: list[Sheet] = field(default_factory=list)
    quarters: dict[tuple[str, ShiftId, int], set[PersonId]] = field(default_factory=dict)
    standing: set[tuple[str, Standing]] = field(default_factory=set)
    done: int = 0

    def __post_init__(self) -> None:
        later = replace(DAILY, number=2, time=Time(20, 30), ends=Time(21, 30))
        night = replace(DAILY, time=Time(20, 45), ends=Time(22, 45), most=1)
        first = rota(replace(DAILY, most=2), later, opens=TimeDelta(hours=24 * 7))
        self.sheets = [Sheet(rota=first, roster=Roster()), Sheet(rota=rota(night, id="r2"), roster=Roster())]

    def step(self) -> None:
        """Let somebody do something."""
        if self.luck.random() < 0.08:
            self.now += TimeDelta(minutes=15 * self.luck.randint(1, 40))
        which = self.luck.randrange(2)
        on, person = self.sheets[which], self.luck.choice(PEOPLE)
        cover = covering(person, on, self.now, tuple(self.sheets[:which] + self.sheets[which + 1 :]))
        shift = self.luck.choice(list(on.rota.coming(self.now, self.now + TimeDelta(hours=24 * 5))))
        deed = self.luck.choice(
            (self.join, self.join, self.leave, self.offer, self.take, self.take, self.swap, self.stand)
        )
        try:
            self.sheets[which] = on.with_roster(deed(cover, shift))
        except Refused:
            return
        self.done += 1

    def join(self, cover: Covering, shift: Shift) -> Roster:
        part = self.part()
        roster = cover.signing.join_once(shift, part)
        self.note(cover, shift, cover.signing.still(shift, part), cover.person)
        return roster

    def leave(self, cover: Covering, shift: Shift) -> Roster:
        part = self.part()
        roster = cover.signing.leave_once(shift, part)
        for quarter in self.within(shift, cover.signing.still(shift, part)):
            self.on(cover, shift, quarter).discard(cover.person)
        return settled(cover.sheet.with_roster(roster), self.now)

    def stand(self, cover: Covering, shift: Shift) -> Roster:
        if self.luck.random() < 0.7:
            held = sorted(cover.sheet.roster.of(cover.person), key=str)
            if not held:
                raise Refused("rota-leave-no-weekly")
            gone = [self.luck.choice(held)]
            roster = cover.signing.leave_standing(gone)
            after = cover.sheet.with_roster(roster)
            for each in self.ahead(cover.sheet):
                if any(place.holds(each) for place in gone):
                    self.as_it_is(after, each, cover.person)
            return settled(after, self.now)
        place = Standing(
            person=cover.person, pattern=shift.id.pattern, day=shift.date.day_of_week(), since=shift.date, every=2
        )
        stood = cover.sheet.roster.of(cover.person)
        roster = cover.signing.join_standing([place])
        for each in self.ahead(cover.sheet):
            # Whoever is away from a date of a place that they have already stays away.
            if place.holds(each) and not any(old.holds(each) for old in stood):
                self.note(cover, each, cover.signing.still(each), cover.person)
        return roster

    def offer(self, cover: Covering, shift: Shift) -> Roster:
        to = self.luck.choice((None, None, *PEOPLE))
        code = f"c{self.luck.randrange(10**9)}"
        return cover.offer(Offer(code=code, person=cover.person, shifts=(shift.id,), part=self.part(), to=to))

    def swap(self, cover: Covering, shift: Shift) -> Roster:
        other = self.luck.choice(PEOPLE)
        theirs = [each for each in cover.sheet.within_horizon(self.now) if other in cover.sheet.on(each)]
        if not theirs:
            raise Refused("rota-swap-not-theirs")
        code = f"c{self.luck.randrange(10**9)}"
        back = self.luck.choice(theirs).id
        return cover.offer(Offer(code=code, person=cover.person, shifts=(shift.id,), to=other, back=back))

    def take(self, cover: Covering, _shift: Shift) -> Roster:
        offers = sorted(cover.sheet.roster.offers, key=lambda offer: offer.code)
        if not offers:
            raise Refused("rota-offer-gone")
        offer, part = self.luck.choice(offers), self.part()
        mine = cover.sheet.rota.shift(offer.shifts[0])
        back = None if offer.back is None else cover.sheet.rota.shift(offer.back)
        roster = cover.take(offer.code, part)
        assert offer.to in {None, cover.person}
        assert mine is not None
        wanted = offer.part if back is not None else part
        ahead = self.within(mine, cover.signing.still(mine, offer.part))
        given = [self.on(cover, mine, quarter) for quarter in ahead if holds((wanted,), quarter * 15)]
        returned = (
            []
            if back is None
            else [self.on(cover, back, each) for each in self.within(back, cover.signing.still(back))]
        )
        # Both at once: they may be parts of one shift.
        moved = [(people, offer.person, cover.person) for people in given if offer.person in people]
        moved += [(people, cover.person, offer.person) for people in returned if cover.person in people]
        for people, from_, _ in moved:
            people.remove(from_)
        for people, _, to in moved:
            people.add(to)
        return roster

    def part(self) -> Part:
        if self.luck.random() < 0.6:
            return WHOLE
        starts = 15 * self.luck.randrange(4)
        return Part(starts=starts, ends=self.luck.choice((None, starts + 15 * self.luck.randint(1, 3))))

    def within(self, shift: Shift, part: Part) -> Iterator[int]:
        minutes = round(shift.length.total("minutes"))
        return (quarter for quarter in range(minutes // 15) if holds((part,), quarter * 15))

    def on(self, cover: Covering, shift: Shift, quarter: int) -> set[PersonId]:
        return self.quarters.setdefault((cover.sheet.rota.id, shift.id, quarter), set())

    def note(self, cover: Covering, shift: Shift, part: Part, person: PersonId) -> None:
        for quarter in self.within(shift, part):
            self.on(cover, shift, quarter).add(person)

    def as_it_is(self, sheet: Sheet, shift: Shift, person: PersonId) -> None:
        """Let somebody who ended a standing place be off, but for the parts they had joined by themselves."""
        single = [yes.part for yes in sheet.roster.single if yes.person == person and yes.shift == shift.id]
        for quarter in self.within(shift, WHOLE):
            if quarter * 15 >= shift.minutes_by(self.now) and not holds(single, quarter * 15):
                self.quarters.setdefault((sheet.rota.id, shift.id, quarter), set()).discard(person)

    def ahead(self, sheet: Sheet) -> Iterator[Shift]:
        return sheet.rota.coming(self.now, self.now + TimeDelta(hours=24 * 120))

    def check(self) -> None:
        """See that everybody is where they said, nobody twice, and no shift over its cap."""
        times: dict[tuple[PersonId, Instant], int] = {}
        for on in self.sheets:
            for shift in on.rota.coming(self.now, self.now + TimeDelta(hours=24 * 9)):
                stints = on.stints(shift)
                for quarter in self.within(shift, WHOLE):
                    if quarter * 15 < shift.minutes_by(self.now):
                        continue
                    here = {stint.person for stint in stints if holds((stint.part,), quarter * 15)}
                    assert here == self.quarters.get((on.rota.id, shift.id, quarter), set())
                    assert len(here) <= shift.pattern.most
                    for person in here:
                        at = (person, shift.begins + TimeDelta(minutes=15 * quarter))
                        times[at] = times.get(at, 0) + 1
        assert max(times.values(), default=0) <= 1


def lived(seed: int, steps: int) -> Life:
    life = Life(random.Random(seed))  # noqa: S311  Chance, and no secret.
    for number in range(steps):
        life.step()
        if number % 10 == 0:
            life.check()
    life.check()
    return life


@pytest.mark.parametrize("seed", range(3))
def test_a_random_life_never_books_twice_loses_a_part_or_puts_anybody_on(seed: int) -> None:
    assert lived(seed, 1500).done > 300


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 120))
def test_a_hundred_thousand_steps_never_do(seed: int) -> None:
    assert lived(seed, 5000).done > 1000
