"""What is kept of groups as such: their own ways, who invited the bot, and what becomes of them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from whenever import Instant

from bot.domain.group import GroupWays
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Say


class GroupShelf(Protocol):
    """Each group's own ways; inside a transaction."""

    async def own(self, group: GroupId) -> GroupWays:
        """Return what the group itself has set."""

    async def keep(self, group: GroupId, ways: GroupWays) -> None:
        """Keep it in place of what was there."""


class Uses(Protocol):
    """When groups last used anything, so that what nobody uses any more has an end."""

    async def used(self, group: GroupId, now: Instant) -> None:
        """Note that the group used something. A transaction of its own."""

    async def unused(self, now: Instant) -> Sequence[GroupId]:
        """Return the groups that used nothing for so long that all of theirs is to go; inside a transaction."""


class Verifying(Protocol):
    """Which devices a group lets have keys. Opens a transaction of its own."""

    async def verified_only(self, group: GroupId) -> bool:
        """Return whether keys go only to devices that their owners verified."""


class Choosing(Protocol):
    """Which channel a group has chosen. Opens a transaction of its own."""

    async def channel(self, group: GroupId) -> PlaceId | None:
        """Return the channel that private rooms are made under, or None."""


class InvitationShelf(Protocol):
    """Invitations until they are dealt with; inside a transaction."""

    async def invite(self, place: PlaceId, inviter: PersonId, at: Instant) -> None:
        """Keep who invited the bot; a later invitation to the same place takes the earlier one's stead."""

    async def invited(self, world: str) -> Mapping[PlaceId, PersonId]:
        """Return every invitation of a world that is not dealt with."""

    async def take(self, place: PlaceId) -> tuple[PersonId, Instant] | None:
        """Let go of an invitation; return whose it was and since when, or None."""


class Belongings(Protocol):
    """Everything that is kept of a group, whichever table it is in; inside a transaction."""

    async def known(self, world: str) -> Mapping[GroupId, frozenset[PlaceId]]:
        """Return every group of a world that anything is kept of, with the places named in it."""

    async def people(self, group: GroupId) -> frozenset[PersonId]:
        """Return everybody of whom anything is kept in the group."""

    async def part(self, group: GroupId, person: PersonId, now: Instant) -> None:
        """Let go of what is kept of one person in one group; what others are still to hear names them no more."""

    async def forget(self, group: GroupId, now: Instant) -> None:
        """Let go of all of it."""

    async def forget_place(self, place: PlaceId) -> None:
        """Let go of whatever is bound to a place, in any group."""


class Tombstones(Protocol):
    """That somebody was forgotten, and not who, so that nothing brings them back; inside a transaction."""

    async def lay(self, group: GroupId, person: PersonId | None, now: Instant) -> None:
        """Keep that a person was forgotten in a group, or, when it is None, that the whole group was."""


class Removals(Protocol):
    """What is kept of a group, going over to another; inside a transaction."""

    async def rename(self, old: PlaceId, new: PlaceId) -> None:
        """Put the new place wherever the old one stands."""

    async def move(self, old: GroupId, new: GroupId) -> None:
        """Give all of one group to another; where both have the same thing, the other's stands."""

    async def carry(self, place: PlaceId, old: GroupId, new: GroupId) -> None:
        """Give what is bound to one place of a group to another group."""

    async def homes(self, world: str) -> Mapping[PlaceId, GroupId]:
        """Return the rooms of groups that have several."""

    async def house(self, world: str, homes: Mapping[PlaceId, GroupId]) -> None:
        """Keep these as all the rooms of groups that have several."""


class GroupBelongings(Belongings, Removals, Protocol):
    """All of it."""


class Parting(Protocol):
    """A feature that must do something when a person leaves a group; inside a transaction."""

    async def without(self, group: GroupId, person: PersonId, now: Instant) -> None:
        """End what hangs on the person as if they had ended it themselves."""


class Invited(Protocol):
    """A world's invitations. Each method is a transaction of its own."""

    async def invited(self, place: PlaceId, inviter: PersonId) -> None:
        """Keep who invited the bot, before it goes there."""

    async def invitations(self, world: str) -> Mapping[PlaceId, PersonId]:
        """Return the invitations that are not dealt with."""

    async def entered(self, place: PlaceId, group: GroupId, hello: Say | None, *, there: bool) -> None:
        """Say hello in the place, and tell the inviter, if they are `there`, how a new group is set up; done once.

        A `hello` of None is for a place where nobody would read it, as in a space that only holds rooms.
        """

    async def turned_away(self, place: PlaceId) -> None:
        """Let go of an invitation that came to nothing."""


class Gatherings(Protocol):
    """What becomes of a world's groups. Each method is a transaction of its own, and harmless when done again."""

    async def homes(self, world: str) -> Mapping[PlaceId, GroupId]:
        """Return the rooms of groups that have several, as they were last settled."""

    async def settle(self, world: str, homes: Mapping[PlaceId, GroupId]) -> Collection[PlaceId]:
        """Let everything belong to the group that its room is in now; return places that are in none."""

    async def upgraded(self, old: PlaceId, new: PlaceId) -> None:
        """Let a room's successor take its place."""

    async def shut_out(self, place: PlaceId, to: Sequence[PersonId | PlaceId], said: Say) -> None:
        """Say once to each that the bot could not follow to a room's successor."""

    async def known(self, world: str) -> Collection[GroupId]:
        """Return every group of a world that anything is kept of."""

    async def gone(self, place: PlaceId) -> None:
        """Let go of all that is kept of a place, and of the group that it is."""


class Leaving(Protocol):
    """People who leave groups. Each method is a transaction of its own, and harmless when done again."""

    async def people(self, group: GroupId) -> frozenset[PersonId]:
        """Return everybody of whom anything is kept in the group."""

    async def left(self, group: GroupId, person: PersonId) -> None:
        """Let go of what is kept of someone who left."""


class Groups(Invited, Gatherings, Leaving, Protocol):
    """All of what a world tells of its groups."""
