"""People by their marks: what a choice knows somebody by, where only people who are known already can be meant.

People cannot be named in what is typed.
"""

import re
from collections.abc import Iterable

from bot.domain.ids import PersonId
from bot.domain.reading.plain import plain
from bot.domain.saying import Refused

_MARK = re.compile(r"[0-9a-f]{6,16}")


def mark_in(text: str, refusal: str) -> str:
    """Return the mark that was typed, or the beginning of one. Refuses all else with that sentence."""
    words = plain(text).casefold()
    if not _MARK.fullmatch(words):
        raise Refused(refusal)
    return words


def whose(mark: str, people: Iterable[PersonId], refusal: str) -> PersonId:
    """Return the one of these people whose mark begins so. Refuses when there is none, or more than one."""
    found = [person for person in people if person.mark.startswith(mark)]
    if len(found) != 1:
        raise Refused(refusal)
    return found[0]
