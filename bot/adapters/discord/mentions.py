"""Commands as Discord links them: what a sentence calls “sit pause” is `</sit pause:7>`, which can be pressed.

https://discord.com/developers/docs/reference#message-formatting
"""

import re
from collections.abc import Mapping, Sequence

from bot.adapters.discord.slash import typed_as
from bot.domain.commands import Command

# Sentences put what can be typed between these; what is put there twice is still one.
OPEN, CLOSE = "“", "”"
_QUOTED = re.compile(f"{OPEN}+([^{OPEN}{CLOSE}]+){CLOSE}+")


class Mentions:
    """Knows every command by what it is called in the house. `ids` are Discord's own, by the first word, once known."""

    def __init__(self, commands: Sequence[Command], ids: Mapping[str, int]) -> None:
        self._paths = typed_as(commands)
        self._longest_first = sorted(self._paths, key=len, reverse=True)
        self._ids = ids

    def linked(self, text: str) -> str:
        """Return a text whose quoted commands are links; what is quoted and no command stays."""
        return _QUOTED.sub(self._link, text)

    def typed(self, text: str) -> str:
        """Return a text whose quoted commands are as they are typed there, for where nothing can be a link."""
        return _QUOTED.sub(self._slash, text)

    def with_options(self, name: str, options: Mapping[str, str]) -> str:
        """Return a command with its options as they are typed."""
        given = (f"{option}: {value}" for option, value in options.items())
        return " ".join((f"/{self._paths.get(name, name)}", *given))

    def _found(self, words: str) -> tuple[str, str] | None:
        """Return the path of the command that the words begin with, and the rest of them."""
        name = next((name for name in self._longest_first if words == name or words.startswith(f"{name} ")), None)
        return None if name is None else (self._paths[name], words[len(name) :])

    def _link(self, quoted: re.Match[str]) -> str:
        found = self._found(quoted[1])
        if found is None:
            return quoted[0]
        path, rest = found
        id_ = self._ids.get(path.partition(" ")[0])
        return (f"`/{path}`" if id_ is None else f"</{path}:{id_}>") + rest

    def _slash(self, quoted: re.Match[str]) -> str:
        found = self._found(quoted[1])
        return quoted[0] if found is None else f"/{''.join(found)}"
