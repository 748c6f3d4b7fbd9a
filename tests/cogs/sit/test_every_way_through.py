"""Any order of opening, asking, offering, picking, withdrawing and time: what must hold, holds after each step."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.strategies import integers, none, sampled_from, sets
from whenever import TimeDelta

from bot.domain.ids import PersonId
from bot.domain.outgoing import Meeting, Message
from bot.domain.saying import Say
from bot.domain.sit.ask import Where
from tests.cogs.sit.village import EVERYBODY, GROUP, Village, names_in

people = sampled_from(EVERYBODY)
minutes = integers(min_value=5, max_value=180).map(lambda number: TimeDelta(minutes=number))
# What may still be said about an ask in the step that ends it.
LAST_WORDS = frozenset(
    {"picked", "thanks", "room", "introduced", "ended", "nobody", "lapsed", "missed", "back", "offered"}
)


class EveryWayThrough(RuleBasedStateMachine):
    """Five people; the model is only who said yes to what, and which asks there have been."""

    def __init__(self) -> None:
        super().__init__()
        self.village = Village()
        self.askers: dict[str, PersonId] = {}
        self.yes: set[tuple[str, PersonId]] = set()
        self.over: set[str] = set()
        self.put_to: Counter[tuple[str, str]] = Counter()
        self.met: Counter[str] = Counter()
        self.direct: set[str] = set()
        self.introduced: Counter[tuple[str, str]] = Counter()

    @initialize(everybody=sets(people, min_size=2))
    def many_are_open(self, everybody: set[PersonId]) -> None:
        for person in sorted(everybody):
            self.does(person, "sit open")

    @rule(person=people, length=none() | minutes)
    def opens(self, person: PersonId, length: TimeDelta | None) -> None:
        self.does(person, "sit open", length=length)

    @rule(person=people)
    def pauses(self, person: PersonId) -> None:
        self.does(person, "sit pause")

    @rule(person=people, wait=none() | minutes, ahead=none() | minutes, where=none() | sampled_from(Where))
    def asks(self, person: PersonId, wait: TimeDelta | None, ahead: TimeDelta | None, where: Where | None) -> None:
        at = None if ahead is None else self.village.clock.now() + ahead
        self.does(person, "sit ask", wait=wait, at=at, length=TimeDelta(minutes=20), where=where)

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

    @rule(person=people, number=none() | integers(min_value=1, max_value=5))
    def picks(self, person: PersonId, number: int | None) -> None:
        self.does(person, "sit pick", offer=number)

    @precondition(lambda self: self.village.asks.kept)
    @rule(which=integers(min_value=0), offer=integers(min_value=1, max_value=2))
    def an_asker_picks(self, which: int, offer: int) -> None:
        asks = list(self.village.asks.kept.values())
        self.does(asks[which % len(asks)].asker, "sit pick", offer=offer)

    @rule(person=people)
    def withdraws(self, person: PersonId) -> None:
        answer = self.does(person, "sit withdraw")
        if answer.lines[0].id == "sit-taken-back":
            self.yes = {(code, who) for code, who in self.yes if who != person}

    @rule(time=minutes)
    def time_goes_by(self, time: TimeDelta) -> None:
        end = self.village.clock.now() + time
        while (moment := self.village.next_moment()) is not None and moment <= end:
            self.village.goes_by(max(moment - self.village.clock.now(), TimeDelta.ZERO))
            self.look_at(self.village.take_sent())
        self.village.clock.time = end

    def does(self, person: PersonId, command: str, **options: object) -> Say:
        """Let a person do it, and look at all that was put out."""
        wanted = {name: value for name, value in options.items() if value is not None}
        answer = self.village.does(person, command, GROUP, **wanted)
        if command == "sit ask" and answer.lines[0].id != "sit-already":
            self.askers[self.village.code(person)] = person
            self.direct |= {self.village.code(person)} if wanted.get("where") is Where.DIRECT else set()
        if command == "sit can" and answer.lines[0].id == "sit-can-thanks":
            self.yes.add((str(wanted["ask"]), person))
        self.look_at(self.village.take_sent())
        return answer

    def look_at(self, sent: Sequence[Message | Meeting]) -> None:
        """Check each thing that was put out in one step, then note which asks are over."""
        for sending in sent:
            _, code, what, *_ = sending.key.split(":")
            assert code not in self.over, f"{what} after the end"
            if isinstance(sending, Meeting):
                self.look_at_meeting(code, sending)
            elif what == "ask":
                self.look_at_invitation(code, sending)
            elif what == "offered":
                self.look_at_offers(code, sending)
            elif what == "introduced":
                self.look_at_introduction(code, sending)
            elif what == "thanks":
                self.yes.discard((code, PersonId(sending.to)))
        gone = set(self.askers) - {code for _, code in self.village.asks.kept}
        about_the_end = {sending.key.split(":")[2] for sending in sent if sending.key.split(":")[1] in gone}
        assert about_the_end <= LAST_WORDS
        self.over |= gone
        self.yes = {(code, who) for code, who in self.yes if code not in gone}

    def look_at_meeting(self, code: str, meeting: Meeting) -> None:
        self.met[code] += 1
        asker, sitter = meeting.people
        assert self.met[code] == 1
        assert code not in self.direct
        assert asker == self.askers[code]
        assert (code, sitter) in self.yes

    def look_at_introduction(self, code: str, message: Message) -> None:
        self.introduced[code, message.to] += 1
        [other] = names_in(message.say)
        assert self.introduced[code, message.to] == 1
        assert code in self.direct
        assert self.askers[code] in {message.to, other}
        assert {(code, who) for who in (message.to, other) if who != self.askers[code]} <= self.yes

    def look_at_invitation(self, code: str, message: Message) -> None:
        self.put_to[code, message.to] += 1
        assert self.put_to[code, message.to] == 1
        assert message.to != self.askers[code]
        assert (GROUP, message.to) in self.village.openings.kept
        assert names_in(message.say) == set()
        assert ("sit-seen-direct" in {line.id for line in message.say.lines}) == (code in self.direct)

    def look_at_offers(self, code: str, message: Message) -> None:
        assert message.to == self.askers[code]
        assert names_in(message.say) <= {who for asked, who in self.yes if asked == code}

    @invariant()
    def every_open_ask_has_a_moment_and_nothing_else_has(self) -> None:
        assert set(self.village.diary.dues) == {f"sit:{code}" for _, code in self.village.asks.kept}

    @invariant()
    def nobody_has_two_asks(self) -> None:
        askers = [ask.asker for ask in self.village.asks.kept.values()]
        assert len(askers) == len(set(askers))

    @invariant()
    def everybody_who_stands_as_an_offer_said_yes_and_did_not_take_it_back(self) -> None:
        for ask in self.village.asks.kept.values():
            assert {(ask.id, offer.person) for offer in ask.offers} <= self.yes

    def teardown(self) -> None:
        """With time alone, everything ends."""
        self.village.goes_by(TimeDelta(hours=24))
        assert self.village.asks.kept == {}
        assert self.village.diary.dues == {}


TestEveryWayThrough = EveryWayThrough.TestCase
TestEveryWayThrough.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
