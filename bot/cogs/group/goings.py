"""What becomes of groups: the bot comes in and says how things are set up, goes and forgets, moves with the group.

Worlds tell of it again after a crash; each method does at once all that is left to do, and the second time nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress

from whenever import Instant, TimeDelta

from bot.cogs.group.telling import Telling
from bot.domain.group import GroupWays
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Message
from bot.domain.saying import Say
from bot.ports.groups import GroupBelongings, GroupShelf, InvitationShelf, Parting, Uses
from bot.ports.keeping import AlreadyKept, Ledger, Outbox
from bot.ports.timing import Clock

HELLO_LASTS = TimeDelta(hours=24)


class Goings:
    """Implements the port `Groups`. `partings` are the features that must hear of someone who left."""

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        ledger: Ledger,
        shelf: GroupShelf,
        invitations: InvitationShelf,
        belongings: GroupBelongings,
        uses: Uses,
        outbox: Outbox,
        partings: Sequence[Parting],
        telling: Telling,
        clock: Clock,
    ) -> None:
        self._ledger = ledger
        self._shelf = shelf
        self._invitations = invitations
        self._belongings = belongings
        self._uses = uses
        self._outbox = outbox
        self._partings = partings
        self._telling = telling
        self._clock = clock

    async def invited(self, place: PlaceId, inviter: PersonId) -> None:
        """Keep who invited the bot, before it goes there."""
        async with self._ledger.transaction():
            await self._invitations.invite(place, inviter, self._clock.now())

    async def invitations(self, world: str) -> Mapping[PlaceId, PersonId]:
        """Return the invitations that are not dealt with."""
        async with self._ledger.transaction():
            return await self._invitations.invited(world)

    async def entered(self, place: PlaceId, group: GroupId, hello: Say | None, *, there: bool) -> None:
        """Say hello in the place, and tell the inviter, if they are `there`, how a new group is set up."""
        async with self._ledger.transaction():
            taken = await self._invitations.take(place)
            if taken is None:
                return
            inviter, at = taken
            key = f"entered:{place}:{at.timestamp(unit='millisecond')}"
            if hello is not None:
                await self._say(key, group, place, hello)
            if there and PlaceId(group) == place:
                said = self._telling.set_up(group, await self._shelf.own(group), rooms_to_come=hello is None)
                await self._say(f"{key}:inviter", group, inviter, said)

    async def turned_away(self, place: PlaceId) -> None:
        """Let go of an invitation that came to nothing."""
        async with self._ledger.transaction():
            await self._invitations.take(place)

    async def homes(self, world: str) -> Mapping[PlaceId, GroupId]:
        """Return the rooms of groups that have several, as they were last settled."""
        async with self._ledger.transaction():
            return await self._belongings.homes(world)

    async def settle(self, world: str, homes: Mapping[PlaceId, GroupId]) -> Collection[PlaceId]:
        """Let everything belong to the group that its room is in now; return places that are in none."""
        async with self._ledger.transaction():
            for group in await self._belongings.known(world):
                home = homes.get(PlaceId(group), group)
                if home != group:
                    await self._belongings.move(group, home)
            for group, places in (await self._belongings.known(world)).items():
                for place in sorted(places):
                    await self._bring_home(place, group, homes.get(place, group))
            several = {place: group for place, group in homes.items() if PlaceId(group) != place}
            await self._belongings.house(world, several)
            known = await self._belongings.known(world)
        named = {place for group, places in known.items() for place in (PlaceId(group), *places)}
        return named - homes.keys()

    async def upgraded(self, old: PlaceId, new: PlaceId) -> None:
        """Let a room's successor take its place."""
        async with self._ledger.transaction():
            await self._invitations.take(new)
            await self._belongings.rename(old, new)
            await self._belongings.move(GroupId(old), GroupId(new))

    async def shut_out(self, place: PlaceId, to: Sequence[PersonId | PlaceId], said: Say) -> None:
        """Say once to each that the bot could not follow to a room's successor."""
        with suppress(AlreadyKept):
            async with self._ledger.transaction():
                for each in to:
                    await self._say(f"shut-out:{place}:{each.mark}", GroupId(place), each, said)

    async def known(self, world: str) -> Collection[GroupId]:
        """Return every group of a world that anything is kept of."""
        async with self._ledger.transaction():
            return tuple(await self._belongings.known(world))

    async def gone(self, place: PlaceId) -> None:
        """Let go of all that is kept of a place, and of the group that it is."""
        async with self._ledger.transaction():
            await self._belongings.forget(GroupId(place), self._clock.now())
            await self._belongings.forget_place(place)

    async def let_go_of_unused(self, now: Instant) -> None:
        """Let go of all that is kept of groups that use nothing any more; inside a transaction."""
        for group in await self._uses.unused(now):
            await self._belongings.forget(group, now)

    async def people(self, group: GroupId) -> frozenset[PersonId]:
        """Return everybody of whom anything is kept in the group."""
        async with self._ledger.transaction():
            return await self._belongings.people(group)

    async def left(self, group: GroupId, person: PersonId) -> None:
        """Let go of what is kept of someone who left, as if they had ended it all themselves."""
        async with self._ledger.transaction():
            now = self._clock.now()
            for parting in self._partings:
                await parting.without(group, person, now)
            await self._belongings.part(group, person, now)

    async def _bring_home(self, place: PlaceId, group: GroupId, home: GroupId) -> None:
        """Let what is bound to a place go where the place is now, where things are as they were."""
        if home == group:
            return
        await self._belongings.carry(place, group, home)
        if await self._shelf.own(home) == GroupWays():
            await self._shelf.keep(home, await self._shelf.own(group))

    async def _say(self, key: str, group: GroupId, to: PersonId | PlaceId, said: Say) -> None:
        now = self._clock.now()
        message = Message(key=key, group=group, to=to, say=said, not_before=now, expires_at=now + HELLO_LASTS)
        await self._outbox.put(message)
