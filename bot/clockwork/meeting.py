"""One meeting, as far as it can be brought just now: the room, who is there, the card, and what comes after it.

Each step may be done again: the key finds the room, and the card's key shows it once. What comes after, the bot's
going among it, is put out in the transaction that ends the meeting, so that nothing is left half done.
"""

from collections.abc import Sequence
from dataclasses import replace

from whenever import Instant

from bot.domain.ids import PlaceId
from bot.domain.meetings import ROOM_IS_MINDED, called_off, departure, missed
from bot.domain.outgoing import Departure, Meeting, Sending
from bot.ports.chat import Attendance, World


def ends_at(sending: Sending) -> Instant:
    """Return when to let it go, done or not."""
    return sending.expires_at + ROOM_IS_MINDED if isinstance(sending, Meeting) else sending.expires_at


async def met(world: World, meeting: Meeting, now: Instant) -> Sequence[Sending] | None:
    """Bring the people together; return what comes after it, or None while somebody is still on the way.

    Past its time no room is made any more, but two who are in theirs are not put out. Raises `ChatError`.
    """
    late = meeting.expires_at <= now
    key, group = meeting.key, meeting.group
    place = await (world.find(key, group) if late else world.open(meeting.people, key, group))
    if place is None:
        return list(missed(meeting, now))
    attendance = await world.attendance(place, meeting.people)
    if attendance.here >= set(meeting.people):
        return [await _begun(world, meeting, place, now)]
    return called_off(meeting, now) if late or _is_hopeless(meeting, attendance) else None


async def depart(world: World, going: Departure) -> None:
    """Take the bot out of its room. Raises `ChatError`."""
    await world.leave(going.room, going.group, closing=going.closing)


async def _begun(world: World, meeting: Meeting, place: PlaceId, now: Instant) -> Sending:
    await world.post(place, meeting.card.then(*await world.readers(place)), meeting.key)
    if meeting.stays is None:
        return departure(meeting, now, closing=False)
    return replace(departure(meeting, now + meeting.stays, closing=True), place=place)


def _is_hopeless(meeting: Meeting, attendance: Attendance) -> bool:
    return not attendance.gone.isdisjoint(meeting.people)
