"""People, as a world lets them be named: a mention, an id, a name that one alone has; and by marks, as buttons do.

Whoever is meant hears nothing of it, and what comes back is an id and no words.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.commands import Reading
from bot.domain.ids import PersonId
from bot.domain.reading.plain import plain
from bot.domain.saying import Refused

# A whole mark, as a choice gives it.
_MARK = re.compile(r"[0-9a-f]{16}")
_FROM = re.compile(r"^from\s+", re.IGNORECASE)

# A person, or the mark of one who is known where the option is wanted.
Meant: TypeAlias = "PersonId | str"


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """One person, whether they are in the group or not. Value: `PersonId`, or a mark as `str`.

    What is nobody's is refused with `unclear`.
    """

    unclear: str = "someone-unclear"
    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> Meant:
        """Return who is meant. Refuses all else, and a name that several have."""
        words = _FROM.sub("", plain(text))
        if _MARK.fullmatch(words):
            return words
        person = reading.meant(words)
        if person is None:
            raise Refused(self.unclear)
        return person
