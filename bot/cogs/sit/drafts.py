"""What was shown to somebody before they send it, where it holds words or names, or is much: in memory alone.

What holds neither and is short stands in the choice that sends it, and so outlives the process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.domain.ids import GroupId, PersonId
from bot.domain.memory import Memory

# So many at once; whoever sends one that went before is asked to begin anew.
MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody wished for, each option a value of its kind, as it was shown to them and not sent yet."""

    group: GroupId
    person: PersonId
    options: Mapping[str, object] = field(repr=False)

    def is_of(self, group: GroupId, person: PersonId) -> bool:
        """Whether it is that person's own, in that group."""
        return (self.group, self.person) == (group, person)


Drafts: TypeAlias = Memory[Draft]
