"""Suggestions while an option is typed, in place and in time, in the language of the group.

Discord waits three seconds, and shows 25 at most, each of at most 100 characters.
https://discord.com/developers/docs/interactions/application-commands#autocomplete
"""

import asyncio
from collections.abc import Sequence

import discord
from discord.app_commands import Choice

from bot.adapters.discord.fitting import cut
from bot.adapters.discord.servers import places_of
from bot.domain.commands import Asking
from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Line
from bot.domain.suggesting import Suggestion
from bot.ports.answering import Suggesting
from bot.ports.journal import Journal
from bot.ports.words import LocaleOf, Words

MOST = 25
LONGEST = 100
NOTHING_AFTER_SECONDS = 2.0
# Every letter typed asks anew: while a store is slow, so many may wait for it at once.
MOST_WAITING = 20


class Suggestions:
    """Puts what is typed to the switchboard, and what it suggests back under it."""

    def __init__(
        self,
        *,
        world: str,
        answering: Suggesting,
        words: Words,
        locale_of: LocaleOf,
        journal: Journal,
        nothing_after_seconds: float = NOTHING_AFTER_SECONDS,
    ) -> None:
        self._world = world
        self._answering = answering
        self._words = words
        self._locale_of = locale_of
        self._journal = journal
        self._nothing_after_seconds = nothing_after_seconds
        self._waiting: set[asyncio.Task[list[Choice[str]]]] = set()

    async def suggested(
        self, interaction: discord.Interaction, command: str, option: str, text: str
    ) -> list[Choice[str]]:
        """Return what the option could be. Nothing in a direct message, where no group is meant, and nothing late."""
        if interaction.guild_id is None:
            return []
        group = GroupId.of(self._world, str(interaction.guild_id))
        asking = Asking(
            key=f"{self._world}:{interaction.id}",
            command=command,
            options=_others(interaction, option),
            person=PersonId.of(self._world, str(interaction.user.id)),
            group=group,
            places=places_of(self._world, interaction.guild, interaction.channel, None, {}),
        )
        if len(self._waiting) >= MOST_WAITING:
            return []
        return await self._in_time(asyncio.create_task(self._found(asking, option, text)))

    async def _in_time(self, finding: asyncio.Task[list[Choice[str]]]) -> list[Choice[str]]:
        """Return what is found, or nothing when it takes too long; then it goes on to its end all the same.

        To break off in the middle of a query would cost the store its connection.
        """
        self._waiting.add(finding)
        finding.add_done_callback(self._waiting.discard)
        await asyncio.wait({finding}, timeout=self._nothing_after_seconds)
        if finding.done():
            return finding.result()
        self._journal.note("suggested-too-late", world=self._world)
        return []

    async def _found(self, asking: Asking, option: str, text: str) -> list[Choice[str]]:
        found = await self._answering.suggest(asking, option, text)
        return self._choices(found, await self._locale_of(asking.group)) if found else []

    def _choices(self, found: Sequence[Suggestion], locale: str) -> list[Choice[str]]:
        """Return what fits, each value once: Discord refuses all of them for one that is too long, or empty."""
        labels: dict[str, str] = {}
        for one in found:
            if 0 < len(one.value) <= LONGEST:
                labels.setdefault(one.value, cut(self._text(one.label, locale), LONGEST))
        return [Choice(name=label, value=value) for value, label in labels.items() if label][:MOST]

    def _text(self, label: Line, locale: str) -> str:
        return "".join(str(span) for span in self._words.spans(label, locale) if not isinstance(span, PersonId)).strip()


def _others(interaction: discord.Interaction, option: str) -> dict[str, str]:
    """Return the words that the other options hold so far."""
    return {name: words for name, words in interaction.namespace if name != option and isinstance(words, str)}
