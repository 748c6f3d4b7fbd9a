"""Handing shifts over: offer, take, swap, and keep after all. Whoever offers stays on until another has said yes."""

from dataclasses import replace

from whenever import Date, Instant

from bot.cogs.rota import handing
from bot.cogs.rota.upkeep import Upkeep
from bot.cogs.rota.wanting import Wanted, Wants
from bot.domain.codes import code_for
from bot.domain.commands import Asked
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Message
from bot.domain.rota.covering import Covering
from bot.domain.rota.covers import Offer
from bot.domain.rota.naming import shift_meant
from bot.domain.rota.parts import WHOLE
from bot.domain.rota.reading import SaidDay
from bot.domain.rota.rota import Shift, ShiftId
from bot.domain.rota.said_part import SaidPart, part_of
from bot.domain.rota.said_person import ANYONE, person_meant
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.signing import Signing
from bot.domain.saying import Refused, Say
from bot.ports.apart import ApartList
from bot.ports.keeping import Outbox, People
from bot.ports.rota import RotaShelf


class Covers:
    """Puts shifts on offer at their person's word, and gives them to whoever says yes."""

    def __init__(self, *, shelf: RotaShelf, apart: ApartList, outbox: Outbox, people: People, upkeep: Upkeep) -> None:
        self._shelf = shelf
        self._apart = apart
        self._outbox = outbox
        self._people = people
        self._upkeep = upkeep
        self._wants = Wants(shelf=shelf, people=people)

    async def offer(self, asked: Asked) -> Say:
        """Put a shift of theirs on offer; without a day, show their shifts, and without a person, who could take it."""
        wanted = await self._wants.wanted(asked)
        if wanted.shift is None:
            return handing.which_to_offer(wanted.signing)
        shifts = _shifts(wanted, asked.get("until", Date))
        if not shifts:
            raise Refused("rota-leave-not-on", when=wanted.shift.starts.to_tz(wanted.ways.zone), name=wanted.rota.name)
        to = asked.get("to", str)
        if to is None:
            named = (await self._apart.all(asked.group)).named_by(asked.person)
            return handing.offer_whom(wanted, asked.get("until", Date), named)
        person = None if to == ANYONE else person_meant(wanted.signing.sheet, to)
        offer = Offer(
            code=code_for("cover", asked.key),
            person=asked.person,
            shifts=tuple(shift.id for shift in shifts),
            part=wanted.part,
            to=person,
        )
        return await self._put_up(wanted, offer, shifts)

    async def swap(self, asked: Asked) -> Say:
        """Ask whoever is on another shift to swap with them; both must say yes."""
        wanted = await self._wants.wanted(asked)
        if wanted.shift is None:
            return handing.which_to_offer(wanted.signing)
        said = asked.get("theirs", SaidDay)
        if said is None:
            return handing.swap_which(wanted)
        theirs = shift_meant(wanted.rota, said, wanted.ways.zone, asked.at)
        person = _only(wanted.signing, theirs, asked.get("person", str))
        if person is None:
            return handing.swap_whom(wanted, theirs)
        offer = Offer(
            code=code_for("cover", asked.key), person=asked.person, shifts=(wanted.shift.id,), to=person, back=theirs.id
        )
        return await self._put_up(wanted, offer, (wanted.shift,), theirs)

    async def take(self, asked: Asked) -> Say:
        """Put them on what is offered, and tell whoever offered it."""
        sheet, signing = await self._of_code(asked)
        covering = Covering(signing=signing)
        offer = covering.offered(asked.need("code", str))
        if offer.to is not None and (await self._apart.all(asked.group)).are(asked.person, offer.person):
            raise Refused("rota-offer-gone")
        only = _one_of(sheet, offer, asked.get("date", SaidDay), signing)
        shifts = [shift for each in offer.shifts if (shift := sheet.rota.shift(each)) and only in {None, each}]
        part = part_of(asked.get("part", SaidPart), shifts[0], signing.zone) if len(shifts) == 1 else WHOLE
        roster = covering.take(offer.code, part, only)
        after = await self._upkeep.change(sheet, roster, asked.at)
        back = None if offer.back is None else sheet.rota.shift(offer.back)
        for shift in shifts:
            taken = handing.taken_of(sheet, after, shift, asked.person)
            zone = (await self._people.ways(asked.group, offer.person)).zone
            told = handing.was_taken(sheet, shift, taken, asked.person, zone)
            if back is not None:
                told = told.then(handing.swapped_line(sheet, back, zone))
            await self._tell(
                signing, offer.person, f"taken:{code_for('cover', asked.key)}:{shift.id}", told, shift.ends
            )
        leads = (await self._people.ways(asked.group, asked.person)).pings
        return handing.took(replace(signing, sheet=after), sheet, shifts, offer, leads)

    async def keep(self, asked: Asked) -> Say:
        """Take an offer of theirs back: they are on, as they were."""
        sheet, signing = await self._of_code(asked)
        code = asked.need("code", str)
        roster = Covering(signing=signing).withdraw(code)
        await self._upkeep.change(sheet, roster, asked.at)
        await self._outbox.withdraw(f"{sheet.rota.due_key}:{_news(code)}")
        return handing.kept(sheet)

    async def separate(self, group: GroupId, person: PersonId, other: PersonId) -> None:
        """Take back what one of the two offers to the other, if it is not out yet; the offer itself stands."""
        for sheet in await self._shelf.sheets(group):
            for offer in sheet.roster.offers:
                if {offer.person, offer.to} == {person, other}:
                    await self._outbox.withdraw(f"{sheet.rota.due_key}:{_news(offer.code)}")

    async def _put_up(
        self, wanted: Wanted, offer: Offer, shifts: tuple[Shift, ...], theirs: Shift | None = None
    ) -> Say:
        """Keep the offer, and tell those it is for: one person in private, or the room.

        Somebody who is kept apart from the one who offers is told nothing, and to that one it is as if they did not
        answer. Whom they named themselves, they cannot offer it to.
        """
        signing, sheet = wanted.signing, wanted.signing.sheet
        apart = await self._apart.all(sheet.rota.group)
        if offer.to in apart.named_by(signing.person):
            raise Refused("rota-offer-to-whom")
        roster = Covering(signing=signing).offer(offer)
        await self._upkeep.change(sheet, roster, signing.now)
        to: PersonId | PlaceId = sheet.rota.place if offer.to is None else offer.to
        zone = sheet.rota.zone if offer.to is None else (await self._people.ways(sheet.rota.group, offer.to)).zone
        told = handing.offered(sheet, offer, shifts, theirs, zone)
        if offer.to is None or not apart.are(signing.person, offer.to):
            await self._tell(signing, to, _news(offer.code), told, shifts[-1].ends)
        return handing.put_up(signing, offer, shifts, theirs)

    async def _tell(self, signing: Signing, to: PersonId | PlaceId, news: str, told: Say, until: Instant) -> None:
        rota = signing.sheet.rota
        key = f"{rota.due_key}:{news}"
        message = Message(key=key, group=rota.group, to=to, say=told, not_before=signing.now, expires_at=until)
        await self._outbox.put(message)

    async def _of_code(self, asked: Asked) -> tuple[Sheet, Signing]:
        """Return the sheet, held, with the offer of a code, and the person at it. Refuses a code that is not there."""
        code = asked.need("code", str)
        sheets = await self._shelf.held(asked.group)
        sheet = next((each for each in sheets if code in {offer.code for offer in each.roster.offers}), None)
        if sheet is None:
            raise Refused("rota-offer-gone")
        zone = (await self._people.ways(asked.group, asked.person)).zone
        return sheet, Signing.among(sheets, sheet, person=asked.person, zone=zone, now=asked.at)


def _shifts(wanted: Wanted, until: Date | None) -> tuple[Shift, ...]:
    """Return the shifts meant: one, or each that they are on of that line and weekday, to a date of the rota's own."""
    signing, shift = wanted.signing, wanted.shift
    if shift is None or until is None:
        return () if shift is None or signing.person not in signing.sheet.on(shift) else (shift,)
    last = until.at(shift.pattern.time).assume_tz(wanted.rota.zone).to_instant()
    return tuple(
        each
        for each in wanted.rota.coming(signing.now, last)
        if each.date >= shift.date
        and each.id.pattern == shift.id.pattern
        and each.date.day_of_week() == shift.date.day_of_week()
        and signing.person in signing.sheet.on(each)
    )


def _only(signing: Signing, shift: Shift, mark: str | None) -> PersonId | None:
    """Return the other on a shift who is meant; None when there are several. Refuses when nobody is."""
    others = [person for person in signing.sheet.on(shift) if person != signing.person]
    if not others:
        raise Refused("rota-swap-not-theirs")
    if mark is not None:
        return person_meant(signing.sheet, mark)
    return others[0] if len(others) == 1 else None


def _one_of(sheet: Sheet, offer: Offer, said: SaidDay | None, signing: Signing) -> ShiftId | None:
    """Return which of several shifts on offer is meant, or None for all of them."""
    if said is None or len(offer.shifts) == 1:
        return None
    return shift_meant(sheet.rota, said, signing.zone, signing.now).id


def _news(code: str) -> str:
    return f"offer:{code}"
