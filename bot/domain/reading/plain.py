"""Words, whole numbers, one of a few. Nothing read here can ping a room, hide text or turn it round."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.commands import Reading
from bot.domain.saying import Refused, line
from bot.domain.suggesting import MOST, Suggestion

# Left in an emoji: the joiner between two of them and the mark that one is a picture.
_EMOJI_JOINERS = frozenset("\u200d\ufe0f")
_WITHOUT_JOINERS = dict.fromkeys(map(ord, _EMOJI_JOINERS))
_UNSHOWABLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
# Letters, symbols and marks by category, and yet nothing is seen of them.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_MENTION = re.compile(r"@\s*(?:everyone|here|room|channel|all)\b|<[@#]|[@!#][^\s:]+:[\w.-]+", re.IGNORECASE)

_WEEKS = re.compile(r"^(?:for )?(.+?) weeks?$")


def plain(text: str) -> str:
    """Return `text` composed (NFC) and with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def showable(text: str) -> bool:
    """Whether every character can be seen: no control, direction mark, private use, blank or unassigned one.

    The joiners of an emoji may stand after a symbol, a digit or each other, and not at the start or in a word.
    """
    return all(
        _may_join(before) if char in _EMOJI_JOINERS else _seen(char)
        for before, char in zip(("", *text), text, strict=False)
    )


def _may_join(before: str) -> bool:
    return before != "" and not before.isalpha() and not before.isspace()


def _seen(char: str) -> bool:
    return unicodedata.category(char) not in _UNSHOWABLE and char not in _BLANK


def mentions(text: str) -> bool:
    """Whether `text` would, or looks as if it would, call people or a room; joiners and wide letters hide nothing."""
    folded = unicodedata.normalize("NFKC", text.translate(_WITHOUT_JOINERS))
    return _MENTION.search(folded) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A few words on one line, at most `longest` characters. Value: `str`."""

    longest: int = 60
    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = True

    def read(self, text: str, _reading: Reading) -> str:
        """Return the words, spaces tidied. Refuses what is empty, long, unseen, or mentions people."""
        words = plain(text)
        if not showable(words):
            raise Refused("text-unseen")
        if not words:
            raise Refused("text-empty")
        if len(words) > self.longest:
            raise Refused("text-long", longest=self.longest)
        if mentions(words):
            raise Refused("text-mention")
        return words


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A whole number from `least` to `most`, in digits or as a word up to twelve. Value: `int`."""

    least: int
    most: int
    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> int:
        """Return the number; "2 people" is 2."""
        word = re.sub(r"\s+(?:people|persons?|of us)$", "", plain(text).casefold())
        digits = str(NUMBERS.get(word, word))
        if not re.fullmatch(r"[0-9]{1,9}", digits) or not self.least <= int(digits) <= self.most:
            raise Refused("whole-unclear", least=self.least, most=self.most)
        return int(digits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """So many weeks, from `least` to `most`: "4 weeks", "four weeks", "4". Value: `int`."""

    least: int = 1
    most: int = 12
    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> int:
        """Return the number. Refuses none at all, and more than there may be."""
        words = _WEEKS.sub(r"\1", plain(text).casefold())
        return Whole(least=self.least, most=self.most).read("1" if words in {"a", "one"} else words, reading)


NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        start=1,
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """One of a few words. Value: the `str` in `choices`; `also` holds (another word, the choice it means)."""

    choices: tuple[str, ...]
    also: tuple[tuple[str, str], ...] = ()
    zoned: bool = False
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> str:
        """Return the choice that was meant, whatever its case."""
        word = plain(text).casefold()
        meant = dict(self.also).get(word, word)
        if meant not in self.choices:
            raise Refused("choice-unclear", choices=self.choices)
        return meant

    def suggest(self, text: str, _reading: Reading) -> Sequence[Suggestion]:
        """Return the choices that what was typed is in, those that begin with it first."""
        word = plain(text).casefold()
        found = sorted((choice for choice in self.choices if word in choice), key=lambda choice: choice.find(word))
        return [Suggestion(value=choice, label=line("suggest-word", word=choice)) for choice in found[:MOST]]
