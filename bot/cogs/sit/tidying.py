"""Invitations that are over are taken away again, and "not now" closes one for whoever it was put to.

Of a "not now" nothing is kept: an ask that somebody closed for themselves and one that they let lie are the same.
"""

from collections.abc import Iterator

from whenever import TimeDelta

from bot.cogs.sit import messages
from bot.domain.commands import Asked
from bot.domain.ids import PersonId, PlaceId
from bot.domain.outgoing import Tidying
from bot.domain.saying import Say, say
from bot.domain.sit.ask import Ask
from bot.ports.keeping import Outbox
from bot.ports.sit import Asks

# As long as the outbox remembers what was sent.
TRIED_FOR = TimeDelta(hours=24 * 7)


async def tidy(outbox: Outbox, ask: Ask) -> None:
    """Let nobody be asked any more: what was not sent is not sent, and what was is taken away."""
    tidyings = list(_tidyings(ask))
    for tidying in tidyings:
        await outbox.withdraw(tidying.of)
    await outbox.put_new(tidyings)


async def not_now(asks: Asks, asked: Asked) -> Say:
    """Close an invitation for the person, or without a code all that they have; it is not looked whether it stands."""
    code = asked.get("ask", str)
    codes = [code] if code else [ask.id for ask in await asks.all(asked.group) if asked.person in ask.invited]
    return say("sit-not-now-fine").unsaying(*(messages.invited_under(each, asked.person) for each in codes))


def _tidyings(ask: Ask) -> Iterator[Tidying]:
    for person in sorted(ask.invited):
        yield _tidying(ask, messages.invitation_key(ask, person), person, person.mark)
    if ask.everyone and ask.place is not None:
        yield _tidying(ask, messages.room_invitation_key(ask), ask.place, "room")


def _tidying(ask: Ask, of: str, to: PersonId | PlaceId, mark: str) -> Tidying:
    return Tidying(
        key=f"sit:{ask.id}:tidy:{mark}",
        group=ask.group,
        of=of,
        to=to,
        not_before=ask.asked_at,
        expires_at=ask.wakes_at + TRIED_FOR,
    )
