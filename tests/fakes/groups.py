"""Groups' ways, invitations, and what a world tells of its groups, in dicts."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from whenever import Instant

from bot.domain.group import GroupWays
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Say
from bot.ports.chat import ChatError
from bot.ports.groups import Groups, GroupShelf, Uses

Post = Callable[[PlaceId, Say, str], Awaitable[object]]


@dataclass
class FakeGroupShelf(GroupShelf):
    """Each group's ways."""

    kept: dict[GroupId, GroupWays] = field(default_factory=dict)

    async def own(self, group: GroupId) -> GroupWays:
        return self.kept.get(group, GroupWays())

    async def keep(self, group: GroupId, ways: GroupWays) -> None:
        self.kept[group] = ways


class FakeUses(Uses):
    """Notes nothing, and knows of no group that is not used."""

    async def used(self, group: GroupId, now: Instant) -> None: ...

    async def unused(self, _now: Instant, /) -> Sequence[GroupId]:
        return ()


@dataclass
class FakeGroups(Groups):
    """Remembers what it was told and keeps nothing of groups; hello is said through `post`, as a house would say it."""

    inviters: dict[PlaceId, PersonId] = field(default_factory=dict)
    rooms: dict[PlaceId, GroupId] = field(default_factory=dict)
    gone_from: list[PlaceId] = field(default_factory=list)
    moved: list[tuple[PlaceId, PlaceId]] = field(default_factory=list)
    parted: list[tuple[GroupId, PersonId]] = field(default_factory=list)
    post: Post | None = None

    async def invited(self, place: PlaceId, inviter: PersonId) -> None:
        self.inviters[place] = inviter

    async def invitations(self, world: str) -> Mapping[PlaceId, PersonId]:
        return {place: inviter for place, inviter in self.inviters.items() if place.world == world}

    async def entered(self, place: PlaceId, group: GroupId, hello: Say | None, *, there: bool) -> None:  # noqa: ARG002
        if self.inviters.pop(place, None) and hello is not None and self.post is not None:
            with suppress(ChatError):
                await self.post(place, hello, f"hello:{place}")

    async def turned_away(self, place: PlaceId) -> None:
        self.inviters.pop(place, None)

    async def homes(self, world: str) -> Mapping[PlaceId, GroupId]:
        return {place: group for place, group in self.rooms.items() if place.world == world}

    async def known(self, world: str) -> Collection[GroupId]:
        return tuple(group for group in self.rooms.values() if group.world == world)

    async def settle(self, world: str, homes: Mapping[PlaceId, GroupId]) -> Collection[PlaceId]:  # noqa: ARG002
        self.rooms = {place: group for place, group in homes.items() if PlaceId(group) != place}
        return ()

    async def upgraded(self, old: PlaceId, new: PlaceId) -> None:
        self.moved.append((old, new))

    async def shut_out(self, place: PlaceId, to: Sequence[PersonId | PlaceId], said: Say) -> None:
        raise NotImplementedError

    async def gone(self, place: PlaceId) -> None:
        self.gone_from.append(place)

    async def people(self, group: GroupId) -> frozenset[PersonId]:  # noqa: ARG002
        return frozenset()

    async def left(self, group: GroupId, person: PersonId) -> None:
        self.parted.append((group, person))
