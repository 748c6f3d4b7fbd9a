"""Who and where: what a platform calls people and places, with the world's name in front.

An id is opaque to the core. It is never shown to people; a world turns it into a name or a mention.
"""

from hashlib import blake2s
from typing import Self


class _Id(str):
    """`<world>:<the platform's own id>`, so that ids of two worlds never meet."""

    __slots__ = ()

    @classmethod
    def of(cls, world: str, native: str) -> Self:
        """Join a world's name and the platform's own id; the world's name holds no colon."""
        return cls(f"{world}:{native}")

    @property
    def world(self) -> str:
        """The name of the world it belongs to, as the settings call it."""
        return self.partition(":")[0]

    @property
    def native(self) -> str:
        """What the platform itself calls it."""
        return self.partition(":")[2]

    @property
    def mark(self) -> str:
        """What stands for it in a key, which outlives what it was for: always the same, and not the id."""
        return blake2s(self.encode(), digest_size=8, person=b"mark").hexdigest()


class PersonId(_Id):
    """One person on one world."""

    __slots__ = ()


class GroupId(_Id):
    """One peer group: a server on Discord, a room or space on Matrix, the local room."""

    __slots__ = ()


class PlaceId(_Id):
    """Somewhere messages can be posted: a channel, a room."""

    __slots__ = ()
