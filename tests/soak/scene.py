"""What a soak needs of a platform: a server, the bot on it, people in groups, and ways for things to go wrong."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Protocol

from tests.soak.asking import Asking
from tests.soak.book import Book
from tests.soak.circle import Circle
from tests.soak.process import BotProcess
from tests.soak.sentences import Sentences
from tests.soak.steps import Step
from tests.soak.typing import Typist


@dataclass(frozen=True, slots=True, kw_only=True)
class Props:
    """What a scene is made with."""

    folder: Path
    book: Book
    sentences: Sentences
    asking: Asking
    random: Random


class Scene(Protocol):
    """One platform."""

    @property
    def steps(self) -> Sequence[Step]:
        """The moments at which the bot is killed."""

    @property
    def slow_needs(self) -> Collection[str]:
        """Those of the steps' needs that take long to come about."""

    @property
    def bot(self) -> BotProcess:
        """The bot's process."""

    @property
    def circles(self) -> Sequence[Circle]:
        """The groups there are."""

    @property
    def people(self) -> Sequence[Typist]:
        """Everybody there is by now."""

    async def open(self) -> None:
        """Start the server, and settle the bot on it."""

    async def gather(self, count: int) -> None:
        """Let so many people come, in groups, while the bot serves."""

    async def close(self) -> None:
        """Let everybody go, and stop the server; the bot has ended."""

    def bad_luck(self, *, on: bool) -> None:
        """Let things go wrong from now on, or no more."""

    async def prepare(self, needs: str, kills: int, *, alone: bool) -> None:
        """See to what a step needs, before the bot starts; `alone` leaves out what happens now and then anyway."""

    async def restart(self, how: str) -> None:
        """Let the server go and come back, if it is one that can: "ended" or "killed"."""

    async def rest(self) -> None:
        """Wait for what was begun besides."""

    async def look(self) -> None:
        """Write down in the book what is to be seen by now."""

    def story(self) -> Iterator[str]:
        """Give a line for each thing worth knowing of how it went."""

    def faults(self) -> Iterator[str]:
        """Give a line for each thing that went wrong with the scene as a whole."""
