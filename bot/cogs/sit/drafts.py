"""What was shown to somebody before they send it, where it holds words or names, or is much: in memory alone.

What holds neither and is short stands in the choice that sends it, and so outlives the process.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.ids import GroupId, PersonId

# So many at once; beyond it the oldest go, and whoever sends one of those is asked to begin anew.
MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody wished for, each option a value of its kind, as it was shown to them and not sent yet."""

    group: GroupId
    person: PersonId
    options: Mapping[str, object] = field(repr=False)


class Drafts:
    """Drafts by their codes. It is gone when the process ends."""

    def __init__(self) -> None:
        self._drafts: OrderedDict[str, Draft] = OrderedDict()

    def hold(self, code: str, draft: Draft) -> None:
        """Hold a draft."""
        self._drafts[code] = draft
        while len(self._drafts) > MOST:
            self._drafts.popitem(last=False)

    def of(self, code: str, group: GroupId, person: PersonId) -> Draft | None:
        """Return the person's own draft in that group, or None."""
        draft = self._drafts.get(code)
        return draft if draft is not None and (draft.group, draft.person) == (group, person) else None
