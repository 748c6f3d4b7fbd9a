"""Who is open to being asked in a group, when they last were asked, and when it is looked who opens next."""

from collections.abc import Collection, Mapping

from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Due
from bot.domain.rota.on_now import on_from, on_now
from bot.domain.sit.opening import LOOKED_AHEAD, TOLD_AHEAD, Opening, Openness
from bot.ports.keeping import Diary, People
from bot.ports.openings import Openings
from bot.ports.rota import RotaList

OPENS = "sit-opens"


class WhoIsOpen:
    """Reads it, in as many statements however many people and asks there are."""

    def __init__(self, *, openings: Openings, rotas: RotaList, people: People, diary: Diary) -> None:
        self._openings = openings
        self._rotas = rotas
        self._people = people
        self._diary = diary

    async def now(self, group: GroupId, now: Instant) -> Openness:
        """Return who is open in the group."""
        return await self._read(group, await self._openings.all(group), now, LOOKED_AHEAD)

    async def on_shift(self, group: GroupId, now: Instant) -> frozenset[PersonId]:
        """Return who is on a shift of any rota of the group."""
        return on_now(await self._rotas.sheets(group), now)

    async def told(self, group: GroupId, person: PersonId, opening: Opening, now: Instant) -> Openness:
        """Return how one person is open with that opening, as far ahead as they are told of."""
        return await self._read(group, {person: opening}, now, TOLD_AHEAD)

    async def asked(self, group: GroupId, people: Collection[PersonId], now: Instant) -> None:
        """Keep that these were asked now."""
        await self._openings.remember(group, people, now)

    async def look_next(self, group: GroupId, openness: Openness, until: Instant) -> None:
        """Let it be looked again who has opened, as long as an ask waits until then, and if anybody could."""
        at = openness.next_look
        if at is not None and at < until:
            await self._look(group, at)

    async def look_soon(self, group: GroupId, now: Instant) -> None:
        """Let it be looked at once, after this step, who has opened: an ask waits again."""
        await self._look(group, now)

    async def _look(self, group: GroupId, at: Instant) -> None:
        await self._diary.mark(Due(key=f"{OPENS}:{group}", kind=OPENS, group=group, about=OPENS, at=at))

    async def _read(
        self, group: GroupId, openings: Mapping[PersonId, Opening], now: Instant, ahead: TimeDelta
    ) -> Openness:
        ways = await self._people.ways_of(group, openings.keys())
        on_shifts = any(opening.on_shifts for opening in openings.values())
        sheets = await self._rotas.sheets(group) if on_shifts else ()
        shifts = on_from(sheets, now, now + ahead)
        return Openness(now=now, openings=openings, ways=ways, shifts=shifts, ahead=ahead)
