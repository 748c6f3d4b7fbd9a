"""How people say when they are open to being asked for a sit, and what they would rather not sit with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from whenever import TimeDelta

from bot.domain.commands import Reading
from bot.domain.reading import Length
from bot.domain.reading.plain import plain
from bot.domain.reading.times import stretch
from bot.domain.rota.recurrence import Rule
from bot.domain.rota.said import SaidPattern, When
from bot.domain.saying import Refused, line
from bot.domain.sit.opening import ANY_TIME, MOST_APART, RatherNot, SaidOpening
from bot.domain.suggesting import MOST, Suggestion

NONE = "none"
_LENGTH = Length(least=TimeDelta(minutes=15), most=TimeDelta(hours=24 * 7))
_BETWEEN_WAYS = re.compile(r"[;\r\n\u2028\u2029]|,? and also ", re.IGNORECASE)
_BEFORE = re.compile(r"^(?:(?:for|on|during|while on) )?(?:the next |my |your )?")
_NO_TIME = frozenset({NONE, "no", "never", "off", "nothing", "at no time"})
_ANY_TIME = frozenset({"always", "any time", "anytime", "at any time", "at all times", "now", "until i pause"})
_ON_SHIFTS = "on my shifts"
_SHIFTS = frozenset({"shift", "shifts", "a shift"})
# What a rota's own refusals say of people and of open ends is of no use here.
_ONLY_FOR_ROTAS = frozenset(
    {
        *("rota-when-unclear", "rota-when-no-time", "rota-when-no-days", "rota-when-times", "rota-when-people"),
        *("rota-when-fewest", "rota-when-lines", "rota-when-day"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWhen:
    """When somebody is open: "2 hours", "on my shifts", "tuesdays 19:00-21:00", "none". Value: `SaidOpening`.

    Several stand apart by ";", a line break or "and also". The days and hours are what a rota's are, in the same words.
    """

    zoned: bool = True
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> SaidOpening:
        """Return what was said. Refuses what it is not sure of, and times that do not say when they end."""
        words = [each for part in _BETWEEN_WAYS.split(text) if (each := plain(part))]
        if not words:
            raise Refused("sit-open-unclear")
        if len(words) == 1 and (alone := _alone(words[0].casefold())) is not None:
            return alone
        said = SaidOpening()
        for each in words:
            said = _with(said, each, reading)
        return said

    def suggest(self, text: str, reading: Reading) -> Sequence[Suggestion]:
        """Return lengths, and their shifts."""
        shifts = [Suggestion(value=_ON_SHIFTS, label=line("sit-way-shifts"))] if _is_in(text, _ON_SHIFTS) else []
        return [*shifts, *_LENGTH.suggest(text, reading)][:MOST]


def _is_in(text: str, whole: str) -> bool:
    return plain(text).casefold() in whole


def _alone(words: str) -> SaidOpening | None:
    """Return what can be said only by itself, or None."""
    if words in _NO_TIME:
        return SaidOpening()
    return ANY_TIME if words in _ANY_TIME else None


def _with(said: SaidOpening, words: str, reading: Reading) -> SaidOpening:
    """Return it with one more way."""
    bare = _BEFORE.sub("", words.casefold())
    if bare in _SHIFTS:
        return replace(said, on_shifts=True)
    if stretch(bare) is not None:
        return replace(said, length=_LENGTH.read(bare, reading))
    return replace(said, times=said.times + _times(words, reading))


def _times(words: str, reading: Reading) -> tuple[SaidPattern, ...]:
    try:
        lines = When().read(words, reading)
    except Refused as refused:
        if refused.say.lines[0].id in _ONLY_FOR_ROTAS:
            raise Refused("sit-open-unclear") from None
        raise
    if any(isinstance(line.recurrence, Rule) and line.recurrence.interval > MOST_APART for line in lines):
        raise Refused("rota-when-apart", most=MOST_APART)
    if any(line.ends is None for line in lines):
        raise Refused("sit-open-end")
    if any(line.fewest is not None for line in lines):
        raise Refused("sit-open-unclear")
    return lines


_BETWEEN_WORDS = re.compile(r"\s*(?:[,;]|\b(?:and|or|nor)\b)\s*")
_NOT = re.compile(r"^(?:rather )?not(?: have)? ")
_MEANT: Mapping[str, RatherNot] = {
    **{each.value: each for each in RatherNot},
    **dict.fromkeys(("quiet company", "sitting quietly"), RatherNot.QUIET),
    **dict.fromkeys(("talk", "to talk", "chat", "chatting"), RatherNot.TALK),
    **dict.fromkeys(("a call", "call", "calls", "voice call", "voice calls", "speaking"), RatherNot.VOICE),
    **dict.fromkeys(("beside", "side-by-side", "doing something"), RatherNot.BESIDE),
    **dict.fromkeys(("reflect", "to reflect"), RatherNot.REFLECT),
    **dict.fromkeys(("swear words", "cursing"), RatherNot.SWEARING),
    **dict.fromkeys(("tears",), RatherNot.CRYING),
    **dict.fromkeys(("humor", "jokes", "joking"), RatherNot.HUMOUR),
    **dict.fromkeys(("long silence", "long silences", "silences"), RatherNot.SILENCE),
    **dict.fromkeys(("several", "more people", "more than one", "more than one person"), RatherNot.SEVERAL),
    **dict.fromkeys(("direct message", "direct", "dm", "dms"), RatherNot.DIRECT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RatherNots:
    """What somebody would rather not sit with: "voice, talking", or "none". Value: `frozenset[RatherNot]`."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> frozenset[RatherNot]:
        """Return all of them; none for "none". Refuses a word that is not one of them."""
        words = _NOT.sub("", plain(text).casefold())
        if words in _NO_TIME:
            return frozenset()
        parts = [part for part in _BETWEEN_WORDS.split(words) if part]
        if not parts or not _MEANT.keys() >= set(parts):
            raise Refused("sit-rather-unclear", choices=tuple(each.value for each in RatherNot))
        return frozenset(_MEANT[part] for part in parts)
