"""What an option could be while it is typed: its kind tells, or its feature looks it up. Nothing is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.commands import Asked, Asking, Command, Option
from bot.domain.suggesting import MOST, SuggestingKind, Suggestion
from bot.domain.typed import LONGEST_LINE
from bot.ports.feature import Feature, Suggest, SuggestingFeature
from bot.ports.keeping import Ledger
from bot.switchboard.understanding import Understanding


class Suggesting:
    """Knows who suggests for which option."""

    def __init__(self, *, features: Sequence[Feature], understanding: Understanding, ledger: Ledger) -> None:
        self._commands = {command.name: command for feature in features for command in feature.answers}
        self._methods: Mapping[tuple[str, str], Suggest] = {
            names: method
            for feature in features
            if isinstance(feature, SuggestingFeature)
            for names, method in feature.suggestions.items()
        }
        self._understanding = understanding
        self._ledger = ledger

    async def of(self, asking: Asking, option: str, text: str) -> Sequence[Suggestion]:
        """Return what the words may come to be. Raises `Refused` when the others cannot be read."""
        command = self._commands.get(asking.command)
        wanted = command.option(option) if command else None
        if command is None or wanted is None or len(text) > LONGEST_LINE:
            return ()
        others = {name: words for name, words in asking.options.items() if name != option}
        so_far = replace(asking, options=others)
        async with self._ledger.transaction() as transaction:
            asked = await self._understanding.asked(command, so_far)
            found = await self._found(command, wanted, so_far, asked, text)
            if transaction.kept:
                raise RuntimeError(command.name)
        return found[:MOST]

    async def _found(
        self, command: Command, wanted: Option, asking: Asking, asked: Asked, text: str
    ) -> Sequence[Suggestion]:
        method = self._methods.get((command.name, wanted.name))
        if method is not None:
            return await method(asked, text)
        if isinstance(wanted.kind, SuggestingKind):
            return wanted.kind.suggest(text, await self._understanding.reading(command, asking))
        return ()
