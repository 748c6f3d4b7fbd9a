"""One meeting, as far as it can be brought just now: the room, who is there, the card.

Each step may be done again: the key finds the room, and the card's key shows it once. What comes after, the bot's
going among it, is put out in the transaction that ends the meeting, so that nothing is left half done.
"""

from dataclasses import dataclass
from typing import TypeAlias

from whenever import Instant

from bot.domain.ids import PersonId, PlaceId
from bot.domain.meetings import ROOM_IS_MINDED
from bot.domain.outgoing import Departure, Meeting, Sending
from bot.ports.chat import World

# Fewer are no company.
_COMPANY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """They are together, and have read the card."""

    place: PlaceId
    here: frozenset[PersonId]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledOff:
    """They will not meet."""


# None while somebody is still on the way.
Outcome: TypeAlias = Begun | CalledOff | None


def ends_at(sending: Sending) -> Instant:
    """Return when to let it go, done or not."""
    return sending.expires_at + ROOM_IS_MINDED if isinstance(sending, Meeting) else sending.expires_at


async def met(world: World, meeting: Meeting, now: Instant) -> Outcome:
    """Bring the people together. Raises `ChatError`.

    Past its time no room is made any more, but those who are in theirs are not put out. Of several, who does not come
    keeps nobody else from it.
    """
    late = meeting.expires_at <= now
    key, group = meeting.key, meeting.group
    place = await (world.find(key, group) if late else world.open(meeting.people, key, group))
    if place is None:
        return CalledOff()
    attendance = await world.attendance(place, meeting.people)
    to_come = set() if late else set(meeting.people) - attendance.here - attendance.gone
    if len(attendance.here) + len(to_come) < _COMPANY:
        return CalledOff()
    if to_come:
        return None
    await world.post(place, meeting.card.then(*await world.readers(place)), meeting.key)
    return Begun(place=place, here=attendance.here)


async def depart(world: World, going: Departure) -> None:
    """Take the bot, or one of the people, out of its room. Raises `ChatError`."""
    if going.only is None:
        await world.leave(going.room, going.group, closing=going.closing)
    else:
        await world.let_out(going.room, going.group, going.only)
