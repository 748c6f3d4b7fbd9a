"""Where nothing is to be known afterwards of who was forgotten."""

from whenever import Instant

from bot.domain.ids import GroupId, PersonId
from bot.ports.groups import Tombstones


class NoTombstones(Tombstones):
    """Lays none."""

    async def lay(self, group: GroupId, person: PersonId | None, now: Instant) -> None:
        pass
