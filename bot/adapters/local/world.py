"""The local room as a world: what the core needs of it, and the web server that shows it on this machine alone.

Everything is in memory. Saying a thing again with the same key does nothing.
"""

import asyncio
import socket
from collections.abc import Callable, Sequence

from aiohttp import web
from whenever import Instant

from bot.adapters.local.clock import MovableClock
from bot.adapters.local.deeds import Deeds
from bot.adapters.local.door import TOKEN, Door
from bot.adapters.local.gathering import Gathering
from bot.adapters.local.markup import Markup
from bot.adapters.local.menu import Menu
from bot.adapters.local.pages import Pages
from bot.adapters.local.said import Said
from bot.adapters.local.site import Site
from bot.domain.firststep import Stay
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Line, Say, line
from bot.ports.answering import Answering
from bot.ports.chat import Attendance, Posted
from bot.ports.words import LocaleOf, Words

HOST = "127.0.0.1"
DEFAULT_ZONE = "Europe/London"
# How long a stream may take to let go when the room stops, in seconds.
GOODBYE = 2.0


class LocalWorld:
    """A group of a few people, each played in a browser by whoever has the address; `zone` is an IANA name."""

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        name: str,
        words: Words,
        answering: Answering,
        clock: MovableClock,
        nudge: Callable[[], None],
        locale_of: LocaleOf,
        people: Sequence[str] = ("Ash", "Bea", "Cai"),
        zone: str = DEFAULT_ZONE,
    ) -> None:
        named = {PersonId.of(name, person.casefold()): person for person in people}
        self._gathering = Gathering(people=named, room=PlaceId.of(name, "room"), clock=clock)
        self._markup = Markup(words=words, names=named)
        self._locale_of = locale_of
        self._clock = clock
        menu = Menu(commands=lambda: answering.commands(name), markup=self._markup)
        self._pages = Pages(gathering=self._gathering, markup=self._markup, menu=menu, zone=zone)
        self._deeds = Deeds(
            gathering=self._gathering,
            answering=answering,
            clock=clock,
            nudge=nudge,
            zone=zone,
            in_its_language=self._in_its_language,
        )
        # What was said, by its key.
        self._done: dict[str, Posted] = {}
        self._runner: web.AppRunner | None = None
        self._stopped = asyncio.Event()

    def called(self, person: PersonId, _group: GroupId) -> str:
        """Return the person's name."""
        return self._markup.text(person)

    def meant(self, text: str, _group: GroupId) -> PersonId | None:
        """Return the person of that name."""
        return self._markup.named(text)

    def group_called(self, _group: GroupId) -> None:
        """Return nothing: there is one group, and it is this one."""

    async def is_here(self, person: PersonId, _group: GroupId) -> bool:
        """Return whether the person is one of those who are played here."""
        return person in self._gathering.people

    async def tell(
        self,
        person: PersonId,
        say: Say,
        key: str,
        _group: GroupId,
        _via: str | None = None,
        _since: Instant | None = None,
    ) -> Posted:
        """Say it in the person's own talk. Raises `ChatError` for somebody who is not here."""
        if key not in self._done:
            await self._in_its_language()
            self._done[key] = _posted(self._gathering.tell(person, say))
        return self._done[key]

    async def post(self, place: PlaceId, say: Say, key: str, _since: Instant | None = None) -> Posted:
        """Say it in the group's room or in a meeting room. Raises `ChatError` for any other place."""
        if key not in self._done:
            await self._in_its_language()
            is_room, gathering = place == self._gathering.room, self._gathering
            self._done[key] = _posted(gathering.post(say) if is_room else gathering.post_meeting(place, say))
        return self._done[key]

    async def unsay(self, to: PersonId | PlaceId, messages: Sequence[str], _key: str) -> None:
        """Take it off the page; what is said in a meeting room goes with the room."""
        numbers = frozenset(map(int, messages))
        if isinstance(to, PersonId):
            self._gathering.untell(to, numbers)
        elif to == self._gathering.room:
            self._gathering.unpost(numbers)

    async def open(self, people: Sequence[PersonId], key: str, _group: GroupId) -> PlaceId:
        """Open a meeting room with those people in it. Raises `ChatError` for somebody who is not here."""
        return self._gathering.open(people, key)

    async def find(self, key: str, _group: GroupId) -> PlaceId | None:
        """Return the meeting room that was opened for a key, if it is still there."""
        return self._gathering.found(key)

    async def readers(self, _place: PlaceId) -> tuple[Line, ...]:
        """Return nobody: whoever has the address reads everything, and `about` tells it."""
        return ()

    async def lacking(self, _place: PlaceId) -> tuple[Line, ...]:
        """Return nothing."""
        return ()

    async def meeting_readers(self, _group: GroupId, *, direct: bool) -> tuple[Line, ...]:
        """Return whose machine it is, wherever two meet: each is played in the same page."""
        del direct
        return (line("local-meeting-readers"),)

    async def stay(self, person: PersonId, _group: GroupId) -> Stay:
        """Return that everybody is here since the room was made."""
        return self._gathering.stay(person)

    async def attendance(self, place: PlaceId, _people: Sequence[PersonId] = ()) -> Attendance:
        """Return who is in a meeting room, and who left. Raises `ChatError` when it is gone."""
        meeting = self._gathering.meeting(place)
        here = frozenset(meeting.present)
        return Attendance(here=here, gone=frozenset(meeting.people) - here)

    async def leave(self, key: str, _group: GroupId, *, closing: bool) -> None:
        """Take the bot out of a meeting room; `closing` also sends everybody out and lets go of what was said."""
        place = self._gathering.found(key)
        if place is not None and closing:
            self._gathering.close(place)
        elif place is not None:
            self._gathering.bot_leaves(place)

    async def let_out(self, key: str, _group: GroupId, person: PersonId) -> None:
        """Let one person out of a meeting room."""
        place = self._gathering.found(key)
        if place is not None:
            self._gathering.person_leaves(place, person)

    async def _in_its_language(self) -> None:
        self._markup.locale = await self._locale_of(self._deeds.group)

    async def serve(self, port: int) -> str:
        """Listen on this machine alone and return the address to open, with its token; port 0 picks a free one.

        Raises `OSError` when the port is taken.
        """
        await self._in_its_language()
        listening = socket.create_server((HOST, port))
        door = Door(port=listening.getsockname()[1])
        self._runner = web.AppRunner(self._site(door).app(), access_log=None, shutdown_timeout=GOODBYE)
        await self._runner.setup()
        await web.SockSite(self._runner, listening).start()
        return f"http://{HOST}:{door.port}/?{TOKEN}={door.token}"

    def _site(self, door: Door) -> Site:
        return Site(
            door=door,
            gathering=self._gathering,
            pages=self._pages,
            markup=self._markup,
            clock=self._clock,
            deeds=self._deeds.by_path,
        )

    async def run(self) -> None:
        """Return once the room has been stopped."""
        await self._stopped.wait()

    async def stop(self) -> None:
        """Let every page go and stop listening."""
        self._gathering.feed.end()
        self._stopped.set()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


def _posted(said: Said) -> Posted:
    return Posted(messages=(str(said.number),))
