"""Never paired: who asked not to be brought together with whom. A line keeps both apart, whichever of them made it.

What somebody may see goes by their own lines alone. What the bot does goes by the lines of both.
"""

from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.ids import PersonId

Pairs: TypeAlias = frozenset[frozenset[PersonId]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """All lines of one group, each as who made it and whom it names."""

    made: frozenset[tuple[PersonId, PersonId]] = frozenset()

    def named_by(self, person: PersonId) -> frozenset[PersonId]:
        """Return whom the person named themselves: all that an answer to them may go by."""
        return frozenset(other for who, other in self.made if who == person)

    def kept_from(self, person: PersonId) -> frozenset[PersonId]:
        """Return with whom the person is not brought together, whoever said so: nothing they see may tell it."""
        return self.named_by(person) | {who for who, other in self.made if other == person}

    def are(self, one: PersonId, other: PersonId) -> bool:
        """Return whether the two are kept apart."""
        return (one, other) in self.made or (other, one) in self.made

    @property
    def pairs(self) -> Pairs:
        """Every two who are kept apart."""
        return frozenset(frozenset(line) for line in self.made if len(set(line)) > 1)

    @property
    def people(self) -> frozenset[PersonId]:
        """Everybody who made a line or is named in one."""
        return frozenset(person for line in self.made for person in line)
