"""How far ahead single shifts can be taken, as people say it: "8 weeks"."""

import re
from dataclasses import dataclass

from whenever import TimeDelta

from bot.domain.commands import Reading
from bot.domain.reading.plain import NUMBERS, plain
from bot.domain.saying import Refused

MOST_WEEKS = 52
_WEEKS = re.compile(r"(?P<number>\w+?) ?(?:w|weeks?)?(?: ahead)?")
_HOURS_A_WEEK = 24 * 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Opens:
    """So many weeks. Value: `TimeDelta`."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> TimeDelta:
        """Return the stretch. Refuses all but one week to a year of them."""
        found = _WEEKS.fullmatch(plain(text).casefold())
        word = "" if found is None else str(NUMBERS.get(found["number"], found["number"]))
        if not re.fullmatch("[0-9]{1,2}", word) or not 1 <= int(word) <= MOST_WEEKS:
            raise Refused("rota-opens-unclear", most=MOST_WEEKS)
        return TimeDelta(hours=_HOURS_A_WEEK * int(word))
