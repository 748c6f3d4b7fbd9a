"""What people wrote, and which of it is meant for the bot: in a group's room lines that start with `!`, else all.

Anything else is let go of here, unread. Nothing that is heard is logged or kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nio import Event, RoomMessageText

from bot.adapters.matrix.answers import Answers
from bot.adapters.matrix.company import Company
from bot.adapters.matrix.directs import Directs
from bot.adapters.matrix.feeding import Happening
from bot.adapters.matrix.forward import Sealed
from bot.adapters.matrix.trust import NOT_VERIFIED, Trust
from bot.domain.commands import Typed
from bot.domain.ids import GroupId, PersonId
from bot.domain.pace import Pace, Paces
from bot.domain.saying import Refused, Say
from bot.ports.answering import Answering
from bot.ports.timing import Clock

CALL = "!"
MOST_REFUSED_A_MINUTE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A line meant for the bot. `vouched` says that it came from a device that the sender vouches for."""

    room_id: str
    event_id: str
    sender: str
    device: str
    vouched: bool
    text: str
    private: bool
    sealed: Sealed | None = None


class Hearing:
    """Puts what was heard to the switchboard and sends the answer to the one who asked."""

    def __init__(  # noqa: PLR0913  The world hands in everything by name.
        self,
        *,
        world: str,
        locale: str,
        company: Company,
        directs: Directs,
        answers: Answers,
        trust: Trust,
        answering: Answering,
        clock: Clock,
    ) -> None:
        self._world = world
        self._locale = locale
        self._company = company
        self._directs = directs
        self._answers = answers
        self._trust = trust
        self._answering = answering
        self._clock = clock
        self._last_group: dict[str, GroupId] = {}
        self._told: set[tuple[str, str]] = set()
        self._refused = Paces(most=MOST_REFUSED_A_MINUTE)

    def heard(self, happening: Happening, me: str) -> Heard | None:
        """Return the line, or None when it is not meant for the bot."""
        room_id, event = happening.room_id, happening.event
        if not isinstance(event, RoomMessageText) or event.sender == me or _is_edit(_content(event)):
            return None
        text = _without_quote(event.body, _content(event)).strip()
        private = self._directs.is_direct(room_id)
        called = text.startswith(CALL)
        if not private and not (called and self._company.is_group(room_id)):
            return None
        words = text.removeprefix(CALL).strip() if called else text
        return Heard(
            room_id=room_id,
            event_id=event.event_id,
            sender=event.sender,
            device=str(event.sender_key),
            vouched=self._trust.is_vouched(room_id, event),
            text=words,
            private=private,
            sealed=happening.sealed,
        )

    async def hear(self, heard: Heard) -> None:
        """Answer one line, in private."""
        person = PersonId.of(self._world, heard.sender)
        if heard.private:
            self._directs.prefer(heard.sender, heard.room_id)
        answer = await self._answer(person, heard)
        if answer is not None:
            await self._answers.answer(person, answer, self._message_key(heard), GroupId.of(self._world, heard.room_id))

    def _message_key(self, heard: Heard) -> str:
        return f"{self._world}:{heard.event_id}:answer"

    async def _answer(self, person: PersonId, heard: Heard) -> Say | None:
        try:
            group = self._group(heard)
        except Refused as refused:
            fine = self._refused.of(person, self._clock.now()) is Pace.FINE
            return refused.say if fine else None
        if not await self._may_ask(person, group, heard):
            return None
        return await self._answering.hear(
            Typed(
                key=f"{self._world}:{heard.event_id}",
                text=heard.text,
                private=heard.private,
                person=person,
                group=group,
                places=self._company.places_of(group, None if heard.private else heard.room_id),
                locale=self._locale,
            )
        )

    async def _may_ask(self, person: PersonId, group: GroupId, heard: Heard) -> bool:
        """Whether the device will do for this group; where it will not do for each of theirs, the person is told."""
        if heard.vouched:
            return True
        strict = await self._trust.strict_among({group, *self._company.groups_of(heard.sender)})
        if strict and (heard.sender, heard.device) not in self._told:
            self._told.add((heard.sender, heard.device))
            key = f"{self._world}:{heard.sender}:{heard.device}:not-verified"
            await self._answers.answer(person, NOT_VERIFIED, key, group)
        return group not in strict

    def _group(self, heard: Heard) -> GroupId:
        """Return the group a line belongs to. In a direct chat it is the one where the person last typed."""
        if not heard.private:
            self._last_group[heard.sender] = self._company.group_of(heard.room_id)
            return self._last_group[heard.sender]
        groups = self._company.groups_of(heard.sender)
        if not groups:
            raise Refused("matrix-no-group")
        if len(groups) == 1:
            return groups[0]
        if (last := self._last_group.get(heard.sender)) not in groups:
            raise Refused("matrix-which-group")
        return last


def _content(event: Event) -> Mapping[str, Any]:
    content = event.source.get("content", {})
    return content if isinstance(content, dict) else {}


def _is_edit(content: Mapping[str, Any]) -> bool:
    relation = content.get("m.relates_to")
    return isinstance(relation, dict) and relation.get("rel_type") == "m.replace"


def _without_quote(body: str, content: Mapping[str, Any]) -> str:
    """Return what was written in a reply; some apps put the message that is replied to before it."""
    relation = content.get("m.relates_to")
    if not isinstance(relation, dict) or "m.in_reply_to" not in relation or not body.startswith("> "):
        return body
    lines = body.split("\n")
    own = next((index for index, each in enumerate(lines) if not each.startswith("> ")), len(lines))
    return "\n".join(lines[own:])
