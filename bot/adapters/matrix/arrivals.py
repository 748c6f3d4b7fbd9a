"""Comings and goings: invitations taken up, a few words on entering a group, a nudge when someone came in."""

from collections.abc import Callable, Iterable
from typing import Any, TypeGuard

from nio import AsyncClient, Event, RoomMemberEvent

from bot.adapters.matrix.company import Company
from bot.adapters.matrix.directs import Directs
from bot.adapters.matrix.meetings import Meetings
from bot.adapters.matrix.rendering import Rendering
from bot.adapters.matrix.speaking import Speaking
from bot.adapters.matrix.trust import Trust
from bot.adapters.matrix.wire import reaching, settled
from bot.domain.saying import Say, line
from bot.ports.chat import ChatError
from bot.ports.journal import Journal

TRIES = 5


class Arrivals:
    """Deals with who comes and goes, the bot among them."""

    def __init__(  # noqa: PLR0913  The world hands in everything by name.
        self,
        *,
        client: AsyncClient,
        company: Company,
        directs: Directs,
        meetings: Meetings,
        speaking: Speaking,
        rendering: Rendering,
        trust: Trust,
        journal: Journal,
        nudge: Callable[[], None],
    ) -> None:
        self._client = client
        self._company = company
        self._directs = directs
        self._meetings = meetings
        self._speaking = speaking
        self._rendering = rendering
        self._trust = trust
        self._journal = journal
        self._nudge = nudge
        self._invited: dict[str, tuple[str | None, int]] = {}

    def invited(self, room_id: str, events: list[Any]) -> None:
        """Take note of an invitation. The inviter's own coming in is among its events, and is not one."""
        if any(_is_making(event, self._client.user_id) for event in events) and not self._directs.keeps(room_id):
            return  # A meeting it has left: that is the people's own, and it is not to come back.
        for event in events:
            content = event.get("content", {})
            if event.get("state_key") == self._client.user_id and content.get("membership") == "invite":
                direct = event.get("sender") if content.get("is_direct") is True else None
                self._invited[room_id] = (direct, TRIES)

    async def take_up(self) -> None:
        """Go where the bot was invited; what cannot be reached now is tried again with the next news."""
        for room_id, (direct, tries) in list(self._invited.items()):
            try:
                await self._join(room_id, direct)
            except ChatError as error:
                self._journal.note("not-joined", why=error.kind)
                if not error.permanent and tries > 1:
                    self._invited[room_id] = (direct, tries - 1)
                    continue
            del self._invited[room_id]

    async def changed(self, room_id: str, event: Event) -> None:
        """Deal with one event about who is in a room."""
        if _went(event):
            self._trust.let_go()
            if self._meetings.is_meeting(room_id):
                self._nudge()
        if not _came_in(event):
            return
        if event.state_key == self._client.user_id:
            await self._greet(room_id, event.event_id)
        elif self._meetings.is_meeting(room_id) or self._directs.is_direct(room_id):
            self._nudge()

    def told_of(self, room_id: str, events: Iterable[Any]) -> bool:
        """Take note of a room the bot made itself; return False for one it has left, whose news are late."""
        if any(_is_making(event, self._client.user_id) for event in events):
            self._directs.own(room_id)
        return not self._meetings.is_over(room_id)

    def seen(self, room_id: str) -> None:
        """Take note that all news of a room were taken in."""
        self._directs.seen(room_id)
        self._speaking.arrived(room_id)

    def gone(self, room_id: str) -> None:
        """Let go of a room the bot is no longer in, put out or not."""
        if self._client.rooms.pop(room_id, None) is not None:
            self._journal.note("left-room")
        self._speaking.gone(room_id)

    async def _join(self, room_id: str, direct: str | None) -> None:
        with reaching():
            settled(await self._client.join(room_id))
        if direct is not None:
            await self._directs.remember(direct, room_id)

    async def _greet(self, room_id: str, event_id: str) -> None:
        if not self._company.is_group(room_id):
            return
        rendered = self._rendering.of(_HELLO, lambda person: person.native, private=False)
        try:
            await self._speaking.send(room_id, rendered, f"hello:{event_id}")
        except ChatError as error:
            self._journal.note("hello-not-said", why=error.kind)


_HELLO = Say(lines=(line("matrix-hello"), line("matrix-hello-how"), line("matrix-hello-reads")))


def _is_making(event: Any, me: str) -> bool:  # noqa: ANN401  As the server wrote it.
    return isinstance(event, dict) and event.get("type") == "m.room.create" and event.get("sender") == me


def _went(event: Event) -> bool:
    """Whether somebody left, or did not take an invitation."""
    return isinstance(event, RoomMemberEvent) and event.membership in {"leave", "ban"}


def _came_in(event: Event) -> TypeGuard[RoomMemberEvent]:
    return isinstance(event, RoomMemberEvent) and event.membership == "join" and event.prev_membership != "join"
