"""One group of the soak: its people, and the rotas they make so that pings fall due at known times."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from whenever import Instant, TimeDelta

from tests.soak.asking import LASTS, LEAD, Asking, next_minute
from tests.soak.book import Ask, Book
from tests.soak.sentences import Sentences
from tests.soak.typing import Typist

# From starting a rota until its ping: time to join, also when the bot is away now and then.
_AHEAD = TimeDelta(seconds=100)
_ONE_IN_HOW_MANY_LEAVES = 6


@dataclass(slots=True, kw_only=True)
class Turn:
    """One rota that the group made for one shift. The ping is due at `ping`, the check-in opens at `shift`."""

    name: str
    shift: Instant
    people: list[Typist]
    joined: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    ended: bool = False

    @property
    def ping(self) -> Instant:
        return self.shift - LEAD


class Circle:
    """A group. The first of its people starts and ends the rotas, and stays on them."""

    def __init__(
        self, people: list[Typist], book: Book, asking: Asking, sentences: Sentences, names: Iterator[str]
    ) -> None:
        self.people = people
        self.turns: list[Turn] = []
        self._book = book
        self._asking = asking
        self._sentences = sentences
        self._names = names

    @property
    def first(self) -> Typist:
        return self.people[0]

    def plan(self, now: Instant, random: Random) -> None:
        """Start a rota if none is to come, join what was started, end what is over."""
        if all(turn.ping < now + TimeDelta(seconds=20) for turn in self.turns):
            self._begin(now)
        for turn in self.turns:
            self._note(turn, now)
            if self._answered(self.first, f"new {turn.name}"):
                self._join(turn, now, random)
            if not turn.ended and self._is_over(turn, now):
                turn.ended = True
                self._end(turn)

    def next_ping(self, now: Instant) -> Instant | None:
        """Return when the next ping that is sure to come falls due."""
        sure = [turn.ping for turn in self.turns if turn.ping > now and self._is_on(turn, self.first)]
        return min(sure, default=None)

    def _begin(self, now: Instant) -> None:
        free_from = max((turn.shift + LASTS for turn in self.turns), default=now)
        shift = max(next_minute(now, _AHEAD + LEAD), free_from)
        turn = Turn(name=next(self._names), shift=shift, people=list(self.people))
        self.turns.append(turn)
        self.first.todo.append(self._asking.new(turn.name, turn.shift))
        for person in turn.people:
            self._await(turn, person)

    def _await(self, turn: Turn, person: Typist) -> None:
        """Write down what this person may come to see of it."""
        opening = self._sentences.line("rota-open", name=turn.name)
        ping = self._sentences.line("rota-ping", name=turn.name)
        self._book.await_(person.user_id, f"news {turn.name}", self._sentences.line("rota-room-new", name=turn.name))
        self._book.await_(person.user_id, f"opening {turn.name}", opening, turn.shift)
        self._book.await_(person.user_id, f"ping {turn.name}", ping, turn.ping)
        ended = self._sentences.line("rota-room-ended", name=turn.name)
        self._book.await_(person.user_id, f"ended {turn.name}", ended)

    def welcome(self, person: Typist) -> None:
        """Take in somebody who came later: of what is going on they may see this or that."""
        for turn in self.turns:
            self._await(turn, person)
        self.people.append(person)

    def _join(self, turn: Turn, now: Instant, random: Random) -> None:
        for person in turn.people:
            if person.user_id not in turn.joined and now < turn.ping:
                turn.joined.add(person.user_id)
                person.todo.append(self._asking.join(turn.name, turn.shift))
                person.todo.append(self._asking.show(turn.name))
            elif self._may_leave(turn, person, now) and random.randrange(_ONE_IN_HOW_MANY_LEAVES) == 0:
                turn.left.add(person.user_id)
                self._book.awaited[person.user_id][f"ping {turn.name}"].wanted = None
                person.todo.append(self._asking.leave(turn.name, turn.shift))
            elif self._may_leave(turn, person, now):
                turn.left.add("stays " + person.user_id)

    def _may_leave(self, turn: Turn, person: Typist, now: Instant) -> bool:
        """Whether to toss the coin: once for each, and never for the one who started it."""
        tossed = person.user_id in turn.left or "stays " + person.user_id in turn.left
        return person is not self.first and not tossed and self._is_on(turn, person) and now < turn.ping

    def _is_on(self, turn: Turn, person: Typist) -> bool:
        return self._answered(person, f"join {turn.name}")

    def _is_over(self, turn: Turn, now: Instant) -> bool:
        """Whether everybody saw it open, and nobody still waits for an answer about it."""
        return now > turn.shift + TimeDelta(seconds=20) and all(
            self._book.awaited[person.user_id][f"opening {turn.name}"].came and self._is_done(turn, person)
            for person in turn.people
        )

    def _is_done(self, turn: Turn, person: Typist) -> bool:
        leave = person.user_id not in turn.left or self._answered(person, f"leave {turn.name}")
        return leave and (person.user_id not in turn.joined or self._answered(person, f"show {turn.name}"))

    def _end(self, turn: Turn) -> None:
        self.first.todo.append(self._asking.end(turn.name))
        for person in turn.people:
            if person is not self.first:
                yours = self._sentences.line("rota-ended-yours", name=turn.name)
                self._book.await_(person.user_id, f"yours {turn.name}", yours)

    def _note(self, turn: Turn, now: Instant) -> None:
        """Write down what is wanted by now: what was answered before its time came was decided before it."""
        on = [person for person in turn.people if self._is_on(turn, person)]
        for person in turn.people:
            theirs = self._book.awaited[person.user_id]
            if self._answered(self.first, f"new {turn.name}"):
                theirs[f"news {turn.name}"].wanted = True
            if self._answered(self.first, f"end {turn.name}"):
                theirs[f"ended {turn.name}"].wanted = True
            if now < turn.ping:
                theirs[f"ping {turn.name}"].wanted = self._ping_wanted(turn, person)
            if now < turn.shift and self.first in on:
                theirs[f"opening {turn.name}"].wanted = True

    def _ping_wanted(self, turn: Turn, person: Typist) -> bool | None:
        if person.user_id in turn.left:
            return False if self._answered(person, f"leave {turn.name}") else None
        return True if self._is_on(turn, person) else None

    def _answered(self, person: Typist, key: str) -> bool:
        asked = self._book.asked[person.user_id].get(key)
        return asked is not None and bool(asked.came)

    def take(self, person: Typist, random: Random) -> Ask:
        """Return what this person types next."""
        if person.todo:
            return person.todo.popleft()
        return self._asking.small_talk(person.user_id, self._book, random)
