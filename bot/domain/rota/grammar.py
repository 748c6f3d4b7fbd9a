"""How people write when a rota's shifts are: words, and how they go together. Written for lark, read as LALR(1).

No text has two readings here, as lark finds no conflict, and reading takes a time in proportion to the text. Words that
are not here are refused, so a slip of the pen is never guessed at. All is in small letters, with single spaces.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot.domain.reading.plain import NUMBERS

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

_A_NUMBER = "|".join(NUMBERS)
_A_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" if month[3:] else month for month in MONTHS) + "|sept"
_A_WEEKDAY = (
    "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
_A_TIME = "(?:[0-9]{1,2}[:.][0-9]{2}(?: ?[ap]m)?|[0-9]{1,2} ?[ap]m|noon|midday|midnight)"
_NTH = "[0-9]{1,2}(?:st|nd|rd|th)?"
_YEAR = "(?:,? [0-9]{4})?"
_A_DATE = (
    f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}\\/[0-9]{{1,2}}(?:\\/[0-9]{{4}})?"
    f"|(?:(?:{_A_WEEKDAY}),? )?(?:the )?{_NTH} (?:of )?(?:{_A_MONTH}){_YEAR}"
    f"|(?:(?:{_A_WEEKDAY}),? )?(?:{_A_MONTH}) (?:the )?{_NTH}{_YEAR}"
)
_MINUTES, _HOURS = "(?:minutes?|mins?|m)", "(?:hours?|hrs?|h)"
_A_LENGTH = (
    "half an hour|half hour|(?:a )?quarter of an hour|an hour and a half"
    f"|(?:[0-9]{{1,2}}|{_A_NUMBER}) and a half hours|[0-9]{{1,2}} ?h ?[0-9]{{2}}"
    f"|(?:[0-9]{{1,3}} ?|(?:an?|{_A_NUMBER}) ){_HOURS}(?: and a half|(?: and)? [0-9]{{1,2}} ?{_MINUTES})?"
    f"|(?:[0-9]{{1,4}} ?|(?:{_A_NUMBER}) ){_MINUTES}"
)

GRAMMAR = f"""
when: _part* _days _part*
closed: closure+

_part: hours | people | length | starts | last
_days: daily | weekly | other_day | monthly | dates

hours: [_FROM] TIME [_TO TIME [NEXT_DAY]]
people: NUMBER [_TO NUMBER] _PEOPLE
length: LENGTH
starts: _FROM DATE [_TO DATE]
last: _UNTIL DATE
closure: [_FROM] DATE [(_TO | _UNTIL) DATE]

daily: _DAILY | _EVERY [apart] _DAY
weekly: weekdays | _EVERY [apart] _WEEK weekdays | _WEEKLY weekdays
      | (_EVERY _FORTNIGHT | _FORTNIGHTLY) weekdays -> fortnightly
other_day: _EVERY OTHER weekdays | _EVERY nths weekdays
monthly: [_EVERY] nths [weekdays] _OF_MONTH
       | _EVERY [apart] _MONTH nths [weekdays]
       | _MONTHLY nths [weekdays]
dates: DATE+

apart: OTHER | NUMBER | ORDINAL
weekdays: ([_EVERY] _weekday)+
_weekday: WEEKDAY_TO_WEEKDAY | WEEKDAY | WEEKDAYS
nths: (ORDINAL | LAST | LAST_DAY)+

DATE.9: /(?:{_A_DATE})\\b/
TIME.8: /(?:{_A_TIME})\\b/
LENGTH.7: /(?:{_A_LENGTH})\\b/
ORDINAL.6: /(?:[0-9]{{1,2}}(?:st|nd|rd|th)|{"|".join(ORDINALS)})\\b/
NUMBER.5: /(?:[0-9]{{1,3}}|{_A_NUMBER})\\b/
NEXT_DAY.4: /next day\\b/
LAST_DAY.4: /last day\\b/
LAST.3: /last\\b/
OTHER: /other\\b/
WEEKDAY_TO_WEEKDAY.5: /(?:from )?(?:{_A_WEEKDAY})s? ?(?:-|to\\b) ?(?:{_A_WEEKDAY})s?\\b/
WEEKDAYS.4: /(?:weekdays?|weekends?)\\b/
WEEKDAY.3: /(?:{_A_WEEKDAY})s?\\b/
_OF_MONTH.4: /of (?:the|each|every|a) month\\b/
_PEOPLE: /(?:people|persons?)(?: on (?:each|every) shift| (?:each|per) shift)?\\b/
_EVERY: /(?:every|each)\\b/
_DAILY.4: /(?:daily|everyday)\\b/
_WEEKLY.4: /weekly\\b/
_FORTNIGHTLY.4: /fortnightly\\b/
_MONTHLY.4: /monthly\\b/
_DAY: /days?\\b/
_WEEK: /weeks?\\b/
_FORTNIGHT: /fortnight\\b/
_MONTH.4: /months?\\b/
_FROM: /(?:from|starting|beginning)\\b/
_TO.2: /-|to\\b|(?:until|till)(?= (?:{_A_TIME}))/
_UNTIL.1: /(?:until|till)\\b/

%ignore /[ ,&@]+|[.](?![^ ])/
%ignore /(?:and|at|on|the|for|with|closed)\\b/
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that was said. `kind` is its rule in the grammar, `words` its own, `inner` those of the rules in it."""

    kind: str
    words: tuple[str, ...]
    inner: Mapping[str, tuple[str, ...]]


def parts(text: str, start: str) -> tuple[Part, ...] | None:
    """Return the parts of `when` or `closed`, as they came; None for words that do not go together so."""
    from lark import UnexpectedInput  # noqa: PLC0415  As in `_reader`.

    try:
        found = _reader().parse(text, start=start)
    except UnexpectedInput:
        return None
    return tuple(_part(tree) for tree in _trees(found))


def kinds(text: str) -> frozenset[str] | None:
    """Return what kinds of words these are, by their names in the grammar; None when one of them is not there."""
    from lark import UnexpectedInput  # noqa: PLC0415  As in `_reader`.

    try:
        return frozenset(token.type for token in _reader().lex(text))
    except UnexpectedInput:
        return None


@cache
def _reader() -> "Lark":
    # Takes half a second to load and to work out, and most commands say nothing of when.
    from lark import Lark  # noqa: PLC0415

    return Lark(GRAMMAR, parser="lalr", lexer="basic", start=["when", "closed"], maybe_placeholders=False)


def _part(tree: "Tree[Token]") -> Part:
    inner = {str(each.data): _words(each) for each in _trees(tree)}
    return Part(kind=str(tree.data), words=_words(tree), inner=inner)


def _trees(tree: "Tree[Token]") -> "list[Tree[Token]]":
    return [child for child in tree.children if not isinstance(child, str)]


def _words(tree: "Tree[Token]") -> tuple[str, ...]:
    return tuple(str(child) for child in tree.children if isinstance(child, str))
