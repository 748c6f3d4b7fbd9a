"""How people want things, as whoever runs the bot set it for each world, and what a change of it stirs."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TypeAlias

from whenever import Instant

from bot.domain.ids import GroupId, PersonId
from bot.domain.people import Ways
from bot.domain.saying import Line

UsualWays: TypeAlias = Callable[[GroupId], Ways]
# Within it a person's ways may change: what was due to them by the earlier ones is done first, and what will be due by
# the new ones is marked at its end.
Changing: TypeAlias = Callable[[GroupId, PersonId, Instant], AbstractAsyncContextManager[None]]
# What somebody told a feature about themselves there, as items; nothing when they told it nothing.
Shown: TypeAlias = Callable[[GroupId, PersonId, Instant], Awaitable[Sequence[Line]]]
