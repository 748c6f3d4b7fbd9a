"""The page as HTML, and each change to it as one instruction: add to an element, put in its place, or drop it.

The same forms make both, so what comes in live looks like what was there at the start.
"""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from markupsafe import Markup as Html
from whenever import Instant

from bot.adapters.local.changes import Added, Change, Closed, Left, Opened, Turned, Unsaid
from bot.adapters.local.gathering import Gathering
from bot.adapters.local.markup import Markup, joined
from bot.adapters.local.menu import Menu
from bot.adapters.local.said import MeetingRoom, Said
from bot.adapters.local.speech import Speech, element_of
from bot.domain.ids import PersonId, PlaceId
from bot.domain.saying import line

# What the page's script does: `do` is add, put or drop; `at` the id of the element; `html` what goes in.
Instruction: TypeAlias = dict[str, str]


class Pages:
    """Renders the gathering for a view: the people whose columns it shows."""

    def __init__(self, *, gathering: Gathering, markup: Markup, menu: Menu, zone: str) -> None:
        self._gathering = gathering
        self._markup = markup
        self._menu = menu
        self._zone = zone
        self._speech = Speech(markup=markup, zone=zone)

    def page(self, view: Sequence[PersonId], now: Instant) -> Html:
        """Return the whole page as it stands at `now`."""
        only = view[0] if len(view) == 1 else None
        stream = f"/stream?after={self._gathering.feed.newest}" + (f"&as={only.native}" if only else "")
        return self._markup.pour(
            "page",
            locale=self._markup.locale,
            title=line("local-title"),
            what=line("local-what", people=tuple(self._gathering.people)),
            begin=line("local-begin"),
            still=line("local-still"),
            lost=line("local-lost"),
            skip=line("local-skip"),
            limits=line("local-limits"),
            stream=stream,
            clock=self._clock(now),
            count=str(len(view)),
            people=joined(self._person(person) for person in view),
            room=self._room(view),
            views_label=line("local-views"),
            views=self._views(only),
        )

    def instructions(self, change: Change) -> Sequence[Instruction]:
        """Return what a page that shows the change's viewer has to do."""
        match change:
            case Added(viewer=viewer, place=place, said=said):
                meeting, log = None if viewer is None else place, _log_id(viewer, place)
                return [{"do": "add", "at": log, "html": self._speech.html(said, viewer, log, meeting)}]
            case Unsaid(viewer=viewer, place=place, number=number):
                return [{"do": "drop", "at": element_of(_log_id(viewer, place), number), "html": ""}]
            case Opened(viewer=viewer, meeting=meeting):
                html = self._meeting(meeting, viewer, said=())
                return [{"do": "add", "at": f"{viewer.native}-meetings", "html": html}]
            case Closed(viewer=viewer, place=place):
                return [{"do": "drop", "at": _panel_id(viewer, place), "html": ""}]
            case Left(viewer=viewer, place=place):
                html = self._way_out(viewer, place)
                return [{"do": "put", "at": f"{_panel_id(viewer, place)}-out", "html": html}]
            case Turned(now=now):
                return [self.clock_says(now)]

    def clock_says(self, now: Instant) -> Instruction:
        """Return the instruction that sets the time shown."""
        return {"do": "put", "at": "clock-now", "html": self._markup.pour("plain", text=self._now(now))}

    def sentence(self, sentence: Html | str) -> Html:
        """Return a page of one sentence and the way back, for browsers without scripts."""
        return self._markup.pour(
            "sentence",
            locale=self._markup.locale,
            title=line("local-title"),
            sentence=sentence,
            back=line("local-back"),
        )

    def _now(self, now: Instant) -> str:
        return self._markup.text(line("local-clock-now", now=now.to_tz(self._zone)))

    def _clock(self, now: Instant) -> Html:
        return self._markup.pour(
            "clock",
            heading=line("local-clock"),
            now=self._now(now),
            hour=line("local-clock-hour"),
            morning=line("local-clock-morning"),
            by=line("local-clock-by"),
            example=line("local-clock-example"),
            go=line("local-clock-go"),
        )

    def _person(self, person: PersonId) -> Html:
        return self._markup.pour(
            "person",
            id=person.native,
            name=person,
            talk=line("local-talk", person=person),
            empty=line("local-talk-empty"),
            said=self._said(self._gathering.talks[person], person, _log_id(person, None)),
            type=line("local-type", person=person),
            send=line("local-send"),
            send_as=line("local-send-as", person=person),
            menu=line("local-menu"),
            menu_how=line("local-menu-how"),
            commands=self._menu.html(person),
            meetings=joined(
                self._meeting(meeting, person, said=meeting.log) for meeting in self._gathering.meetings(person)
            ),
        )

    def _room(self, view: Sequence[PersonId]) -> Html:
        return self._markup.pour(
            "room",
            heading=line("local-room"),
            log=line("local-room-log"),
            empty=line("local-room-empty"),
            said=self._said(self._gathering.room_log, None, _log_id(None, None)),
            who=line("local-room-who"),
            people=joined(self._markup.pour("choose", value=person.native, text=person) for person in view),
            type=line("local-room-type"),
            send=line("local-send"),
            send_to=line("local-send-to-room"),
            hint=line("local-room-hint"),
        )

    def _meeting(self, meeting: MeetingRoom, person: PersonId, *, said: Iterable[Said]) -> Html:
        return self._markup.pour(
            "meeting",
            id=_panel_id(person, meeting.place),
            person=person.native,
            place=meeting.place.native,
            heading=line("local-meeting", people=meeting.people),
            private=line("local-meeting-private", people=meeting.people),
            log=line("local-meeting-log", people=meeting.people),
            said=self._said(said, person, _log_id(person, meeting.place), meeting.place),
            type=line("local-meeting-type", person=person),
            send=line("local-send"),
            send_as=line("local-send-as", person=person),
            out=Html() if meeting.bot_is_in else self._way_out(person, meeting.place),
        )

    def _way_out(self, person: PersonId, place: PlaceId) -> Html:
        """Return the way out of a room that the bot has left. As long as it is in it, one goes by telling it."""
        return self._markup.pour("way-out", person=person.native, place=place.native, leave=line("local-meeting-leave"))

    def _said(self, said: Iterable[Said], reader: PersonId | None, log: str, meeting: PlaceId | None = None) -> Html:
        return joined(self._speech.html(one, reader, log, meeting) for one in said)

    def _views(self, only: PersonId | None) -> Html:
        everyone = self._markup.pour("view" if only else "view-here", href="/", text=line("local-view-all"))
        people = [
            self._markup.pour(
                "view-here" if person == only else "view",
                href=f"/as/{person.native}",
                text=line("local-view-one", person=person),
            )
            for person in self._gathering.people
        ]
        return joined([everyone, *people])


def _panel_id(person: PersonId, place: PlaceId) -> str:
    return f"{place.native}-{person.native}"


def _log_id(viewer: PersonId | None, place: PlaceId | None) -> str:
    if viewer is None:
        return "room-log"
    return f"{viewer.native}-talk" if place is None else f"{_panel_id(viewer, place)}-log"
