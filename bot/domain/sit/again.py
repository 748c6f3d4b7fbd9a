"""Open to sitting again: shown to two people once both have said so, and to nobody before.

Nobody's row names the other. Both say the same code, and the code itself tells whether it is of those two.
"""

from dataclasses import dataclass

from whenever import Instant, TimeDelta

from bot.domain.codes import code_for
from bot.domain.ids import GroupId, PersonId

# So long it stands that somebody said so; then it goes without a word.
STANDS = TimeDelta(hours=24 * 7)
# So much of a code tells two sits of the same people apart; the rest is of the two.
_SEED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Willing:
    """One person said that they would be open to sitting again, with whoever the code is shared with."""

    group: GroupId
    code: str
    person: PersonId
    until: Instant


def code_of(after: str, one: PersonId, other: PersonId) -> str:
    """Return the code of two of those who met; `after` is the code of their sit (`Ask.after`)."""
    return _whole(after[:_SEED], one, other)


def is_of(code: str, one: PersonId, other: PersonId) -> bool:
    """Return whether the code is of those two: said by anybody else, it brings nobody together."""
    return code == _whole(code[:_SEED], one, other)


def _whole(seed: str, one: PersonId, other: PersonId) -> str:
    pair = ":".join(sorted((one.mark, other.mark)))
    return seed + code_for("again", f"{seed}:{pair}")[_SEED:]
