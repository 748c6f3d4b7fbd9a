"""Comings and goings: invitations taken up, a few words on entering a group, a nudge when someone came in.

Who invited the bot is kept before it goes there, and until it has said who it is: a crash between loses neither.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from nio import AsyncClient, Event, RoomMemberEvent
from whenever import TimeDelta

from bot.adapters.matrix.company import Company, has_joined
from bot.adapters.matrix.directs import Directs
from bot.adapters.matrix.layout import Layout
from bot.adapters.matrix.meetings import Meetings
from bot.adapters.matrix.rendering import Rendering
from bot.adapters.matrix.speaking import Speaking
from bot.adapters.matrix.stays import Stays
from bot.adapters.matrix.trust import Trust
from bot.adapters.matrix.upheavals import Upheavals
from bot.adapters.matrix.wire import Wire, reaching, route, settled
from bot.domain.ids import PersonId, PlaceId
from bot.domain.pace import Pace, Paces
from bot.domain.saying import Say, line
from bot.ports.chat import ChatError
from bot.ports.groups import Groups
from bot.ports.journal import Journal
from bot.ports.timing import Clock

TRIES = 5
MOST_ROOMS_AN_HOUR = 20
AN_HOUR = TimeDelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Invitation:
    """What is known of one: whose it is, whether to a direct chat, and how often to try yet."""

    inviter: str
    direct: bool = False
    tries: int = TRIES


class Arrivals:
    """Deals with who comes and goes, the bot among them."""

    def __init__(  # noqa: PLR0913  The world hands in everything by name.
        self,
        *,
        client: AsyncClient,
        wire: Wire,
        world: str,
        company: Company,
        layout: Layout,
        directs: Directs,
        meetings: Meetings,
        speaking: Speaking,
        rendering: Rendering,
        trust: Trust,
        stays: Stays,
        upheavals: Upheavals,
        groups: Groups,
        clock: Clock,
        journal: Journal,
        nudge: Callable[[], None],
    ) -> None:
        self._client = client
        self._wire = wire
        self._world = world
        self._company = company
        self._layout = layout
        self._directs = directs
        self._meetings = meetings
        self._speaking = speaking
        self._rendering = rendering
        self._trust = trust
        self._stays = stays
        self._upheavals = upheavals
        self._groups = groups
        self._clock = clock
        self._journal = journal
        self._nudge = nudge
        self._invited: dict[str, _Invitation] = {}
        self._to_greet: dict[str, str] | None = None
        self._paces = Paces(most=MOST_ROOMS_AN_HOUR, window=AN_HOUR)

    def invited(self, room_id: str, events: list[Any]) -> None:
        """Take note of an invitation. The inviter's own coming in is among its events, and is not one."""
        if any(_is_making(event, self._client.user_id) for event in events) and not self._directs.keeps(room_id):
            return  # A meeting it has left: that is the people's own, and it is not to come back.
        for event in events:
            content = event.get("content", {})
            if event.get("state_key") == self._client.user_id and content.get("membership") == "invite":
                direct = content.get("is_direct") is True
                self._invited[room_id] = _Invitation(inviter=str(event.get("sender")), direct=direct)

    def noticed(self, room_id: str, events: Sequence[Any]) -> None:
        """Take note of a room's news, as the server wrote them."""
        self._upheavals.noticed(room_id, events)

    async def take_up(self) -> None:
        """Go where the bot was invited, say hello where it came in, and let groups change as their rooms did."""
        if self._to_greet is None:
            await self._recall()
        await self._upheavals.deal()
        for room_id, invitation in list(self._invited.items()):
            await self._take_up(room_id, invitation)
        for room_id, inviter in list((self._to_greet or {}).items()):
            if self._layout.knows(room_id) and room_id in self._client.rooms:
                await self._greet(room_id, inviter)

    async def changed(self, room_id: str, event: Event) -> None:
        """Deal with one event about who is in a room."""
        if _went(event):
            self._stays.forget(room_id, event.state_key)
            self._trust.let_go(self._clock.now())
            if self._meetings.is_meeting(room_id):
                self._nudge()
        if not _came_in(event) or event.state_key == self._client.user_id:
            return
        if self._meetings.is_meeting(room_id) or self._directs.is_direct(room_id):
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
        apart = self._meetings.is_meeting(room_id) or self._directs.is_direct(room_id)
        if self._client.rooms.pop(room_id, None) is not None:
            self._journal.note("left-room")
        self._speaking.gone(room_id)
        # An invitation stays: put out and invited again meanwhile, the bot hears of both in one answer.
        if self._to_greet is not None:
            self._to_greet.pop(room_id, None)
        if not apart:
            self._upheavals.gone(room_id)

    async def _recall(self) -> None:
        """Remember who invited the bot before it was started anew."""
        kept = await self._groups.invitations(self._world)
        self._to_greet = {place.native: inviter.native for place, inviter in kept.items()}
        for room_id, inviter in self._to_greet.items():
            if room_id not in self._client.rooms:
                self._invited.setdefault(room_id, _Invitation(inviter=inviter))

    async def _take_up(self, room_id: str, invitation: _Invitation) -> None:
        """Go there; what cannot be reached now is tried again with the next news."""
        inviter = PersonId.of(self._world, invitation.inviter)
        try:
            if invitation.tries == TRIES and self._paces.of(inviter, self._clock.now()) is not Pace.FINE:
                await self._decline(room_id)
            else:
                await self._join(room_id, invitation)
        except ChatError as error:
            self._journal.note("not-joined", why=error.kind)
            if not error.permanent and invitation.tries > 1:
                self._invited[room_id] = replace(invitation, tries=invitation.tries - 1)
                return
            await self._turned_away(room_id)
        self._invited.pop(room_id, None)

    async def _join(self, room_id: str, invitation: _Invitation) -> None:
        if invitation.direct:
            await self._directs.remember(invitation.inviter, room_id)
        elif self._to_greet is not None:
            place = PlaceId.of(self._world, room_id)
            # Invited again after being put out while it was away: what was kept of the room ends with that.
            await self._groups.gone(place)
            self._upheavals.begins_anew(room_id)
            await self._groups.invited(place, PersonId.of(self._world, invitation.inviter))
            self._to_greet[room_id] = invitation.inviter
        with reaching():
            settled(await self._client.join(room_id))

    async def _decline(self, room_id: str) -> None:
        """Stay out of one room too many, and say why where the server shows it."""
        self._journal.note("invitation-declined")
        reason = self._rendering.title(line("matrix-too-many-rooms", most=MOST_ROOMS_AN_HOUR))
        await self._wire.ask("POST", route("rooms", room_id, "leave"), {"reason": reason})

    async def _turned_away(self, room_id: str) -> None:
        if self._to_greet is not None and self._to_greet.pop(room_id, None) is not None:
            await self._groups.turned_away(PlaceId.of(self._world, room_id))

    async def _greet(self, room_id: str, inviter: str) -> None:
        """Say who the bot is, and let the inviter know how the group is set up, if they are still there."""
        room, place = self._client.rooms[room_id], PlaceId.of(self._world, room_id)
        if self._company.is_group(room_id) or self._company.is_space(room_id):
            hello = _HELLO if self._company.is_group(room_id) else None
            there = has_joined(room, inviter)
            await self._groups.entered(place, self._company.group_of(room_id), hello, there=there)
        else:
            await self._groups.turned_away(place)
        if self._to_greet is not None:
            self._to_greet.pop(room_id, None)


_HELLO = Say(lines=(line("matrix-hello"), line("matrix-hello-how"), line("matrix-hello-reads")))


def _is_making(event: Any, me: str) -> bool:  # noqa: ANN401  As the server wrote it.
    return isinstance(event, dict) and event.get("type") == "m.room.create" and event.get("sender") == me


def _went(event: Event) -> TypeGuard[RoomMemberEvent]:
    """Whether somebody left, or did not take an invitation."""
    return isinstance(event, RoomMemberEvent) and event.membership in {"leave", "ban"}


def _came_in(event: Event) -> TypeGuard[RoomMemberEvent]:
    return isinstance(event, RoomMemberEvent) and event.membership == "join" and event.prev_membership != "join"
