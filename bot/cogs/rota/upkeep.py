"""Keeps a rota up with time. Every change first does what fell due before it, so nothing is missed or said twice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from whenever import Instant

from bot.cogs.rota import telling
from bot.cogs.rota.asking import Asking
from bot.domain.outgoing import Due, Fallback, Message, fallback_key
from bot.domain.people import Reach
from bot.domain.rota.covering import settled
from bot.domain.rota.happenings import (
    GAP_LEAD,
    LONGEST_LEAD,
    EachWays,
    Gap,
    Happening,
    Opening,
    Ping,
    Relief,
    falling_due,
    next_due,
    pings,
    worth_saying,
)
from bot.domain.rota.roster import Roster
from bot.domain.rota.rota import Rota, Shift
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.signing import emptied
from bot.ports.keeping import Diary, Outbox, People
from bot.ports.rota import Following, RotaSheet

KIND = "rota"


class Upkeep:
    """Brings rotas up to now, keeps their changes, and marks when to wake next."""

    def __init__(
        self,
        *,
        shelf: RotaSheet,
        outbox: Outbox,
        diary: Diary,
        people: People,
        asking: Asking,
        following: Sequence[Following] = (),
    ) -> None:
        self._shelf = shelf
        self._outbox = outbox
        self._diary = diary
        self._people = people
        self._asking = asking
        self._following = following

    async def wake(self, due: Due, now: Instant) -> None:
        """Do what fell due on one rota; nothing when it has ended."""
        sheet = await self._shelf.hold(due.group, due.about)
        if sheet is not None:
            await self.change(sheet, sheet.roster, now)

    async def change(self, before: Sheet, roster: Roster, now: Instant, rota: Rota | None = None) -> Sheet:
        """Do what fell due, then put `roster` in place, telling the room once of a shift this leaves empty.

        Of its offers, only those that somebody could still take stay.
        With `rota`, that stands in place of the rota too. From then on all goes by its times: a check-in that has come
        to be on by now opens at once.
        """
        ways = await self._people.ways_of(before.rota.group, {*before.roster.people, *roster.people})
        caught = await self._bring_up(before, ways, now)
        after = _following(caught, roster, rota)
        after = after.with_roster(settled(after, now))
        if after != caught:
            after = await self._changed(caught, after, ways, now)
        await self._shelf.keep(before, after)
        await self._mark(after, ways)
        for changed in self._following:
            await changed(after.rota.group, now)
        return after

    async def mark(self, sheet: Sheet) -> None:
        """Mark the next moment at which something happens."""
        await self._mark(sheet, await self._people.ways_of(sheet.rota.group, sheet.roster.people))

    async def _mark(self, sheet: Sheet, ways: EachWays) -> None:
        rota = sheet.rota
        at = next_due(sheet, ways, rota.watermark)
        await self._diary.mark(Due(key=rota.due_key, kind=KIND, group=rota.group, about=rota.id, at=at))

    async def _bring_up(self, sheet: Sheet, ways: EachWays, now: Instant) -> Sheet:
        """Say what fell due and is still of use, and return the sheet with its watermark moved to `now`."""
        roster = sheet.roster
        due = worth_saying(falling_due(sheet, ways, sheet.rota.watermark, now), now)
        await self._say(sheet, due, ways, now)
        for happening in due:
            if isinstance(happening, Gap):
                roster = roster.telling(happening.shift.id)
        watermark = max(now, sheet.rota.watermark)
        return Sheet(rota=replace(sheet.rota, watermark=watermark), roster=roster)

    async def _changed(self, caught: Sheet, after: Sheet, ways: EachWays, now: Instant) -> Sheet:
        """Say and take back what a change makes true and untrue; return the sheet with what the room was told."""
        await self._withdraw(caught, after, ways, now)
        gaps = emptied(caught, after, now, now + GAP_LEAD)
        await self._say(after, [Opening(shift=shift) for shift in _opened(caught, after, now)], ways, now)
        await self._say(after, [Gap(shift=shift) for shift in gaps], ways, now)
        for shift in gaps:
            after = replace(after, roster=after.roster.telling(shift.id))
        await self._asking.changed(caught, after, now)
        return after

    async def _withdraw(self, before: Sheet, after: Sheet, ways: EachWays, now: Instant) -> None:
        """Take back pings that are not out yet and true no more, and what is said in place of them."""
        for shift in before.rota.coming(now, now + LONGEST_LEAD):
            there = after.rota.shift(shift.id)
            still = set() if there is None else {ping.name for ping in pings(after, ways, there)}
            for ping in pings(before, ways, shift):
                if ping.name not in still:
                    await self._outbox.withdraw(_key(after, ping))
                    await self._outbox.withdraw(fallback_key(_key(after, ping)))

    async def _say(self, sheet: Sheet, due: Sequence[Happening], ways: EachWays, now: Instant) -> None:
        """Say it, but what was said before: quiet hours that were changed since may let a ping be due again."""
        await self._outbox.put_new([message for each in due for message in _messages(sheet, each, ways, now)])


def _messages(sheet: Sheet, happening: Happening, ways: EachWays, now: Instant) -> Iterator[Message]:
    """Give what is said to people, and to the room unless it is a ping."""
    room = Message(
        key=_key(sheet, happening),
        group=sheet.rota.group,
        to=sheet.rota.place,
        say=telling.in_room(sheet, happening),
        not_before=now,
        expires_at=happening.ends if isinstance(happening, Relief) else happening.shift.ends,
    )
    match happening:
        case Ping(person=person):
            told = telling.ping(sheet, happening, ways[person].zone)
            yield replace(room, to=person, say=told, fallback=_fallback(sheet, happening, ways))
            return
        case Relief():
            for person in telling.relieved(sheet, happening):
                told = telling.no_relief(sheet, happening, ways[person].zone)
                yield replace(room, key=f"{room.key}:{person.mark}", to=person, say=told)
    yield room


def _following(caught: Sheet, roster: Roster, rota: Rota | None) -> Sheet:
    """Return the sheet with what is put in its place; what the room was told, and up to when, is as it was."""
    if rota is None:
        return replace(caught, roster=replace(roster, told=caught.roster.told))
    there = replace(rota, watermark=caught.rota.watermark)
    told = frozenset(shift for shift in caught.roster.told if there.shift(shift))
    return Sheet(rota=there, roster=replace(roster, told=told))


def _opened(before: Sheet, after: Sheet, now: Instant) -> Iterator[Shift]:
    """Give the shifts that are on now, with somebody on them, and were not yet."""
    if after.rota == before.rota:
        return
    for shift in after.rota.coming(now, now):
        was = before.rota.shift(shift.id)
        if after.stints(shift) and (was is None or was.begins > now):
            yield shift


def _fallback(sheet: Sheet, happening: Happening, ways: EachWays) -> Fallback | None:
    """Return what the room hears if the person takes nothing in private; None unless it is a ping and they agreed."""
    if not isinstance(happening, Ping) or ways[happening.person].reach is not Reach.MENTION:
        return None
    return Fallback(place=sheet.rota.place, say=telling.called(happening.person))


def _key(sheet: Sheet, happening: Happening) -> str:
    return f"{sheet.rota.due_key}:{happening.name}"
