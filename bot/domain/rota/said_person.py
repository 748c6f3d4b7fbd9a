"""How somebody on a rota is named where only the rota's own people can be meant: by a mark, which a button knows."""

import re
from dataclasses import dataclass

from bot.domain.commands import Reading
from bot.domain.ids import PersonId
from bot.domain.reading.plain import plain
from bot.domain.rota.sheet import Sheet
from bot.domain.saying import Refused

ANYONE = "anyone"
_ALSO = frozenset({ANYONE, "anybody", "all", "everyone", "the room"})
_MARK = re.compile(r"[0-9a-f]{6,16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Anyone, or one person by their mark. Value: `str`."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> str:
        """Return `ANYONE` or the mark."""
        words = plain(text).casefold().removeprefix("to ")
        if words in _ALSO:
            return ANYONE
        if not _MARK.fullmatch(words):
            raise Refused("rota-offer-to-whom")
        return words


def person_meant(sheet: Sheet, mark: str) -> PersonId:
    """Return the person on the rota whose mark begins so. Refuses when there is none, or more than one."""
    found = [person for person in sheet.roster.people if person.mark.startswith(mark)]
    if len(found) != 1:
        raise Refused("rota-offer-to-whom")
    return found[0]
