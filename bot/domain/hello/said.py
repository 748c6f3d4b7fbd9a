"""How somebody says for how many weeks, and who is meant as a buddy: by a mark, which a choice knows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.commands import Reading
from bot.domain.hello.hello import LEAST_WEEKS, MOST_WEEKS
from bot.domain.ids import PersonId
from bot.domain.marks import mark_in, whose
from bot.domain.reading import Whole
from bot.domain.reading.plain import plain
from bot.domain.rota.sheet import Sheet

_WEEKS = re.compile(r"^(?:for )?(.+?) weeks?$")
_REFUSAL = "hello-buddy-whom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """So many weeks: "4 weeks", "four weeks", "4". Value: `int`."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> int:
        """Return the number. Refuses none at all, and more than there may be."""
        words = _WEEKS.sub(r"\1", plain(text).casefold())
        return Whole(least=LEAST_WEEKS, most=MOST_WEEKS).read("1" if words in {"a", "one"} else words, reading)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuddyMark:
    """One person by their mark. Value: `str`."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> str:
        """Return the mark. Refuses everything else, a name too: people cannot be named in what is typed."""
        return mark_in(text, _REFUSAL)


def who_could(sheets: Sequence[Sheet], but: PersonId) -> tuple[PersonId, ...]:
    """Return who may be asked to be a buddy: everybody on the group's rotas."""
    return tuple(sorted({person for sheet in sheets for person in sheet.roster.people} - {but}))


def buddy_meant(people: Sequence[PersonId], mark: str) -> PersonId:
    """Return the one whose mark begins so. Refuses when there is none, or more than one."""
    return whose(mark, people, _REFUSAL)
