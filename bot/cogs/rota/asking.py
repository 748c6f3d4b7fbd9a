"""Asking for people when a shift needs them: in rounds, in private, within everybody's own hours."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from whenever import Instant, TimeDelta

from bot.cogs.rota import calling
from bot.domain.apart import Apart
from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Due, Message
from bot.domain.people import Ways
from bot.domain.rota.asking import Candidate, Gap, next_round
from bot.domain.rota.asks import Asked, Asks, Vacancy, held, leavers, next_look, vacancies
from bot.domain.rota.rota import Rota, ShiftId
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.stretch import Stretch
from bot.ports.apart import ApartList
from bot.ports.asking import AskingShelf
from bot.ports.keeping import AlreadyKept, Diary, Outbox, People
from bot.ports.people import Changing
from bot.ports.rota import RotaShelf

KIND = "rota-ask"
# Whoever is asked at the last moment is still told.
_A_MINUTE = TimeDelta(minutes=1)


class Asking:
    """Looks at one rota at a time, asks for what is open now, and marks when to look again."""

    def __init__(
        self,
        *,
        shelf: RotaShelf,
        asks: AskingShelf,
        apart: ApartList,
        outbox: Outbox,
        diary: Diary,
        people: People,
    ) -> None:
        self._shelf = shelf
        self._asks = asks
        self._apart = apart
        self._outbox = outbox
        self._diary = diary
        self._people = people

    async def wake(self, due: Due, now: Instant) -> None:
        """Ask those whose turn it is. To look more often than was marked does no harm."""
        sheet = await self._shelf.hold(due.group, due.about)
        if sheet is None:
            return
        before = await self._asks.of(due.group, due.about)
        asks, looks = before.settled(sheet, now), [next_look(sheet, now)]
        open_ = vacancies(sheet, asks, now)
        await self._take_back(sheet.rota, before, {each.shift.id for each in open_})
        known = await self._known(due.group, asks, open_)
        for vacancy in open_:
            asks, again = await self._round(sheet, vacancy, asks, known, now)
            looks += [again] if again else []
        await self._asks.keep(due.group, due.about, before, asks)
        await self._mark(sheet.rota, min(looks))

    async def changed(self, before: Sheet, after: Sheet, now: Instant) -> None:
        """Look at it soon; whoever has just left a shift is not asked for it."""
        rota = after.rota
        if gone := leavers(before, after, now):
            asks = await self._asks.of(rota.group, rota.id)
            await self._asks.keep(rota.group, rota.id, asks, asks.asking(*gone))
        await self._mark(rota, now)

    async def look(self, group: GroupId, now: Instant) -> None:
        """Look soon at every rota of a group."""
        for sheet in await self._shelf.sheets(group):
            await self._mark(sheet.rota, now)

    async def end(self, rota: Rota) -> None:
        """Ask for nothing of a rota any more; inside the transaction in which it ends, and before it does."""
        await self._take_back(rota, await self._asks.of(rota.group, rota.id), set())
        await self._diary.strike(_due_key(rota))

    async def take_back(self, rota: Rota, asks: Asks, shift: ShiftId, person: PersonId) -> None:
        """Take back what somebody is asked, if it is not out yet."""
        await self._outbox.withdraw(_key(rota, asks, shift, person))

    def around(self, changing: Changing) -> Changing:
        """Return the same change of somebody's ways, after which the group's rotas are looked at: they may be asked."""

        @asynccontextmanager
        async def looked_at(group: GroupId, person: PersonId, now: Instant) -> AsyncIterator[None]:
            async with changing(group, person, now):
                yield
            await self.look(group, now)

        return looked_at

    async def _round(
        self, sheet: Sheet, vacancy: Vacancy, asks: Asks, known: "_Known", now: Instant
    ) -> tuple[Asks, Instant | None]:
        """Ask the next few for one shift; return what is to be kept then, and when to look again."""
        while True:
            gap = replace(asks.gap(sheet, vacancy), company=known.company(sheet, vacancy))
            round_ = next_round(gap, known.candidates(() if vacancy.short else gap.reserve, vacancy), now)
            told = [each for each in round_.ask if await self._told(sheet, vacancy, asks, each, known, now)]
            asks = asks.asking(
                *(
                    Asked(shift=vacancy.shift.id, person=each, until=round_.until if each in told else None)
                    for each in round_.ask
                )
            )
            if len(told) == len(round_.ask):
                return asks, round_.again

    async def _told(
        self, sheet: Sheet, vacancy: Vacancy, asks: Asks, person: PersonId, known: "_Known", now: Instant
    ) -> bool:
        """Ask somebody in private; return false when they were asked for it before."""
        rota, ways, gap = sheet.rota, known.ways[person], asks.gap(sheet, vacancy)
        message = Message(
            key=_key(rota, asks, vacancy.shift.id, person),
            group=rota.group,
            to=person,
            say=calling.ask(sheet, vacancy, ways.zone, first=person in gap.reserve),
            not_before=now,
            expires_at=of_use(gap, ways, now),
        )
        try:
            await self._outbox.put(message)
        except AlreadyKept:
            return False
        await self._asks.remember(rota.group, person, now)
        known.last[person] = now
        return True

    async def _known(self, group: GroupId, asks: Asks, open_: Sequence[Vacancy]) -> "_Known":
        if not open_:
            return _Known(ways={}, on={}, last={}, apart=Apart())
        people = {*await self._asks.willing(group), *(each.person for each in asks.reserve)}
        apart = await self._apart.all(group)
        return _Known(
            ways=await self._people.ways_of(group, people),
            on=held(await self._shelf.sheets(group), people | apart.people, open_),
            last=dict(await self._asks.last_asked(group)),
            apart=apart,
        )

    async def _take_back(self, rota: Rota, asks: Asks, still: set[ShiftId]) -> None:
        """Take back what is not out yet, but for shifts on which somebody is wanted still."""
        for each in asks.asked:
            if each.until is not None and each.shift not in still:
                await self.take_back(rota, asks, each.shift, each.person)

    async def _mark(self, rota: Rota, at: Instant) -> None:
        await self._diary.mark(Due(key=_due_key(rota), kind=KIND, group=rota.group, about=rota.id, at=at))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of those who may be asked; `last` is when they were, and goes on while they are.

    `on` holds those as well from whom somebody is kept apart.
    """

    ways: Mapping[PersonId, Ways]
    on: Mapping[PersonId, Sequence[Stretch]]
    last: dict[PersonId, Instant]
    apart: Apart

    def company(self, sheet: Sheet, vacancy: Vacancy) -> frozenset[PersonId]:
        """Return who is on the shift, or on another meanwhile, as far as anybody is kept apart from them."""
        then = {person for person in self.apart.people if any(map(vacancy.stretch.meets, self.on[person]))}
        return frozenset(sheet.on(vacancy.shift)) | then

    def candidates(self, only: Sequence[PersonId], vacancy: Vacancy) -> Iterator[Candidate]:
        """Give all of them, or of a shift that is not short `only` its reserve."""
        for person, ways in self.ways.items():
            if vacancy.short or person in only:
                on = tuple(self.on[person])
                last, apart = self.last.get(person), self.apart.kept_from(person)
                yield Candidate(person=person, ways=ways, on=on, last_asked=last, apart=apart)


def of_use(gap: Gap, ways: Ways, now: Instant) -> Instant:
    """Return when it is too late to be told: for the shift, or because their quiet hours have begun."""
    late = gap.latest + _A_MINUTE
    return late if ways.quiet is None else min(late, ways.quiet.next_begins(now, ways.zone))


def _key(rota: Rota, asks: Asks, shift: ShiftId, person: PersonId) -> str:
    """Return the key of what somebody is asked; whoever goes on the reserve list anew is asked anew."""
    key = f"{rota.due_key}:{shift}:ask:{person.mark}"
    since = asks.reserve_of(shift).get(person)
    return key if since is None else f"{key}:{since.timestamp(unit='millisecond')}"


def _due_key(rota: Rota) -> str:
    return f"{KIND}:{rota.id}"
