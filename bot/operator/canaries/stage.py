"""What a life needs of a kind of world: a bot there, as a process, and people who do all that people can."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Protocol, TypeAlias

from bot.domain.commands import Command

# Puts a text into the world in one way.
Way: TypeAlias = Callable[[str], Awaitable[None]]
# Does something that holds no text of its own.
Act: TypeAlias = Callable[[], Awaitable[None]]


class Stage(Protocol):
    """One kind of world, with several groups on it where it can have several. Whoever does something is picked anew."""

    @property
    def kind(self) -> str:
        """The kind, as the settings call it."""

    @property
    def folder(self) -> Path:
        """Where everything is that the bot could write into: its data, its logs, its temporary and working folders."""

    @property
    def database(self) -> Path:
        """The bot's SQLite file."""

    @property
    def asked(self) -> int:
        """How often something was put to the bot that it answers, whatever it makes of it."""

    @property
    def answered(self) -> int:
        """How often the bot answered, as far as it was heard: a life without a bot must not pass for one."""

    @property
    def types_lines(self) -> bool:
        """Whether lines that are typed reach the bot."""

    @property
    def ways(self) -> Mapping[str, Way]:
        """Every way to put a text there, other than a command: talk, names, files, edits, what no app would send."""

    @property
    def acts(self) -> Mapping[str, Act]:
        """What else happens: choices pressed, crashes, lost replies, a full disk, time that goes by."""

    async def begin(self) -> None:
        """Start the bot; the first time, people and groups come."""

    async def see_to(self) -> None:
        """Start the bot again when it ended by itself, as whatever runs it would."""

    async def fall(self) -> None:
        """Kill the bot, so that all lies as it was that moment."""

    async def listen(self) -> None:
        """Hear what the bot answered until now; wait a while for what is still to come. Raises `Lost`."""

    async def use(self, command: Command, options: Mapping[str, str]) -> None:
        """Use a command with options apart, as the world does it: by form, as a slash command, as a line."""

    async def type(self, line: str) -> None:
        """Type a line to the bot."""

    async def rest(self) -> None:
        """Let every group end what was kept for it, and let so much time go by that all that ends by itself is over."""

    async def end(self) -> None:
        """End the bot as an operator does, and let go of everything but the folder."""


class Lost(Exception):  # noqa: N818  Bad luck that was wanted.
    """The bot is not there to be told anything just now."""
