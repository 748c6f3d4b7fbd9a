"""A world that writes down what it is given to say, as a person would read it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from whenever import Instant

from bot.domain.firststep import Stay
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Line, Say
from bot.ports.chat import Attendance, ChatError, Posted
from bot.ports.words import Words

LOCALE = "en-GB"


@dataclass(kw_only=True)
class FakeWorld:
    """Implements `ports.chat.World`, and `house.Running`.

    `refuses` makes the next calls fail, one error each; `loses` does so when the person was told already. `unsaid` is
    what was taken away again. `outside` says who is not in which group.
    """

    name: str = "fake"
    private: dict[PersonId, list[Say]] = field(default_factory=lambda: defaultdict(list))
    public: dict[PlaceId, list[Say]] = field(default_factory=lambda: defaultdict(list))
    rooms: dict[str, PlaceId] = field(default_factory=dict)
    inside: dict[PlaceId, set[PersonId]] = field(default_factory=dict)
    left: list[PlaceId] = field(default_factory=list)
    closed: list[PlaceId] = field(default_factory=list)
    gone: set[PersonId] = field(default_factory=set)
    absent: set[PersonId] = field(default_factory=set)
    outside: set[tuple[PersonId, GroupId]] = field(default_factory=set)
    refuses: list[ChatError] = field(default_factory=list)
    loses: list[ChatError] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    names: dict[PersonId, str] = field(default_factory=dict)
    groups: dict[GroupId, str] = field(default_factory=dict)
    others_read: tuple[Line, ...] = ()
    lacks: tuple[Line, ...] = ()
    meets_read: tuple[Line, ...] = ()
    stays: dict[PersonId, Stay] = field(default_factory=dict)
    natives: dict[PersonId, list[str]] = field(default_factory=lambda: defaultdict(list))
    standing: dict[str, tuple[list[Say], Say]] = field(default_factory=dict)
    unsaid: dict[PersonId | PlaceId, list[Say]] = field(default_factory=lambda: defaultdict(list))

    def called(self, person: PersonId, _group: GroupId) -> str:
        return self.names.get(person, person.native)

    def meant(self, text: str, _group: GroupId) -> PersonId | None:
        return next((person for person, name in self.names.items() if name.casefold() == text.casefold()), None)

    async def is_here(self, person: PersonId, group: GroupId) -> bool:
        self._refuse()
        return (person, group) not in self.outside

    def group_called(self, group: GroupId) -> str | None:
        return self.groups.get(group)

    async def tell(
        self,
        person: PersonId,
        say: Say,
        key: str,
        _group: GroupId,
        _via: str | None = None,
        _since: Instant | None = None,
    ) -> Posted:
        self._refuse()
        if key not in self.said:
            self.private[person].append(say)
            self.natives[person].append(f"said {key}")
            self._note(key, self.private[person], say)
        if self.loses:
            raise self.loses.pop(0)
        return Posted(messages=(f"said {key}",), answered=f"said {key}")

    async def post(self, place: PlaceId, say: Say, key: str, _since: Instant | None = None) -> Posted:
        self._refuse()
        if key not in self.said:
            self.public[place].append(say)
            self._note(key, self.public[place], say)
        return Posted(messages=(f"said {key}",))

    async def unsay(self, to: PersonId | PlaceId, messages: Sequence[str], _key: str) -> None:
        self._refuse()
        for message in messages:
            if message in self.standing:
                log, say = self.standing.pop(message)
                log[:] = [one for one in log if one is not say]
                self.unsaid[to].append(say)

    def _note(self, key: str, log: list[Say], say: Say) -> None:
        self.said.add(key)
        self.standing[f"said {key}"] = (log, say)

    async def open(self, people: Sequence[PersonId], key: str, _group: GroupId) -> PlaceId:
        self._refuse()
        place = self.rooms.setdefault(key, PlaceId.of(self.name, f"meeting-{len(self.inside) + 1}"))
        self.inside.setdefault(place, set(people) - self.absent)
        return place

    async def find(self, key: str, _group: GroupId) -> PlaceId | None:
        self._refuse()
        return self.rooms.get(key)

    async def readers(self, _place: PlaceId) -> tuple[Line, ...]:
        return self.others_read

    async def lacking(self, _place: PlaceId) -> tuple[Line, ...]:
        return self.lacks

    async def meeting_readers(self, _group: GroupId, *, direct: bool) -> tuple[Line, ...]:  # noqa: ARG002
        self._refuse()
        return self.meets_read

    async def stay(self, person: PersonId, _group: GroupId) -> Stay:
        self._refuse()
        return self.stays.get(person, Stay(here=person in self.names))

    async def attendance(self, place: PlaceId, _people: Sequence[PersonId] = ()) -> Attendance:
        return Attendance(here=frozenset(self.inside[place]), gone=frozenset(self.gone))

    async def leave(self, key: str, _group: GroupId, *, closing: bool) -> None:
        if (place := self.rooms.pop(key, None)) is not None:
            (self.closed if closing else self.left).append(place)

    async def let_out(self, key: str, _group: GroupId, person: PersonId) -> None:
        if (place := self.rooms.get(key)) is not None:
            self.inside[place].discard(person)

    async def run(self) -> None:
        raise NotImplementedError

    async def stop(self) -> None:
        """Nothing is open."""

    def _refuse(self) -> None:
        if self.refuses:
            raise self.refuses.pop(0)


def read(say: Say, words: Words, names: dict[PersonId, str]) -> str:
    """Return a message as text, a line each, with its choices in brackets, and what its files say."""
    lines = [_sentence(line, words, names) for line in say.lines]
    lines += [file.seen.alt if file.seen else file.content.decode() for file in say.files]
    choices = [f"[{_sentence(choice.label, words, names)}]" for choice in say.choices]
    return "\n".join(lines + choices)


def _sentence(line: Line, words: Words, names: dict[PersonId, str]) -> str:
    spans = words.spans(line, LOCALE)
    return "".join(names[span] if isinstance(span, PersonId) else span for span in spans)
