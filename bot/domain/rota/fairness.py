"""What a fair suggestion for a rota is. It is an offer, person by person: nobody is on anything but by their own yes.

Best is, in this order:

1. As few needed places as can be stay empty: the sum, over all openings, of what is missing to `short`.
2. Everybody is as near as can be to the fair share: the smallest sum of `(load + given - share) ** 2`, over those who
   are free for anything at all. The share is what they had and what the needed places ask for, shared evenly and
   rounded up to a whole shift.

Places that are wanted and not needed come in by the second rule alone. Below the share, each is welcome, for it brings
somebody nearer to it; above it, none is filled, for to take that person off again would lose nothing that is needed.
So nobody is loaded for what is not needed, and nobody is weighed against it. Limits are hard and stand above both.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from whenever import Instant, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.rota.stretch import NO_TIME, Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A shift with places left. `wanted` more people may be on it; fewer than `short` more are a gap (0 to `wanted`).

    `with_` are those who are on it already. Raises `ValueError` for anything else.
    """

    key: str
    begins: Instant
    ends: Instant
    wanted: int
    short: int
    with_: frozenset[PersonId] = frozenset()

    def __post_init__(self) -> None:
        if not (self.begins < self.ends and self.wanted >= 1 and 0 <= self.short <= self.wanted):
            raise ValueError(self.key)

    @property
    def stretch(self) -> Stretch:
        """When it is."""
        return Stretch(begins=self.begins, ends=self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Willing:
    """Somebody who may be offered shifts. `free` are the keys of the openings that they could do at all.

    `already` is when they are on elsewhere. `most_a_week` counts shifts in an ISO week of `zone`, those included, each
    in the week that it begins in; None is no limit. `rest` is the least time between two shifts; none means that they
    must not overlap. `load` is how many shifts they had or have lately. Raises `ValueError` for less than nothing.
    """

    person: PersonId
    free: frozenset[str]
    already: tuple[Stretch, ...] = ()
    most_a_week: int | None = None
    zone: str = "Europe/London"
    rest: TimeDelta = NO_TIME
    load: int = 0

    def __post_init__(self) -> None:
        if self.load < 0 or self.rest < NO_TIME or (self.most_a_week or 0) < 0:
            raise ValueError("less than nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Who may be offered what. `apart` holds pairs who are never on one opening, or on two that overlap.

    In what order openings and people stand is of no matter. Raises `ValueError` when one stands there twice, when
    somebody is free for an opening that is not there, or when a pair is not two.
    """

    openings: tuple[Opening, ...]
    people: tuple[Willing, ...]
    apart: frozenset[frozenset[PersonId]] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        keys = {opening.key for opening in self.openings}
        if len(keys) < len(self.openings) or len({who.person for who in self.people}) < len(self.people):
            raise ValueError("twice")
        if not all(who.free <= keys for who in self.people):
            raise ValueError("free for what is not there")
        if any(len(pair) != 2 for pair in self.apart):  # noqa: PLR2004  A pair is two.
            raise ValueError("not a pair")

    @property
    def in_order(self) -> tuple[Opening, ...]:
        """The openings as they come."""
        return tuple(sorted(self.openings, key=lambda opening: (opening.begins, opening.ends, opening.key)))

    @property
    def able(self) -> tuple[Willing, ...]:
        """Those who are free for anything at all, among whom what is needed is shared; by their ids."""
        return tuple(sorted((who for who in self.people if who.free), key=lambda who: who.person))

    def on_already(self, who: Willing) -> tuple[Stretch, ...]:
        """Return all that the person is on: elsewhere, and on openings of this problem."""
        here = (opening.stretch for opening in self.openings if who.person in opening.with_)
        return (*who.already, *(stretch for stretch in here if stretch not in who.already))

    def kept_from(self, person: PersonId) -> frozenset[PersonId]:
        """Return those with whom the person is never together."""
        return frozenset(other for pair in self.apart if person in pair for other in pair - {person})


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Whom to offer what: people by the key of the opening, in the order of both. `unfilled` stay a gap.

    `within` is by how much the second rule's sum could be smaller at most, as far as is known: 0 is proven to be the
    fairest. The first rule is always met.
    """

    given: Mapping[str, tuple[PersonId, ...]]
    unfilled: tuple[str, ...]
    within: int = 0

    @classmethod
    def of(cls, problem: Problem, pairs: Iterable[tuple[str, PersonId]], within: int = 0) -> Self:
        """Put together who is given what; whether that may be is for `breaches` to say."""
        people: dict[str, list[PersonId]] = {}
        for key, person in pairs:
            people.setdefault(key, []).append(person)
        given = {opening.key: tuple(sorted(people.pop(opening.key, ()))) for opening in problem.in_order}
        given |= {key: tuple(sorted(rest)) for key, rest in people.items()}
        return cls(
            given={key: some for key, some in given.items() if some},
            unfilled=tuple(opening.key for opening in problem.in_order if len(given[opening.key]) < opening.short),
            within=within,
        )

    @property
    def pairs(self) -> tuple[tuple[str, PersonId], ...]:
        """Each offer by itself."""
        return tuple((key, person) for key, people in self.given.items() for person in people)


def missing(problem: Problem, suggestion: Suggestion) -> int:
    """Return how many needed places stay empty: what the first rule makes small."""
    counts = {key: len(people) for key, people in suggestion.given.items()}
    return sum(max(0, opening.short - counts.get(opening.key, 0)) for opening in problem.openings)


def unevenness(problem: Problem, suggestion: Suggestion) -> int:
    """Return the sum of squares from the fair share: what the second rule makes small."""
    shifts = Counter(person for _, person in suggestion.pairs)
    needed = sum(opening.short for opening in problem.openings) - missing(problem, suggestion)
    share = fair_share([who.load for who in problem.able], needed)
    return sum((who.load + shifts[who.person] - share) ** 2 for who in problem.able)


def fair_share(loads: Iterable[int], needed: int) -> int:
    """Return what everybody would come to if `needed` further shifts made them all equal, rounded up."""
    all_loads = tuple(loads)
    return -(-(sum(all_loads) + needed) // max(1, len(all_loads)))
