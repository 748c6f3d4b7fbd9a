"""Reactions to what the bot said in a direct chat, and reactions taken back.

A reaction travels in clear, also in an encrypted room; only in a direct chat does it answer anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from nio import ReactionEvent, RedactionEvent

from bot.adapters.matrix.answers import Answers
from bot.adapters.matrix.company import Company
from bot.adapters.matrix.feeding import Happening
from bot.adapters.matrix.forward import Sealed
from bot.adapters.matrix.trust import Trust
from bot.domain.commands import Picking, TakingBack
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.ports.answering import Reacting as Port


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted:
    """A reaction: `key` is what it shows, `target` the message it stands under."""

    room_id: str
    event_id: str
    sender: str
    target: str
    key: str
    sealed: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """Something taken back: `target` is the event that is gone, a reaction perhaps."""

    room_id: str
    event_id: str
    sender: str
    target: str
    sealed: Sealed | None = None


Reaction: TypeAlias = Reacted | TakenBack


def reaction_in(happening: Happening) -> Reaction | None:
    """Return the reaction that an event is, or the taking back that it may be; None for any other."""
    event = happening.event
    if isinstance(event, ReactionEvent):
        return Reacted(
            room_id=happening.room_id,
            event_id=event.event_id,
            sender=event.sender,
            target=event.reacts_to,
            key=event.key,
            sealed=happening.sealed,
        )
    if isinstance(event, RedactionEvent) and (target := _redacted(event)):
        return TakenBack(
            room_id=happening.room_id,
            event_id=event.event_id,
            sender=event.sender,
            target=target,
            sealed=happening.sealed,
        )
    return None


class Reacting:
    """Puts reactions to the switchboard and sends the answer to the one who reacted."""

    def __init__(self, *, world: str, company: Company, answers: Answers, trust: Trust, answering: Port) -> None:
        self._world = world
        self._company = company
        self._answers = answers
        self._trust = trust
        self._answering = answering

    async def take(self, reaction: Reaction) -> None:
        """Answer one, in private; what it does not mean to the bot is let go without a word."""
        person = PersonId.of(self._world, reaction.sender)
        key = f"{self._world}:{reaction.event_id}"
        groups, nowhere = self._company.groups_of(reaction.sender), GroupId.of(self._world, reaction.room_id)
        places = {group: {"here": PlaceId(group)} for group in (*groups, nowhere)}
        # Reactions go in clear, so no device vouches for one.
        strict = frozenset(await self._trust.strict_among(groups))
        unvouched = strict | {nowhere} if strict else strict
        match reaction:
            case Reacted():
                reply = await self._answering.picked(
                    Picking(
                        key=key,
                        message=f"{self._world}:{reaction.target}",
                        text=reaction.key,
                        person=person,
                        groups=places,
                        unvouched=unvouched,
                    )
                )
            case TakenBack():
                reply = await self._answering.taken_back(
                    TakingBack(
                        key=key,
                        reaction=f"{self._world}:{reaction.target}",
                        person=person,
                        groups=places,
                        unvouched=unvouched,
                    )
                )
        if reply is not None:
            await self._answers.answer(person, reply.say, key, reply.group)


def _redacted(event: RedactionEvent) -> str:
    """Return what is taken back; from room version 11 on, it stands in the content."""
    content: Mapping[str, Any] = event.source.get("content") or {}
    target = event.redacts or content.get("redacts")
    return target if isinstance(target, str) else ""
