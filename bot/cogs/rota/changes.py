"""Changing a rota. What moves a shift of somebody's, or lets one go, is shown first, and told to each in private."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from whenever import Instant, TimeDelta

from bot.cogs.rota import changes_told, telling
from bot.cogs.rota.upkeep import Upkeep
from bot.domain.codes import code_for
from bot.domain.commands import Asked
from bot.domain.ids import PersonId, PlaceId
from bot.domain.outgoing import Fallback, Message
from bot.domain.people import Nation, Reach
from bot.domain.rota.changing import Shape, Wish, changed, shaped
from bot.domain.rota.moving import Touched, crowded, touched
from bot.domain.rota.naming import held_sheet, sheet_meant
from bot.domain.rota.proposing import WAITS, Proposal, stamp
from bot.domain.rota.rota import Rota, Shift
from bot.domain.rota.sheet import Sheet
from bot.domain.saying import Refused, Say, line, say
from bot.ports.keeping import Outbox, People
from bot.ports.rota import RotaShelf
from bot.ports.rota_changes import ProposalShelf

NEWS_LASTS = TimeDelta(hours=24)
PRIVATE_NEWS_LASTS = TimeDelta(hours=24 * 7)
NEXT_DATES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A rota as it is, held, as it would be, and whom that touches. `code` tells it from others, `by` wished it."""

    code: str
    by: PersonId
    before: Sheet
    after: Sheet
    people: tuple[Touched, ...]
    now: Instant


class Changes:
    """Changes rotas at anybody's word, and keeps everybody's on what there still is."""

    def __init__(
        self, *, shelf: RotaShelf, proposals: ProposalShelf, outbox: Outbox, people: People, upkeep: Upkeep
    ) -> None:
        self._shelf = shelf
        self._proposals = proposals
        self._outbox = outbox
        self._people = people
        self._upkeep = upkeep

    async def change(self, asked: Asked) -> Say:
        """Change a rota at once where that touches nobody's shifts. Where it does, show what it would mean."""
        sheets = await self._shelf.held(asked.group)
        sheet, _ = sheet_meant(sheets, asked.get("rota", tuple))
        _refuse_nothing(asked, sheet.rota)
        _refuse_twice(sheets, sheet.rota, asked.get("name", str))
        named = Sheet(rota=_named_anew(sheet.rota, asked), roster=sheet.roster)
        shape = shaped(sheet.rota, _wish(sheet.rota, asked), asked.at)
        change = await self._worked_out(asked, named, shape)
        if change.after == sheet:
            return say("rota-change-same", name=sheet.rota.name)
        if not change.people:
            return await self._done(asked, replace(change, before=sheet))
        if named == sheet:
            return await self._propose(asked, change)
        kept = await self._kept(replace(change, before=sheet, after=named, people=()))
        proposed = await self._propose(asked, await self._worked_out(asked, kept, shape))
        return replace(proposed, lines=(line("rota-change-begun"), *proposed.lines))

    async def agree(self, asked: Asked) -> Say:
        """Do what waited for their word. If the rota is not as it was, show them what it would mean now."""
        proposal = await self._proposals.proposal(asked.group, asked.need("code", str))
        if proposal is None or proposal.person != asked.person or proposal.until <= asked.at:
            raise Refused("rota-change-gone")
        sheet = held_sheet(await self._shelf.hold(asked.group, proposal.rota))
        if not proposal.is_of_rota(sheet.rota):
            raise Refused("rota-change-other")
        change = await self._worked_out(asked, sheet, proposal.shape)
        if proposal.is_of(sheet) or not change.people:
            return await self._done(asked, change)
        shown = await self._propose(asked, change)
        return replace(shown, lines=(line("rota-change-stale"), *shown.lines))

    async def _worked_out(self, asked: Asked, sheet: Sheet, shape: Shape) -> _Change:
        others = tuple(each for each in await self._shelf.sheets(asked.group) if each.rota.id != sheet.rota.id)
        after = changed(sheet, shape, asked.at)
        if shape != Shape.of(sheet.rota) and not _next(after.rota, asked.at):
            raise Refused("rota-when-over")
        people = touched(sheet, after, asked.at, others)
        code = code_for("change", asked.key)
        return _Change(code=code, by=asked.person, before=sheet, after=after, people=people, now=asked.at)

    async def _propose(self, asked: Asked, change: _Change) -> Say:
        """Keep what it would be for a day, and show what it would mean."""
        proposal = Proposal(
            code=change.code,
            rota=change.before.rota.id,
            person=asked.person,
            shape=Shape.of(change.after.rota),
            stamp=stamp(change.before, asked.at),
            until=asked.at + WAITS,
        )
        await self._proposals.propose(asked.group, proposal)
        zone = (await self._people.ways(asked.group, asked.person)).zone
        return changes_told.proposed(change.after, change.people, proposal, zone, asked.at)

    async def _done(self, asked: Asked, change: _Change) -> Say:
        """Change it, and tell each whom it touches, and the room."""
        after = await self._kept(change)
        await self._proposals.let_go(asked.group, after.rota.id, asked.person)
        zone = (await self._people.ways(asked.group, asked.person)).zone
        mine = next((each for each in change.people if each.person == asked.person), None)
        others = any(each.person != asked.person for each in change.people)
        told = changes_told.done(after, _next(after.rota, asked.at), zone, asked.at, told_others=others)
        told = told.then(*changes_told.too_many(crowded(change.before, after, asked.at), zone))
        if mine is None:
            return told
        yours = changes_told.yours(after, mine, zone)
        return told.then(*yours.lines).offering(*yours.choices)

    async def _kept(self, change: _Change) -> Sheet:
        """Keep the change, tell all but whoever made it, and return the sheet."""
        before, now = change.before, change.now
        after = await self._upkeep.change(before, change.after.roster, now, change.after.rota)
        for each in change.people:
            if each.person != change.by:
                await self._tell_person(after, each, change)
        told = changes_told.in_room(before.rota, after.rota, now)
        for place in dict.fromkeys((before.rota.place, after.rota.place)):
            await self._outbox.put(_news(after.rota, place, change, told))
        return after

    async def _tell_person(self, after: Sheet, each: Touched, change: _Change) -> None:
        """Tell one person what moved or went for them; in their quiet hours only if a shift of theirs is in them."""
        ways = await self._people.ways(after.rota.group, each.person)
        message = _news(after.rota, each.person, change, changes_told.yours(after, each, ways.zone))
        at = ways.out_of_quiet(change.now)
        if at > change.now and each.soonest is not None and each.soonest < at:
            at = change.now
        fallback = None
        if ways.reach is Reach.MENTION:
            fallback = Fallback(place=after.rota.place, say=telling.called(each.person))
        lasts = change.now + PRIVATE_NEWS_LASTS
        await self._outbox.put(replace(message, not_before=at, expires_at=lasts, fallback=fallback))


def _news(rota: Rota, to: PersonId | PlaceId, change: _Change, told: Say) -> Message:
    key = f"{rota.due_key}:changed:{change.code}:{to.mark}"
    return Message(
        key=key, group=rota.group, to=to, say=told, not_before=change.now, expires_at=change.now + NEWS_LASTS
    )


def _next(rota: Rota, now: Instant) -> tuple[Shift, ...]:
    return tuple(islice(rota.coming(now, now + telling.FAR_AHEAD), NEXT_DATES))


def _named_anew(rota: Rota, asked: Asked) -> Rota:
    """Return the rota with what is asked of it that makes none of its shifts."""
    return replace(
        rota,
        name=asked.get("name", str) or rota.name,
        words=asked.get("words", str) or rota.words,
        place=asked.get("where", PlaceId) or rota.place,
        opens=asked.get("opens", TimeDelta) or rota.opens,
    )


def _wish(rota: Rota, asked: Asked) -> Wish:
    closed = asked.get("closed", tuple)
    return Wish(
        lines=asked.get("when", tuple),
        length=asked.get("length", TimeDelta),
        people=asked.get("people", int),
        zone=asked.get("zone", str) or rota.zone,
        closed=rota.closed if closed is None else closed,
        # None was said where it is open.
        holidays=asked.get("holidays", Nation) if "holidays" in asked.options else rota.holidays,
    )


def _refuse_nothing(asked: Asked, rota: Rota) -> None:
    if not set(asked.options) - {"rota"}:
        raise Refused("rota-change-what", name=rota.name, number=rota.number)


def _refuse_twice(sheets: Iterable[Sheet], rota: Rota, name: str | None) -> None:
    others = (sheet.rota.name.casefold() for sheet in sheets if sheet.rota.id != rota.id)
    if name is not None and name.casefold() in others:
        raise Refused("rota-name-taken", name=name)
