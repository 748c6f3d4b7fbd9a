"""What a button does, told in its `custom_id`, so that it works after any restart and for whoever presses it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self
from urllib.parse import parse_qsl, urlencode

from bot.domain.ids import GroupId
from bot.domain.saying import Choice

# https://discord.com/developers/docs/components/reference#anatomy-of-a-component
LONGEST = 100
MARK = "alongside?"
_ABOUT = 2


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
        written = MARK + urlencode([("group", self.group.native), ("does", self.command), *self.options.items()])
        return written if len(written) <= LONGEST else None

    @classmethod
    def read(cls, custom_id: str, world: str) -> Self | None:
        """Read one of this world's; None for what is none of ours."""
        pairs = parse_qsl(custom_id.removeprefix(MARK), keep_blank_values=True)
        if not custom_id.startswith(MARK) or [name for name, _ in pairs[:_ABOUT]] != ["group", "does"]:
            return None
        (_, native), (_, command) = pairs[:_ABOUT]
        return cls(group=GroupId.of(world, native), command=command, options=MappingProxyType(dict(pairs[_ABOUT:])))
