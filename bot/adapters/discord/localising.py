"""Commands in each of Discord's languages that there are words for: descriptions, and names where there are any.

A name stands beside its sentence, as the attribute `slash`. One that Discord would not take, or that two have in the
same place, is left as it is everywhere else: for one such name Discord would refuse all commands.
https://discord.com/developers/docs/interactions/application-commands#localization
"""

import re
from collections.abc import Mapping, Sequence

import discord
from discord import app_commands
from discord.app_commands import TranslationContextTypes, locale_str

from bot.adapters.discord.fitting import cut
from bot.domain.saying import Line
from bot.ports.words import Words

# https://discord.com/developers/docs/interactions/application-commands#application-command-object
LONGEST_DESCRIPTION = 100
# https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
_NAME = re.compile(r"[-_'\w\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{1,32}")

_LINE, _BESIDE = "line", "beside"


def described(words: Words, line: Line, locale: str) -> locale_str:
    """Return a description, which can be given in other languages too."""
    return locale_str(_text(words, line, locale), **{_LINE: line})


def named(name: str, beside: Mapping[str, str]) -> locale_str:
    """Return a name that can be another in other languages; `beside` are all names in this place, with their sentences.

    A sentence is named by its id.
    """
    return locale_str(name, **{_BESIDE: beside})


class Translating(app_commands.Translator):
    """Gives Discord what there is in each of its languages."""

    def __init__(self, words: Words, locales: Sequence[str]) -> None:
        self._words = words
        self._locales = locales

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: TranslationContextTypes
    ) -> str | None:
        """Return it in that language, or None where there are no words for it."""
        del context
        if locale.value not in self._locales:
            return None
        if (beside := string.extras.get(_BESIDE)) is not None:
            return self._name(string.message, beside, locale.value)
        line = string.extras.get(_LINE)
        return _text(self._words, line, locale.value) if line else None

    def _name(self, name: str, beside: Mapping[str, str], locale: str) -> str | None:
        taken = {self._own(id_, locale) or each for each, id_ in beside.items() if each != name}
        own = self._own(beside[name], locale)
        return None if own in taken else own

    def _own(self, id_: str, locale: str) -> str | None:
        """Return the name in that language, if there is one and Discord takes it."""
        try:
            name = "".join(map(str, self._words.spans(Line(id=f"{id_}.slash"), locale)))
        except LookupError:
            return None
        return name if _NAME.fullmatch(name) and name == name.lower() else None


def _text(words: Words, line: Line, locale: str) -> str:
    return cut("".join(str(span) for span in words.spans(line, locale)), LONGEST_DESCRIPTION)
