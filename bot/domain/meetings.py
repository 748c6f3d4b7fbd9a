"""What follows when a meeting begins or does not: the bot's going from its room, and a word to each of the people."""

from collections.abc import Sequence

from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId
from bot.domain.outgoing import Departure, Meeting, Message, Sending

MISSED_LIVES = TimeDelta(hours=1)
# A room is looked after for so long when the world is away: after its time, it is closed, or left to those in it.
ROOM_IS_MINDED = TimeDelta(hours=24 * 7)


def called_off(meeting: Meeting, now: Instant) -> Sequence[Sending]:
    """Return what follows when they do not meet: the room is closed, and all hear the same, whoever did not come."""
    return [departure(meeting, now, closing=True), *missed(meeting, now)]


def missed(meeting: Meeting, now: Instant) -> Sequence[Message]:
    """Return what each of them hears; none of it is told hours late."""
    return [
        Message(
            key=f"{meeting.key}:missed:{person.mark}",
            group=meeting.group,
            to=person,
            say=meeting.missed,
            not_before=now,
            expires_at=meeting.expires_at + MISSED_LIVES,
        )
        for person in meeting.people
    ]


def departure(meeting: Meeting, now: Instant, *, closing: bool) -> Departure:
    """Return the bot's going from the meeting's room; `closing` also puts everybody else out."""
    return going(meeting.key, meeting.group, now, closing=closing)


def going(room: str, group: GroupId, now: Instant, *, closing: bool) -> Departure:
    """Return the bot's going from the room that was opened for the meeting of that key, as in `departure`."""
    return Departure(
        key=f"{room}:left",
        group=group,
        room=room,
        closing=closing,
        not_before=now,
        expires_at=now + ROOM_IS_MINDED,
    )
