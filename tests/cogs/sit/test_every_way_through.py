"""Any order of opening, asking, offering, picking, meeting, going, crashes and time: what must hold, holds after each.

The table of the domain is held against what is said: nobody hears a sentence that it does not give for that event.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.strategies import (
    booleans,
    fixed_dictionaries,
    frozensets,
    integers,
    just,
    none,
    permutations,
    sampled_from,
    sets,
)
from whenever import Instant, Time, TimeDelta

from bot.domain.commands import Trait
from bot.domain.ids import PersonId
from bot.domain.outgoing import Meeting, Message
from bot.domain.rota.recurrence import Frequency, Rule
from bot.domain.rota.said import SaidPattern
from bot.domain.saying import Say
from bot.domain.sit.ask import Ask
from bot.domain.sit.opening import RatherNot, SaidOpening, spacing
from bot.domain.sit.reading import Heard
from bot.domain.sit.table import KEPT, TABLE, Ear, Stage
from bot.domain.sit.wishes import Circle, Room, Tick, Wanted, Where
from tests.cogs.sit.village import BEA, EVERYBODY, GROUP, Village, names_in

people = sampled_from(EVERYBODY)
minutes = integers(min_value=5, max_value=180).map(lambda number: TimeDelta(minutes=number))
circles = permutations(list(Circle)).flatmap(
    lambda order: integers(1, len(order)).map(lambda count: tuple(order[:count]))
)
wishes = fixed_dictionaries(
    {},
    optional={
        "wait": minutes,
        "where": sampled_from(Where),
        "people": integers(1, 3),
        "who": circles.map(lambda order: Heard(circles=order, named=frozenset({BEA}))),
        "every": minutes,
        "after": sampled_from(Room),
        "note": just("a line"),
    },
)
MEETS = {Stage.OPENING, Stage.OPEN, Stage.ENDING}
OPTIONAL = frozenset[str]().union(*KEPT.values())
# Every sentence that may begin what somebody is told of an ask, by the table; the rest is for whoever asks for it.
TOLD = {id_ for rule_ in TABLE.values() for ear, ids in rule_.said if ear is not Ear.SELF for id_ in ids}


class EveryWayThrough(RuleBasedStateMachine):
    """Five people; the model is who said yes to what, who went, and which asks there have been."""

    def __init__(self) -> None:
        super().__init__()
        self.village = Village()
        self.askers: dict[str, PersonId] = {}
        self.yes: set[tuple[str, PersonId]] = set()
        self.over: set[str] = set()
        self.put_to: Counter[tuple[str, str]] = Counter()
        self.asked_at: dict[PersonId, Instant] = {}
        self.all_at_once = False
        self.rooms: Counter[str] = Counter()
        self.words: Counter[tuple[str, str, str]] = Counter()

    @initialize(everybody=sets(people, min_size=2), clears=booleans(), on_shift=frozensets(people, max_size=2))
    def many_are_open(self, everybody: set[PersonId], clears: bool, on_shift: frozenset[PersonId]) -> None:  # noqa: FBT001
        self.village.traits = frozenset({Trait.CLEARING} if clears else ())
        self.village.on_shift = on_shift
        for person in sorted(everybody):
            self.does(person, "sit open")

    @rule(person=people, length=none() | minutes)
    def opens(self, person: PersonId, length: TimeDelta | None) -> None:
        self.does(person, "sit open", when=None if length is None else SaidOpening(length=length))

    @rule(person=people, minute=integers(0, 23 * 60))
    def opens_daily(self, person: PersonId, minute: int) -> None:
        starts, ends = (Time((minute + more) // 60, (minute + more) % 60) for more in (0, 45))
        daily = SaidPattern(recurrence=Rule(frequency=Frequency.DAILY), time=starts, ends=ends)
        self.does(person, "sit open", when=SaidOpening(times=(daily,)))

    @rule(person=people, weekly=none() | sampled_from((1, 7, 20)))
    def limits(self, person: PersonId, weekly: int | None) -> None:
        self.does(person, "sit limit", sits=() if weekly is None else (weekly,))

    @rule(person=people, rather_not=frozensets(sampled_from(RatherNot), max_size=2))
    def would_rather_not(self, person: PersonId, rather_not: frozenset[RatherNot]) -> None:
        self.does(person, "sit rather", what=rather_not)

    @rule(person=people)
    def pauses(self, person: PersonId) -> None:
        self.does(person, "sit pause")

    @rule(one=people, other=people)
    def never_again(self, one: PersonId, other: PersonId) -> None:
        if one != other:
            self.village.apart.lines.add((GROUP, one, other))

    @rule(person=people, wishes=wishes, ahead=none() | minutes)
    def asks(self, person: PersonId, wishes: Mapping[str, object], ahead: TimeDelta | None) -> None:
        at = None if ahead is None else self.village.clock.now() + ahead
        self.does(person, "sit ask", at=at, length=TimeDelta(minutes=20), **wishes)

    @precondition(lambda self: self.askers)
    @rule(person=people, number=integers(min_value=0))
    def can(self, person: PersonId, number: int) -> None:
        code = list(self.askers)[-1 - number % min(len(self.askers), 3)]
        self.does(person, "sit can", ask=code)

    @precondition(lambda self: any(ask.invited for ask in self.village.asks.kept.values()))
    @rule(which=integers(min_value=0), whom=integers(min_value=0))
    def one_who_was_asked_can(self, which: int, whom: int) -> None:
        asks = [ask for ask in self.village.asks.kept.values() if ask.invited]
        ask = asks[which % len(asks)]
        self.does(sorted(ask.invited)[whom % len(ask.invited)], "sit can", ask=ask.id)

    @precondition(lambda self: self.village.asks.kept)
    @rule(which=integers(min_value=0), offer=none() | integers(min_value=1, max_value=3))
    def an_asker_picks(self, which: int, offer: int | None) -> None:
        self.does(self.one_of_the_asks(which).asker, "sit pick", offer=offer)

    @precondition(lambda self: self.village.asks.kept)
    @rule(which=integers(min_value=0), word=sampled_from(["begin", "wait on", "widen"]))
    def an_asker_goes_on(self, which: int, word: str) -> None:
        self.does(self.one_of_the_asks(which).asker, f"sit {word}")

    @precondition(lambda self: self.village.asks.kept)
    @rule(which=integers(min_value=0), ahead=minutes)
    def an_asker_makes_it_later(self, which: int, ahead: TimeDelta) -> None:
        self.does(self.one_of_the_asks(which).asker, "sit later", at=self.village.clock.now() + ahead)

    @rule(person=people)
    def withdraws(self, person: PersonId) -> None:
        answer = self.does(person, "sit withdraw")
        if answer.lines[0].id == "sit-taken-back":
            self.yes = {(code, who) for code, who in self.yes if who != person or self._meets(code, person)}

    @rule(person=people)
    def leaves_the_group(self, person: PersonId) -> None:
        self.village.leaves(person)
        self.yes = {(code, who) for code, who in self.yes if who != person}
        self.look_at(self.village.take_sent())

    @precondition(lambda self: self.sits)
    @rule(
        which=integers(min_value=0),
        whom=integers(min_value=0),
        word=sampled_from(["leave", "agree", "longer", "longer"]),
    )
    def somebody_in_a_sit(self, which: int, whom: int, word: str) -> None:
        ask = self.sits[which % len(self.sits)]
        self.does(ask.members[whom % len(ask.members)], f"sit {word}", ask=ask.id)

    @precondition(lambda self: self.sits)
    @rule(
        which=integers(min_value=0),
        whom=integers(min_value=0),
        wanted=none() | sampled_from(Wanted),
        length=none() | minutes,
        ticks=none() | frozensets(sampled_from(Tick), max_size=2),
    )
    def somebody_would_like_a_change(
        self, which: int, whom: int, wanted: Wanted | None, length: TimeDelta | None, ticks: frozenset[Tick] | None
    ) -> None:
        ask = self.sits[which % len(self.sits)]
        member = ask.members[whom % len(ask.members)]
        self.does(member, "sit change", ask=ask.id, wanted=wanted, length=length, ticks=ticks)

    @rule(slow=booleans(), no_rooms=booleans(), absent=frozensets(people, max_size=2))
    def the_platform_has_moods(self, slow: bool, no_rooms: bool, absent: frozenset[PersonId]) -> None:  # noqa: FBT001
        self.village.slow, self.village.no_rooms, self.village.absent = slow, no_rooms, absent
        self.village.rooms_come_about()
        self.village.deliver()
        self.look_at(self.village.take_sent())

    @rule(time=minutes)
    def time_goes_by(self, time: TimeDelta) -> None:
        end = self.village.clock.now() + time
        while (moment := self.village.next_moment()) is not None and moment <= end:
            self.village.goes_by(max(moment - self.village.clock.now(), TimeDelta.ZERO))
            self.look_at(self.village.take_sent())
        self.village.clock.time = end

    @rule(time=minutes)
    def the_bot_is_away(self, time: TimeDelta) -> None:
        self.village.clock.time += time * 4

    @precondition(lambda self: self.village.asks.kept)
    @rule(which=integers(min_value=0), word=sampled_from(["sit withdraw", "sit pick", "sit leave"]))
    def a_step_is_cut_short_and_done_again(self, which: int, word: str) -> None:
        ask = self.one_of_the_asks(which)
        options = {} if word == "sit pick" else {"ask": ask.id}
        with self.village.undone():
            self.village.does(ask.asker, word, GROUP, **options)
        self.does(ask.asker, word, **options)

    @property
    def sits(self) -> Sequence[Ask]:
        return [ask for ask in self.village.asks.kept.values() if ask.stage in MEETS]

    def one_of_the_asks(self, which: int) -> Ask:
        asks = list(self.village.asks.kept.values())
        return asks[which % len(asks)]

    def _meets(self, code: str, person: PersonId) -> bool:
        ask = self.village.asks.kept.get((GROUP, code))
        return ask is not None and ask.stage in MEETS and person in ask.members

    def does(self, person: PersonId, command: str, **options: object) -> Say:
        """Let a person do it, and look at all that was put out."""
        wanted = {name: value for name, value in options.items() if value is not None}
        answer = self.village.does(person, command, GROUP, **wanted)
        if answer.lines[0].id in {"sit-asked", "sit-asked-nobody-open"}:
            self.askers[self.newest_of(person).id] = person
        if command == "sit can" and answer.lines[0].id == "sit-can-thanks":
            self.yes.add((str(wanted["ask"]), person))
        self.look_at(self.village.take_sent())
        return answer

    def newest_of(self, person: PersonId) -> Ask:
        theirs = [ask for ask in self.village.asks.kept.values() if ask.asker == person and ask.stage not in MEETS]
        assert len(theirs) == 1
        return theirs[0]

    def look_at(self, sent: Sequence[Message | Meeting]) -> None:
        """Check each thing that was put out in one step, then note which asks are over."""
        looks: Mapping[str, object] = {"ask": self.look_at_invitation, "offered": self.look_at_offers}
        for sending in sent:
            _, code, what, *_ = sending.key.split(":")
            assert code not in self.over, f"{what} after the end"
            if isinstance(sending, Meeting):
                self.look_at_meeting(code, sending)
                continue
            assert sending.say.lines[0].id in TOLD
            self.words[code, sending.to, what] += 1
            if what in looks:
                looks[what](code, sending)  # type: ignore[operator]  # One of the two methods.
            elif what == "thanks":
                self.yes.discard((code, PersonId(sending.to)))
        gone = set(self.askers) - {code for _, code in self.village.asks.kept}
        self.over |= gone
        self.yes = {(code, who) for code, who in self.yes if code not in gone}

    def look_at_meeting(self, code: str, meeting: Meeting) -> None:
        self.rooms[code] += 1
        asker, *sitters = meeting.people
        assert self.rooms[code] == 1
        assert asker == self.askers[code]
        assert sitters
        assert {(code, sitter) for sitter in sitters} <= self.yes
        assert len(set(meeting.people)) == len(meeting.people)
        assert names_in(meeting.card) == set(meeting.people)

    def look_at_invitation(self, code: str, message: Message) -> None:
        self.put_to[code, message.to] += 1
        assert self.put_to[code, message.to] == 1
        assert message.to != self.askers.get(code)
        assert names_in(message.say) == set()
        if self.all_at_once or not isinstance(message.to, PersonId):
            return
        now, opening = self.village.clock.now(), self.village.openings.kept[GROUP, message.to]
        before = self.asked_at.get(message.to)
        assert opening.last_asked == now
        assert opening.weekly is None or before is None or now - before >= spacing(opening.weekly)
        self.asked_at[message.to] = now

    def look_at_offers(self, code: str, message: Message) -> None:
        assert message.to == self.askers[code]
        assert names_in(message.say) <= {who for asked, who in self.yes if asked == code}

    @invariant()
    def every_open_ask_has_a_moment_and_nothing_else_has(self) -> None:
        moments = {key for key in self.village.diary.dues if key != f"sit-opens:{GROUP}"}
        assert moments == {f"sit:{code}" for _, code in self.village.asks.kept}

    @invariant()
    def nobody_looks_for_somebody_twice_at_once(self) -> None:
        askers = [ask.asker for ask in self.village.asks.kept.values() if ask.stage not in MEETS]
        assert len(askers) == len(set(askers))

    @invariant()
    def everybody_who_stands_as_an_offer_or_meets_said_yes_and_did_not_take_it_back(self) -> None:
        for ask in self.village.asks.kept.values():
            assert {(ask.id, offer.person) for offer in ask.offers} <= self.yes
            assert {(ask.id, person) for person in ask.members if person != self.askers[ask.id]} <= self.yes

    @invariant()
    def nothing_is_kept_but_what_the_table_says(self) -> None:
        for ask in self.village.asks.kept.values():
            assert {name for name in OPTIONAL if getattr(ask, name)} <= KEPT[ask.stage]

    @invariant()
    def there_are_no_rooms_but_of_sits_that_are_open_or_left_to_them(self) -> None:
        """A room that the bot is to take away is there no longer than its sit."""
        if Trait.CLEARING in self.village.traits:
            open_now = {f"sit:{ask.id}:room" for ask in self.sits}
            left = {key for key in self.village.inside if key not in open_now}
            assert all(key.split(":")[1] in self.left_to_them for key in left)

    @property
    def left_to_them(self) -> set[str]:
        return {
            room.key.split(":")[1]
            for room in self.village.rooms
            if any(line.id == "sit-card-stays" for line in room.card.lines)
        }

    @invariant()
    def lines_of_ones_own_are_held_no_longer_than_their_asks(self) -> None:
        held = {code for code in self.askers if self.village.memory.recall(code) is not None}
        assert held <= {code for _, code in self.village.asks.kept}

    def teardown(self) -> None:
        """With time alone, everything ends, and nothing is left to be said."""
        self.all_at_once = True
        self.village.goes_by(TimeDelta(hours=24 * 4))
        self.look_at(self.village.take_sent())
        assert self.village.asks.kept == {}
        assert self.village.diary.dues == {}
        self.village.goes_by(TimeDelta(hours=24 * 8))
        assert self.village.take_sent() == []


class Many(EveryWayThrough):
    """The same, at length."""


TestEveryWayThrough = EveryWayThrough.TestCase
TestEveryWayThrough.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
TestHundredThousandSteps = pytest.mark.long(Many.TestCase)
TestHundredThousandSteps.settings = settings(
    max_examples=2500, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
