"""Commands in each of Discord's languages that there are words for: descriptions, and names where there are any.

A name stands beside its sentence, as the attribute `slash`; that of what an option can be, beside the option's, as
`slash-` and the word. One that Discord would not take, or that two have in the same place, is left as it is everywhere
else: for one such name Discord would refuse all commands.
https://discord.com/developers/docs/interactions/application-commands#localization
"""

import re
from collections.abc import Callable, Mapping, Sequence

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation, TranslationContextTypes, locale_str

from bot.adapters.discord.fitting import cut
from bot.domain.saying import Line
from bot.ports.words import Words

# https://discord.com/developers/docs/interactions/application-commands#application-command-object
LONGEST_DESCRIPTION = 100
# https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure
LONGEST_CHOICE = 100
# https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
_NAME = re.compile(r"[-_'\w\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{1,32}")

_LINE, _BESIDE = "line", "beside"
_OWN_NAME = "slash"


def described(words: Words, line: Line, locale: str) -> locale_str:
    """Return a description, which can be given in other languages too."""
    return locale_str(_text(words, line, locale), **{_LINE: line})


def named(name: str, beside: Mapping[str, str]) -> locale_str:
    """Return a name that can be another in other languages; `beside` are all names in this place, with their sentences.

    A sentence is named by its id.
    """
    return locale_str(name, **{_BESIDE: {each: f"{id_}.{_OWN_NAME}" for each, id_ in beside.items()}})


def chosen(choice: str, among: Sequence[str], id_: str) -> locale_str:
    """Return the name of what an option can be, `among` all that it can be; its sentence is named by its id."""
    return locale_str(choice, **{_BESIDE: {each: f"{id_}.{_OWN_NAME}-{each}" for each in among}})


class Translating(app_commands.Translator):
    """Gives Discord what there is in each of its languages."""

    def __init__(self, words: Words, locales: Sequence[str]) -> None:
        self._words = words
        self._locales = locales

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: TranslationContextTypes
    ) -> str | None:
        """Return it in that language, or None where there are no words for it."""
        if locale.value not in self._locales:
            return None
        if (beside := string.extras.get(_BESIDE)) is not None:
            fits = _fits_choice if context.location is TranslationContextLocation.choice_name else _fits_name
            return _alone(string.message, {each: self._own(id_, locale.value, fits) for each, id_ in beside.items()})
        line = string.extras.get(_LINE)
        return _text(self._words, line, locale.value) if line else None

    def _own(self, id_: str, locale: str, fits: Callable[[str], bool]) -> str | None:
        """Return the name in that language, if there is one and Discord takes it."""
        try:
            name = "".join(map(str, self._words.spans(Line(id=id_), locale)))
        except LookupError:
            return None
        return name if fits(name) else None


def _alone(name: str, beside: Mapping[str, str | None]) -> str | None:
    """Return what that name is in another language, unless another in its place is called so there."""
    taken = {own or each for each, own in beside.items() if each != name}
    return None if beside[name] in taken else beside[name]


def _fits_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and name == name.lower()


def _fits_choice(name: str) -> bool:
    return len(name.strip()) > 0 and len(name) <= LONGEST_CHOICE


def _text(words: Words, line: Line, locale: str) -> str:
    return cut("".join(str(span) for span in words.spans(line, locale)), LONGEST_DESCRIPTION)
