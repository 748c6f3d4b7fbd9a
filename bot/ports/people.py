"""How things usually are, as whoever runs the bot set it for each world."""

from collections.abc import Callable
from typing import TypeAlias

from bot.domain.ids import GroupId
from bot.domain.people import Ways

UsualWays: TypeAlias = Callable[[GroupId], Ways]
