"""How somebody says who is meant as a buddy: by a mark, which a choice knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.apart import Apart
from bot.domain.commands import Reading
from bot.domain.ids import PersonId
from bot.domain.marks import mark_in, whose
from bot.domain.rota.sheet import Sheet

_REFUSAL = "hello-buddy-whom"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuddyMark:
    """One person by their mark. Value: `str`."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> str:
        """Return the mark. Refuses everything else, a name too: people cannot be named in what is typed."""
        return mark_in(text, _REFUSAL)


def who_could(sheets: Sequence[Sheet], person: PersonId, apart: Apart) -> tuple[PersonId, ...]:
    """Return whom somebody is shown to ask as a buddy: everybody on the group's rotas but those they named themselves.

    Who named them stands there as without a line.
    """
    everybody = {each for sheet in sheets for each in sheet.roster.people}
    return tuple(sorted(everybody - {person} - apart.named_by(person)))


def buddy_meant(people: Sequence[PersonId], mark: str) -> PersonId:
    """Return the one whose mark begins so. Refuses when there is none, or more than one."""
    return whose(mark, people, _REFUSAL)
