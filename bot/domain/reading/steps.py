"""A first step, as a group types it: "14 days", "two weeks", "2 welcomes", "welcome", "none"."""

import re
from dataclasses import dataclass

from bot.domain.commands import Reading
from bot.domain.firststep import MOST_DAYS, MOST_WELCOMES, TWO_MEMBERS, FirstStep
from bot.domain.reading.plain import NUMBERS, plain
from bot.domain.saying import Refused

# The command is "group first", and people say "group first step".
_STEP = re.compile(r"^step\s+")
_NONE = frozenset({"none", "no", "off", "nothing"})
_SAID = re.compile(r"(?:(\d+|\w+\s)\s*)?(day|week|welcome|member)s?(?:[’']?\s+welcome| in the group)?")
_DAYS = {"day": 1, "week": 7}
_ONE = {"a": 1, "an": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """So many days in the group, or so many members' welcome, or "none". Value: `FirstStep`."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> FirstStep:
        """Return the step. Refuses what is none, and more than there may be."""
        words = _STEP.sub("", plain(text).casefold())
        if words in _NONE:
            return FirstStep()
        found = _SAID.fullmatch(words)
        if found is None:
            raise Refused("step-unclear")
        number, unit = found.groups()
        if unit in _DAYS:
            return FirstStep(days=_within(_number(number) * _DAYS[unit], MOST_DAYS))
        return FirstStep(welcomes=_within(TWO_MEMBERS if number is None else _number(number), MOST_WELCOMES))


def _number(word: str | None) -> int:
    said = (word or "").strip()
    digits = str({**NUMBERS, **_ONE}.get(said, said))
    if not re.fullmatch(r"[0-9]{1,4}", digits):
        raise Refused("step-unclear")
    return int(digits)


def _within(number: int, most: int) -> int:
    if not 1 <= number <= most:
        raise Refused("step-unclear")
    return number
