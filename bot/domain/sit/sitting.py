"""They are together: what was agreed may be changed by all of them, and any of them may step away at any time.

Who asked and who was picked makes no difference any more.
"""

from dataclasses import replace

from whenever import Instant, TimeDelta

from bot.domain.ids import PersonId, PlaceId
from bot.domain.saying import Refused
from bot.domain.sit.ask import LINGERS, Ask, Change
from bot.domain.sit.table import Event, Stage

# How much longer it becomes, if all would like that; no longer than it was to be.
LONGER = TimeDelta(minutes=30)
# Fewer than two are no company.
_COMPANY = 2


def opened(ask: Ask, here: frozenset[PersonId], room: PlaceId | None, now: Instant) -> Ask:
    """Return it once they are together, in a room or not: the agreed time begins now. `here` are those who came.

    Who else heard of it, or offered, is let go of: nobody is looked for any more.
    """
    came = _of(ask, [person for person in ask.members if person in here])
    alone = replace(came, invited=frozenset(), named=frozenset(), everyone=False, offers=(), widens_at=None)
    return replace(alone.having(Event.OPENED), room=room, ends_at=now + ask.terms.length)


def longer_by(ask: Ask) -> TimeDelta:
    """Return how much longer it becomes, if all of them would like that."""
    return min(ask.terms.length, LONGER)


def wishing_longer(ask: Ask, person: PersonId, now: Instant) -> Ask:
    """Return it with that person's wish; once all of them have it, it goes on from now on."""
    wishes = ask.longer | {person}
    if wishes >= set(ask.members):
        return replace(ask.having(Event.LONGER), ends_at=now + longer_by(ask), longer=frozenset())
    return replace(ask.having(Event.WISH_LONGER), longer=wishes)


def proposing(ask: Ask, change: Change) -> Ask:
    """Return it with what one of them would like changed, in place of what was wished for before.

    Raises `Refused` when it would change nothing.
    """
    if ask.terms.changed(change.wanted, change.length, change.ticks) == ask.terms and change.length is None:
        raise Refused("sit-change-nothing")
    return replace(ask.having(Event.PROPOSE), change=change)


def agreeing(ask: Ask, person: PersonId, now: Instant) -> Ask:
    """Return it with that person's yes to the change; with the last, it is so. A new length counts from now on.

    Raises `Refused` when there is no change to agree to.
    """
    change = ask.change
    if change is None or person == change.by:
        raise Refused("sit-change-gone")
    yes = change.yes | {person}
    if not yes >= set(ask.members) - {change.by}:
        return replace(ask, change=replace(change, yes=yes))
    terms = ask.terms.changed(change.wanted, change.length, change.ticks)
    ends_at = ask.ends_at if change.length is None else now + change.length
    if ask.stage is Stage.ENDING and change.length is None:
        # What was agreed is changed, and the time for it is over all the same.
        return replace(ask, terms=terms, change=None)
    return replace(ask.having(Event.AGREE), terms=terms, ends_at=ends_at, change=None, longer=frozenset())


def away(ask: Ask, person: PersonId) -> Ask:
    """Return it once that person stepped away: it is over for two, and goes on without them for more."""
    left = [member for member in ask.members if member != person]
    if ask.stage is Stage.OPENING or len(left) < _COMPANY:
        return ask.having(Event.STEP_AWAY)
    return replace(_of(ask, left).having(Event.ONE_AWAY), change=None, longer=ask.longer - {person})


def time_is_up(ask: Ask, now: Instant) -> Ask:
    """Return it at its agreed time, or once it is over; so long after it that no word is of use, it is over at once."""
    lingered = ask.ends_at is not None and now >= ask.ends_at + LINGERS
    return ask.having(Event.LINGERED if lingered else Event.TIME_COME)


def _of(ask: Ask, people: list[PersonId]) -> Ask:
    return replace(ask, asker=people[0], sitters=tuple(people[1:]))
