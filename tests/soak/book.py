"""The book of a soak: what was typed and is to be answered, what falls due, and every message that came."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field

from whenever import Instant

from tests.soak.sentences import Sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Something to ask. `key` tells it from anything else this person asks; `answer` fits the answer's first line.

    `text` is how it is typed as a line; `slash` and `options` are the same as a slash command, used in the server or
    in a direct message. `under` is the key of
    an earlier answer and a button there that asks it too. `again` fits what is answered when it was done already.
    """

    text: str
    key: str
    answer: re.Pattern[str]
    slash: str = ""
    in_server: bool = True
    options: Mapping[str, str] = field(default_factory=dict)
    under: tuple[str, str] | None = None
    again: re.Pattern[str] | None = None


@dataclass(slots=True, kw_only=True)
class Asked:
    """What one person typed under one key, as events with their times, and the answers to it.

    `failed` are those that the platform showed as failed, of which the bot is not known to have taken any.
    """

    key: str
    answer: re.Pattern[str]
    typed: list[tuple[str, Instant]] = field(default_factory=list)
    failed: list[tuple[str, Instant]] = field(default_factory=list)
    came: list[tuple[str, Instant]] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return len(self.came) < len(self.typed)


@dataclass(slots=True, kw_only=True)
class Awaited:
    """A message that is said by itself. `wanted`: True once, False never, None once or never, as nobody can say."""

    key: str
    line: re.Pattern[str]
    at: Instant | None = None
    wanted: bool | None = None
    came: list[tuple[str, Instant]] = field(default_factory=list)

    @property
    def lost(self) -> bool:
        return self.wanted is True and not self.came

    @property
    def doubled(self) -> int:
        return max(0, len(self.came) - (0 if self.wanted is False else 1))


class Book:
    """Everybody's. `now` is the bot's own time. A message is counted by its event's id, once for each who read it."""

    def __init__(self, sentences: Sentences, now: Callable[[], Instant]) -> None:
        self._sentences = sentences
        self.now = now
        self.asked: defaultdict[str, dict[str, Asked]] = defaultdict(dict)
        self.awaited: defaultdict[str, dict[str, Awaited]] = defaultdict(dict)
        self.wrong: Counter[str] = Counter()
        self.wrong_events: list[tuple[str, str, str, Instant]] = []
        self.unread: list[tuple[str, str, str, Instant]] = []
        self.others: Counter[str] = Counter()
        self._seen: set[tuple[str, str]] = set()

    def type(self, person: str, ask: Ask) -> Asked:
        """Write down that it is about to be typed; its event is added when the server has it."""
        return self.asked[person].setdefault(ask.key, Asked(key=ask.key, answer=ask.answer))

    def is_free(self, person: str, key: str) -> bool:
        """Whether nothing of this key waits for an answer."""
        asked = self.asked[person].get(key)
        return asked is None or not asked.open

    def await_(self, person: str, key: str, line: re.Pattern[str], at: Instant | None = None) -> Awaited:
        """Write down that this may come."""
        return self.awaited[person].setdefault(key, Awaited(key=key, line=line, at=at))

    def failed(self, ask: Ask, asked: Asked, event: str) -> None:
        """Write down that the platform showed it as failed, so that it is asked again."""
        entry = next(each for each in asked.typed if each[0] == event)
        asked.typed.remove(entry)
        asked.failed.append(entry)
        if ask.again is not None:
            asked.answer = re.compile(f"{ask.answer.pattern}|{ask.again.pattern}")

    def taken(self, events: Container[str]) -> None:
        """Await answers to those of these that were shown as failed, for the bot kept something for them."""
        for _, _, asked in self._all_asked():
            for entry in [each for each in asked.failed if each[0] in events]:
                asked.failed.remove(entry)
                asked.typed.append(entry)

    def heard(self, person: str, event: str, body: str) -> str | None:
        """Take one message of the bot that this person could read; return the key it was awaited under, or None."""
        if (person, event) in self._seen:
            return None
        self._seen.add((person, event))
        line = body.split("\n", 1)[0]
        entry = (event, self.now())
        fitting = self._fitting(person, line)
        if fitting is not None:
            fitting.came.append(entry)
        elif id_ := self._sentences.wrong_in(line):
            self.wrong[id_] += 1
            self.wrong_events.append((person, id_, *entry))
        else:
            self.others[self._sentences.nearest(line)] += 1
        return None if fitting is None else fitting.key

    def could_not_read(self, person: str, event_id: str, where: str) -> None:
        """Take one message of the bot that this person has no key for; `where` says in what kind of room."""
        if (person, event_id) not in self._seen:
            self._seen.add((person, event_id))
            self.unread.append((person, event_id, where, self.now()))

    def _fitting(self, person: str, line: str) -> Asked | Awaited | None:
        """Return what the line belongs to: an open question before one that was answered already."""
        asked = [each for each in reversed(self.asked[person].values()) if each.answer.fullmatch(line)]
        if asked:
            return next((each for each in asked if each.open), asked[0])
        awaited = self.awaited[person].values()
        return next((each for each in reversed(awaited) if each.line.fullmatch(line)), None)

    @property
    def typed(self) -> int:
        """How many commands were typed."""
        return sum(len(asked.typed) for _, _, asked in self._all_asked())

    @property
    def not_taken(self) -> int:
        """How many commands were shown as failed, and nothing was kept for them."""
        return sum(len(asked.failed) for _, _, asked in self._all_asked())

    @property
    def lost(self) -> int:
        return sum(max(0, len(asked.typed) - len(asked.came)) for _, _, asked in self._all_asked())

    @property
    def doubled(self) -> int:
        """How many answers were too many; one that says something else is too, for the right one is awaited still."""
        extra = sum(max(0, len(asked.came) - len(asked.typed)) for _, _, asked in self._all_asked())
        return extra + len(self.wrong_events)

    @property
    def pings_lost(self) -> int:
        return sum(awaited.lost for _, _, awaited in self.all_awaited())

    @property
    def pings_doubled(self) -> int:
        return sum(awaited.doubled for _, _, awaited in self.all_awaited())

    @property
    def is_settled(self) -> bool:
        """Whether all that is to come has come."""
        return self.lost == 0 and self.pings_lost == 0

    def _all_asked(self) -> Iterator[tuple[str, str, Asked]]:
        for person, theirs in self.asked.items():
            for key, asked in theirs.items():
                yield person, key, asked

    def all_awaited(self) -> Iterator[tuple[str, str, Awaited]]:
        for person, theirs in self.awaited.items():
            for key, awaited in theirs.items():
                yield person, key, awaited

    def too_many(self) -> Iterator[str]:
        """Give the ids of all answers to what was answered more often than it was asked."""
        for _, _, asked in self._all_asked():
            if len(asked.came) > len(asked.typed):
                yield from (event for event, _ in asked.came)

    def faults(self) -> Iterator[str]:
        """Give a line for each thing that is not as it should be: the soak's own keys, ids and times, never words."""
        for person, key, asked in self._all_asked():
            if len(asked.typed) != len(asked.came):
                kind = "lost" if asked.open else "doubled"
                failed = f"; shown as failed {_events(asked.failed)}" if asked.failed else ""
                yield f"{kind}: {person} {key}: typed {_events(asked.typed)}; answered {_events(asked.came)}{failed}"
        for person, key, awaited in self.all_awaited():
            if awaited.lost or awaited.doubled:
                kind = "ping lost" if awaited.lost else "ping doubled"
                yield f"{kind}: {person} {key}: due {awaited.at}; came {_events(awaited.came)}"
        for person, id_, event, at in self.wrong_events:
            yield f"answered wrongly: {person} {event} {at}: {id_}"
        for person, event, where, at in self.unread:
            yield f"could not be read: {person} {event} in {where} {at}"


def _events(events: list[tuple[str, Instant]]) -> str:
    return ", ".join(f"{event} {at}" for event, at in events) or "nothing"
