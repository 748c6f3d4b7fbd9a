"""Who is in the local room and what was said there, in memory alone; it is gone when the process ends.

What one person is told stands in that person's own log. Everything that changes names who may see it.
"""

import itertools
from collections import deque
from collections.abc import Container, Mapping, Sequence

from bot.adapters.local.changes import Added, Closed, Feed, Left, Opened, Unsaid
from bot.adapters.local.clock import MovableClock
from bot.adapters.local.said import MeetingRoom, Said, new_log
from bot.domain.firststep import Stay
from bot.domain.ids import PersonId, PlaceId
from bot.domain.saying import Line, Look, Say, line
from bot.ports.chat import ChatError


class Gathering:
    """The people, the group's room, the private talks with the bot, and the meeting rooms that are open."""

    def __init__(self, *, people: Mapping[PersonId, str], room: PlaceId, clock: MovableClock) -> None:
        self.people = people
        self.room = room
        self.feed = Feed()
        self.room_log = new_log()
        self.talks = {person: new_log() for person in people}
        self._clock = clock
        self._made_at = clock.now()
        self._numbers = itertools.count(1)
        self._meetings: dict[PlaceId, MeetingRoom] = {}
        self._opened: dict[str, PlaceId] = {}

    def stay(self, person: PersonId) -> Stay:
        """Return whether the person is one of those who are here, since the room was made."""
        return Stay(here=person in self.people, since=self._made_at, exact=True)

    def meetings(self, person: PersonId) -> Sequence[MeetingRoom]:
        """Return the meeting rooms that this person is in."""
        return [room for room in self._meetings.values() if person in room.present]

    def meeting(self, place: PlaceId) -> MeetingRoom:
        """Return an open meeting room. Raises `ChatError` when there is none at that place."""
        if place not in self._meetings:
            raise ChatError("room-gone", permanent=True)
        return self._meetings[place]

    def tell(self, person: PersonId, what: Say, by: PersonId | None = None) -> Said:
        """Put it in one person's private talk; `by` None means that the bot says it."""
        said = self._said(what, by)
        self._talk(person).append(said)
        self.feed.add(Added(viewer=person, place=None, said=said))
        return said

    def note(self, person: PersonId, what: Say | str) -> None:
        """Put what the person themselves did into their own private talk."""
        self.talks[person].append(said := self._said(what, person))
        self.feed.add(Added(viewer=person, place=None, said=said))

    def post(self, what: Say | str, by: PersonId | None = None) -> Said:
        """Put it in the group's room, for all to see."""
        self.room_log.append(said := self._said(what, by))
        self.feed.add(Added(viewer=None, place=self.room, said=said))
        return said

    def untell(self, person: PersonId, numbers: Container[int]) -> None:
        """Take what the bot said, by its number, out of one person's private talk; what is gone is passed over."""
        for number in _let_go(self._talk(person), numbers):
            self.feed.add(Unsaid(viewer=person, place=None, number=number))

    def unpost(self, numbers: Container[int]) -> None:
        """Take what the bot said, by its number, out of the group's room; what is gone is passed over."""
        for number in _let_go(self.room_log, numbers):
            self.feed.add(Unsaid(viewer=None, place=self.room, number=number))

    def post_meeting(self, place: PlaceId, what: Say | str, by: PersonId | None = None) -> Said:
        """Put it in a meeting room, for those who are in it. The bot can only speak before it left."""
        meeting = self.meeting(place)
        if by is None and not meeting.bot_is_in:
            raise ChatError("bot-has-left", permanent=True)
        return self._add(meeting, what, by)

    def open(self, people: Sequence[PersonId], key: str) -> PlaceId:
        """Open a meeting room and let the people in; the same key gives the same place."""
        if key in self._opened:
            return self._opened[key]
        if not people or not set(people) <= self.people.keys():
            raise ChatError("person-unknown", permanent=True)
        place = PlaceId.of(self.room.world, f"meeting-{len(self._opened) + 1}")
        self._opened[key] = place
        meeting = MeetingRoom(place=place, people=tuple(people), present=set(people))
        self._meetings[place] = meeting
        for person in people:
            self.feed.add(Opened(viewer=person, meeting=meeting))
            self.tell(person, _one(line("local-meeting-open", others=_others(meeting, person))))
        return place

    def found(self, key: str) -> PlaceId | None:
        """Return the meeting room that was opened for a key, if it is still there."""
        place = self._opened.get(key)
        return place if place in self._meetings else None

    def bot_leaves(self, place: PlaceId) -> None:
        """Take the bot out of a meeting room, and say so there; nothing happens the second time."""
        meeting = self._meetings.get(place)
        if meeting is not None and meeting.bot_is_in:
            self._add(meeting, _one(line("local-bot-left", Look.QUIET)), None)
            meeting.bot_is_in = False
            for person in meeting.present:
                self.feed.add(Left(viewer=person, place=place))

    def close(self, place: PlaceId) -> None:
        """Close a meeting room to everybody; nothing happens when it is gone."""
        meeting = self._meetings.pop(place, None)
        for person in meeting.people if meeting else ():
            if meeting and person in meeting.present:
                self._goes(meeting, person, "local-meeting-gone")

    def person_leaves(self, place: PlaceId, person: PersonId) -> None:
        """Let one person out of a meeting room; with the last of them the room is gone."""
        meeting = self.meeting(place)
        if person not in meeting.present:
            return
        meeting.present.discard(person)
        self._goes(meeting, person, "local-meeting-out" if meeting.present else "local-meeting-gone")
        self._add(meeting, _one(line("local-left", Look.QUIET, person=person)), None)
        if not meeting.present:
            del self._meetings[place]

    def _goes(self, meeting: MeetingRoom, person: PersonId, told: str) -> None:
        self.feed.add(Closed(viewer=person, place=meeting.place))
        self.tell(person, _one(line(told, others=_others(meeting, person))))

    def _talk(self, person: PersonId) -> deque[Said]:
        if person not in self.talks:
            raise ChatError("person-unknown", permanent=True)
        return self.talks[person]

    def _add(self, meeting: MeetingRoom, what: Say | str, by: PersonId | None) -> Said:
        meeting.log.append(said := self._said(what, by))
        for person in meeting.people:
            if person in meeting.present:
                self.feed.add(Added(viewer=person, place=meeting.place, said=said))
        return said

    def _said(self, what: Say | str, by: PersonId | None) -> Said:
        return Said(number=next(self._numbers), by=by, what=what, at=self._clock.now())


def _let_go(log: deque[Said], numbers: Container[int]) -> Sequence[int]:
    """Take what the bot said out of a log; return the numbers of what was there."""
    gone = [said for said in log if said.by is None and said.number in numbers]
    for said in gone:
        log.remove(said)
    return [said.number for said in gone]


def _others(meeting: MeetingRoom, person: PersonId) -> tuple[PersonId, ...]:
    return tuple(other for other in meeting.people if other != person)


def _one(only: Line) -> Say:
    return Say(lines=(only,))
