"""A person's shifts as they stand in a calendar: when, and nothing else. No rota is named in them, and nobody."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from whenever import Instant, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.rota.sheet import Sheet

# What is over stays for a day, so that nothing vanishes from the calendar of a day that goes on.
OVER_FOR = TimeDelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One time to be there. `uid` is always the same for one person's part of one shift, and tells nothing of it."""

    uid: str
    starts: Instant
    ends: Instant


def events(sheets: Iterable[Sheet], person: PersonId, now: Instant) -> tuple[Event, ...]:
    """Return the person's shifts and parts of shifts, from a day ago to as far ahead as each rota opens, in order.

    A shift that is left is not among them: whoever subscribes to a calendar shows what is in it and no more, so what
    vanishes here vanishes there.
    """
    found = {event for sheet in sheets for event in _of(sheet, person, now)}
    return tuple(sorted(found, key=lambda event: (event.starts, event.uid)))


def _of(sheet: Sheet, person: PersonId, now: Instant) -> Iterable[Event]:
    for shift in sheet.rota.coming(now - OVER_FOR, now + sheet.rota.opens):
        for part in (stint.part for stint in sheet.stints(shift) if stint.person == person):
            uid = _uid(sheet.rota.id, str(shift.id), part.starts, person)
            yield Event(uid=uid, starts=shift.at(part.starts), ends=shift.at(part.ends))


def _uid(rota: str, shift: str, starts: int, person: PersonId) -> str:
    """Return a name with the person in it, so that the files of two people do not show that they share a shift."""
    named = f"{rota} {shift} {starts} {person}".encode()
    return hashlib.blake2s(named, digest_size=16, person=b"calendar").hexdigest()


def digest(token: str) -> str:
    """Return what is kept of a feed's token, which has 128 random bits or more: from it nobody finds the token."""
    return hashlib.sha256(token.encode()).hexdigest()
