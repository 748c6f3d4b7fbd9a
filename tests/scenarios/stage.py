"""A world as the people in it know it: they type, they read, they pick from what is offered, time goes by."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from whenever import TimeDelta

ASH, BEA, CAI = "Ash", "Bea", "Cai"
PEOPLE = (ASH, BEA, CAI)


class Stage(Protocol):
    """Three people in one group with the bot."""

    async def types(self, who: str, text: str) -> None:
        """Let a person type to the bot in private."""

    async def sends(self, who: str, name: str, content: bytes) -> None:
        """Let a person send a file to the bot in private, as the answer to what it asked."""

    async def says(self, who: str, text: str) -> None:
        """Let a person type in the group's room."""

    async def picks(self, who: str, label: str) -> None:
        """Let a person pick what is labelled so in the last message that offered it."""

    async def reads(self, who: str, words: str) -> str:
        """Return the newest message from the bot to a person that holds those words; wait for it, or fail."""

    async def no_longer_reads(self, who: str, words: str) -> None:
        """Wait until no message from the bot to a person holds those words any more, or fail."""

    async def files(self, who: str) -> Mapping[str, bytes]:
        """Return what is in the files that the bot last handed to a person, by name; wait for them, or fail."""

    async def sees(self, words: str) -> str:
        """Return the newest message of the bot in the group's room that holds those words; wait for it, or fail."""

    async def meets(self, *people: str) -> str:
        """Let the people come into the room that opened for them; return the card they read there."""

    async def talks(self, who: str, to: str, text: str) -> None:
        """Let one say something in the meeting room, and the other read it."""

    async def leaves(self, who: str) -> None:
        """Let a person leave the group."""

    async def goes_by(self, time: TimeDelta) -> None:
        """Let time go by, for the bot."""

    async def everything_read(self, who: str) -> Sequence[str]:
        """Return all that the bot said to a person in private so far, and did not take away again."""

    async def settled(self) -> None:
        """Wait until the bot has nothing more to do for now."""

    async def rows(self) -> dict[str, int]:
        """Return how many rows each table holds."""
