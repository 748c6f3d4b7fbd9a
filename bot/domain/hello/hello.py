"""What one person laid down: when to be said hello to, by whom, and what happens if they do not answer.

It is not watching over anybody: what they laid down happens, and nothing else. Times are on the wall, in their zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from whenever import Date, Instant, Time, TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.recurrence import Recurrence

USUAL_WEEKS, MOST_WEEKS = 4, 12
USUAL_WAIT = TimeDelta(hours=2)
A_WEEK = TimeDelta(hours=24 * 7)
LATEST = TimeDelta(hours=1)
OF_USE = TimeDelta(hours=12)


class Who(StrEnum):
    """Who hears that they would like a hello: whoever is on shift, a buddy who agreed, or nobody."""

    SHIFT = "shift"
    BUDDY = "buddy"
    ME = "me"


class Unanswered(StrEnum):
    """What happens without an answer: nothing, or their buddy hears of it once."""

    NOTHING = "nothing"
    TELL = "tell my buddy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """One line of times: a rule, from which local date on, to which at the latest, and the time on the wall."""

    recurrence: Recurrence
    starts: Date
    last: Date | None = None
    time: Time

    def moments(self, zone: str, after: Instant, until: Instant) -> Iterator[Instant]:
        """Give the moments after `after`, up to and with `until`, in order.

        A time that the clocks jump over comes later by the gap, and of one that happens twice the first is meant
        (RFC 5545, 3.3.5).
        """
        first = after.to_tz(zone).date().subtract(days=1)
        last = until.to_tz(zone).date().add(days=1)
        for date in self.recurrence.dates(self.starts, first, last if self.last is None else min(last, self.last)):
            moment = date.at(self.time).assume_tz(zone, disambiguation="compatible").to_instant()
            if after < moment <= until:
                yield moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Buddy:
    """One person who was asked once; nothing starts before they `agreed`."""

    person: PersonId
    agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Question:
    """A hello that is not answered, and of which a buddy is to hear: at `tell_at`, which quiet hours put off."""

    asked_at: Instant
    answer_by: Instant
    tell_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """Hellos for one person in one group; `id` is the code that a buddy agrees with. `zone` is an IANA name.

    It ends at `until`, `weeks` after it was begun or renewed. What fell due at or before `watermark` is done.
    `questions` are only there while a buddy may have to hear of them, and no answer is ever kept.
    """

    id: str
    group: GroupId
    person: PersonId
    zone: str
    times: tuple[Times, ...]
    weeks: int = USUAL_WEEKS
    until: Instant
    who: Who = Who.ME
    unanswered: Unanswered = Unanswered.NOTHING
    wait: TimeDelta = USUAL_WAIT
    buddy: Buddy | None = None
    paused: bool = False
    watermark: Instant
    questions: tuple[Question, ...] = ()

    @property
    def due_key(self) -> str:
        """The key of its one moment in the diary."""
        return f"hello:{self.id}"

    @property
    def needs_buddy(self) -> bool:
        """Whether what they laid down has a part for a buddy."""
        return self.who is Who.BUDDY or self.unanswered is Unanswered.TELL

    @property
    def agreed(self) -> PersonId | None:
        """The buddy who said yes, or None."""
        return self.buddy.person if self.buddy is not None and self.buddy.agreed else None

    @property
    def waits(self) -> bool:
        """Whether nothing starts yet, as the buddy it needs has not said yes."""
        return self.needs_buddy and self.agreed is None

    @property
    def ends_soon_at(self) -> Instant | None:
        """When they hear that it ends in a week; None for what is of a week alone."""
        return self.until - A_WEEK if self.weeks > 1 else None

    def coming(self, after: Instant, until: Instant) -> tuple[Instant, ...]:
        """Return the moments after `after`, up to and with `until`, before its end, each once and in order."""
        end = min(until, self.until)
        found = {moment for each in self.times for moment in each.moments(self.zone, after, end)}
        return tuple(sorted(found))

    def asking(self, person: PersonId) -> Self:
        """Return it with somebody asked to be the buddy, in place of whoever was."""
        return replace(self, buddy=Buddy(person=person), questions=())

    def agreed_by(self, now: Instant) -> Self:
        """Return it with the buddy's yes: it starts now, and so do its weeks."""
        if self.buddy is None:
            return self
        return replace(self, buddy=replace(self.buddy, agreed=True)).begun(now)

    def unbuddied(self) -> Self:
        """Return it with no buddy: nothing that was open is told to anybody."""
        return replace(self, buddy=None, questions=())

    def pausing(self) -> Self:
        """Return it paused; what was open is told to nobody."""
        return replace(self, paused=True, questions=())

    def resuming(self, now: Instant) -> Self:
        """Return it going on from now."""
        return replace(self, paused=False, watermark=max(now, self.watermark))

    def begun(self, now: Instant) -> Self:
        """Return it with its weeks and its times counted from now."""
        return replace(self, until=weeks_after(now, self.weeks, self.zone), watermark=max(now, self.watermark))

    def renewed(self, now: Instant) -> Self:
        """Return it going on for as many weeks again, counted from now; it never ends sooner for it."""
        return replace(self, until=max(self.until, weeks_after(now, self.weeks, self.zone)))

    def answered(self) -> Self:
        """Return it with nothing open: that is all that is known of an answer."""
        return replace(self, questions=())


def weeks_after(now: Instant, weeks: int, zone: str) -> Instant:
    """Return the same time on the wall so many weeks later."""
    return now.to_tz(zone).add(weeks=weeks, disambiguation="compatible").to_instant()
