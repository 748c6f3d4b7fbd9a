"""What a button does, told in its `custom_id`, so that it works after any restart and for whoever presses it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self
from urllib.parse import parse_qsl

from bot.domain.ids import GroupId
from bot.domain.saying import Choice

# https://discord.com/developers/docs/components/reference#anatomy-of-a-component
LONGEST = 100
MARK = "a?"
# What stands between names and values. All else is written as it is, for there is little room.
_ESCAPED = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "%&=+"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A command with its options, and the group it is for: a button in a direct message tells no server."""

    group: GroupId
    command: str
    options: Mapping[str, str]

    @classmethod
    def of(cls, group: GroupId, choice: Choice) -> Self:
        """Return what choosing it does."""
        return cls(group=group, command=choice.command, options=choice.options)

    @property
    def custom_id(self) -> str | None:
        """The deed as a `custom_id`; None when it is too long for one."""
        pairs = ((f"{int(self.group.native):x}", self.command), *self.options.items())
        written = MARK + "&".join(f"{_written(name)}={_written(value)}" for name, value in pairs)
        return written if len(written) <= LONGEST else None

    @classmethod
    def read(cls, custom_id: str, world: str) -> Self | None:
        """Read one of this world's; None for what is none of ours, or was written in another way."""
        if not custom_id.startswith(MARK):
            return None
        pairs = parse_qsl(custom_id.removeprefix(MARK), keep_blank_values=True)
        try:
            (native, command), *options = pairs
            group = GroupId.of(world, str(int(native, 16)))
        except ValueError:
            return None
        return cls(group=group, command=command, options=MappingProxyType(dict(options)))


def _written(text: str) -> str:
    return text.translate(_ESCAPED)
