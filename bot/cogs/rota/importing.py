"""Bringing a rota in from a file: what it would be is shown first, and it is kept at the same person's word.

Nothing of the file is kept but the days, times and numbers of the rota; nobody whose name stands in it is put on.
"""

from collections.abc import Iterator

from bot.cogs.rota import telling
from bot.cogs.rota.groundwork import Groundwork, id_for, next_of
from bot.domain.codes import code_for
from bot.domain.commands import Asked
from bot.domain.ids import PlaceId
from bot.domain.rota.bringing import bring
from bot.domain.rota.drafting import WAITS, Draft
from bot.domain.rota.importing import Brought, ReadsCalendars, Wanted
from bot.domain.saying import Choice, Line, Look, Refused, Say, line, say
from bot.ports.keeping import People
from bot.ports.rota import RotaList
from bot.ports.rota_changes import DraftShelf

MOST_TOLD = 10


class Importing:
    """Shows what rota a file would make, and makes it."""

    def __init__(
        self, *, shelf: RotaList, drafts: DraftShelf, people: People, groundwork: Groundwork, reads: ReadsCalendars
    ) -> None:
        self._reads = reads
        self._shelf = shelf
        self._drafts = drafts
        self._people = people
        self._groundwork = groundwork

    async def preview(self, asked: Asked) -> Say:
        """Keep what the rota would be for a day, and show it with each line of the file that is not in it."""
        name = asked.need("name", str)
        await self._refuse_taken(asked, name)
        own = (await self._people.ways(asked.group, asked.person)).zone
        people = asked.get("people", int) or 1
        wanted = Wanted(name=name, zone=asked.get("zone", str), own=own, people=people, now=asked.at)
        made = bring(asked.need("file", str), wanted, self._reads)
        draft = Draft(
            code=code_for("import", asked.key),
            person=asked.person,
            name=name,
            patterns=made.patterns,
            zone=made.zone,
            closed=made.closed,
            place=asked.get("where", PlaceId) or asked.place,
            until=asked.at + WAITS,
        )
        told = _would(draft, made, asked, own)
        await self._drafts.put(asked.group, draft)
        return told

    async def agreed(self, asked: Asked) -> Say | None:
        """Make the rota of that code; None when there is no such one. Refuses anybody but who was shown it."""
        draft = await self._drafts.draft(asked.group, asked.need("code", str))
        if draft is None:
            return None
        if draft.person != asked.person or draft.until <= asked.at:
            raise Refused("rota-change-gone")
        await self._groundwork.refuse_twice(asked.group, draft.name)
        await self._drafts.let_go(asked.group, asked.person)
        number = await self._shelf.next_number(asked.group)
        own = (await self._people.ways(asked.group, asked.person)).zone
        return await self._groundwork.lay(draft.rota(asked.group, id_for(asked), number, asked.at), own, asked.at)

    async def _refuse_taken(self, asked: Asked, name: str) -> None:
        for sheet in await self._shelf.sheets(asked.group):
            if sheet.rota.name.casefold() == name.casefold():
                raise Refused("rota-file-taken", name=sheet.rota.name, number=sheet.rota.number)


def _would(draft: Draft, made: Brought, asked: Asked, own: str) -> Say:
    """Return what the rota would be, its next dates in the zone `own`, and what is left out. Refuses one with none."""
    rota = draft.rota(asked.group, id_for(asked), 0, asked.at)
    shifts = next_of(rota, asked.at)
    if not shifts:
        refused = Refused(_nothing(made))
        refused.say = refused.say.then(*_unread(made))
        raise refused
    told = say("rota-file-would", name=draft.name).then(*telling.rules(rota, asked.at), telling.first(shifts, own))
    told = told.then(*telling.clock_changes(shifts), *_unread(made), *_beside(made))
    told = told.then(line("rota-file-names"), line("rota-file-waits", until=draft.until.to_tz(own)))
    return told.offering(
        Choice(
            label=line("rota-file-keep"),
            command="rota agree",
            options={"code": draft.code},
            undo=line("rota-file-undo"),
        )
    )


def _nothing(made: Brought) -> str:
    if made.unread:
        return "rota-file-none"
    return "rota-when-over" if made.over or made.patterns else "rota-file-empty"


def _unread(made: Brought) -> Iterator[Line]:
    """Give each line of the file that is not in the rota, and why; of many, the first."""
    if made.unread:
        yield line("rota-file-unread", count=len(made.unread))
    for each in made.unread[:MOST_TOLD]:
        yield line("rota-file-line", Look.ITEM, number=each.number, why=each.why)
    if len(made.unread) > MOST_TOLD:
        yield line("rota-file-more", Look.ITEM, count=len(made.unread) - MOST_TOLD)


def _beside(made: Brought) -> Iterator[Line]:
    if made.over:
        yield line("rota-file-over", count=made.over)
    if made.elsewhere:
        yield line("rota-file-elsewhere", zone=made.zone)
