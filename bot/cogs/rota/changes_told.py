"""What is said of a rota that changes: what it would mean, to whoever wishes it; what it meant, to each it touches."""

from collections.abc import Iterator, Sequence

from whenever import Instant

from bot.cogs.rota import telling
from bot.domain.rota.in_words import WEEKDAYS
from bot.domain.rota.moving import Held, Moved, Touched
from bot.domain.rota.proposing import Proposal
from bot.domain.rota.roster import Standing
from bot.domain.rota.rota import Rota, Shift
from bot.domain.rota.sheet import Sheet
from bot.domain.saying import Arg, Choice, Line, Look, Say, choice, line, say

# Of each kind, for each person.
MOST_TOLD = 5


def proposed(after: Sheet, people: Sequence[Touched], proposal: Proposal, zone: str, now: Instant) -> Say:
    """Return the lines it would have, whose shifts would move or go, and the one thing to answer; times in `zone`."""
    rota = after.rota
    told = say("rota-change-would", name=rota.name).then(*telling.rules(rota, now), line("rota-change-whose"))
    for each in people:
        told = told.then(*_would(each, zone))
    told = told.then(line("rota-change-waits", until=proposal.until.to_tz(zone)))
    return told.offering(
        Choice(
            label=line("rota-change-it"),
            command="rota agree",
            options={"code": proposal.code},
            undo=line("rota-change-undo", number=rota.number),
        )
    )


def done(after: Sheet, next_: Sequence[Shift], zone: str, now: Instant, *, told_others: bool) -> Say:
    """Return that it changed, with its lines and its next dates in `zone`, and whether others were told in private."""
    rota = after.rota
    told = say("rota-changed", name=rota.name).then(*[line("rota-changed-told")] if told_others else [])
    told = told.then(*telling.rules(rota, now))
    if next_:
        told = told.then(telling.first(next_, zone), *telling.clock_changes(next_))
    return told.offering(choice("rota-see-it", "rota show", rota=str(rota.number)))


def too_many(shifts: Sequence[Shift], zone: str) -> tuple[Line, ...]:
    """Return that more people are on some shifts than there is room for, and stay on."""
    if not shifts:
        return ()
    return (line("rota-change-crowded", dates=telling.dates(shifts[:MOST_TOLD], zone)),)


def in_room(before: Rota, after: Rota, now: Instant) -> Say:
    """Return what the room hears: that the rota has changed, with its lines."""
    told = say("rota-room-changed", name=after.name)
    if before.name != after.name:
        told = say("rota-room-renamed", name=after.name, before=before.name)
    invitation = line("rota-room-invitation", number=after.number)
    told = told.then(*telling.rules(after, now), invitation)
    return told.offering(choice("rota-see-it", "rota show", rota=str(after.number)))


def yours(after: Sheet, each: Touched, zone: str) -> Say:
    """Return what moved and went for one person, in their `zone`, and the way out of what they are still on."""
    rota, told = after.rota, say("rota-changed-yours", name=after.rota.name)
    told = told.then(*(_moved(one, zone) for one in each.moved[:MOST_TOLD]))
    told = told.then(*_more(len(each.moved), "rota-changed-moved-more"))
    told = told.then(*(line("rota-changed-gone", Look.ITEM, was=_when(one, zone)) for one in each.gone[:MOST_TOLD]))
    told = told.then(*_more(len(each.gone), "rota-changed-gone-more"))
    told = told.then(*(line("rota-changed-back", Look.ITEM, now=_when(one.now, zone)) for one in each.back[:MOST_TOLD]))
    told = told.then(*_more(len(each.back), "rota-changed-back-more"))
    told = told.then(*(line("rota-changed-ended", Look.ITEM, days=_days(place)) for place in each.ended))
    told = told.then(
        *(line("rota-changed-loosened", Look.ITEM, days=_days(one), number=rota.number) for one in each.loosened)
    )
    told = told.then(*_busy(each, zone))
    still = [one.now.shift for one in (*each.moved, *each.back)]
    if not still:
        return told
    told = told.then(line("rota-change-mind-weekly", number=rota.number))
    return told.offering(*(telling.leave_choice(rota, shift, zone) for shift in still[: telling.MOST_CHOICES]))


def _would(each: Touched, zone: str) -> Iterator[Line]:
    """Give what a change would mean to one person."""
    for one in each.moved[:MOST_TOLD]:
        was, now = _when(one.was, zone), _until(one.now, zone)
        yield line("rota-change-moves", Look.ITEM, person=each.person, was=was, now=now)
    yield from _more(len(each.moved), "rota-change-moves-more", each)
    for held in each.gone[:MOST_TOLD]:
        yield line("rota-change-goes", Look.ITEM, person=each.person, was=_when(held, zone))
    yield from _more(len(each.gone), "rota-change-goes-more", each)
    for one in each.back[:MOST_TOLD]:
        yield line("rota-change-comes", Look.ITEM, person=each.person, now=_until(one.now, zone))
    yield from _more(len(each.back), "rota-change-comes-more", each)
    for place in each.ended:
        yield line("rota-change-ends", Look.ITEM, person=each.person, days=_days(place))
    for place in each.loosened:
        yield line("rota-change-loosens", Look.ITEM, person=each.person, days=_days(place))


def _moved(one: Moved, zone: str) -> Line:
    return line("rota-changed-moved", Look.ITEM, was=_when(one.was, zone), now=_until(one.now, zone))


def _busy(each: Touched, zone: str) -> Iterator[Line]:
    """Give the shifts at whose new time they have another."""
    for one in (*each.moved, *each.back):
        if one.busy is not None:
            sheet, other = one.busy
            when, now = other.starts.to_tz(zone), _when(one.now, zone)
            yield line("rota-changed-busy", Look.ITEM, now=now, name=sheet.rota.name, when=when)


def _more(count: int, id_: str, each: Touched | None = None) -> Iterator[Line]:
    """Give how many more there are than are told one by one."""
    if count > MOST_TOLD:
        person = {} if each is None else {"person": each.person}
        yield line(id_, Look.ITEM, count=count - MOST_TOLD, **person)


def _when(held: Held, zone: str) -> Arg:
    return telling.when(held.shift, held.part, zone)


def _until(held: Held, zone: str) -> Arg:
    """Return when it is, with its end."""
    part, shift = held.part, held.shift
    starts, ends = (shift.at(minute).to_tz(zone) for minute in (part.starts, part.ends))
    return line("rota-when-part", starts=starts, ends=ends.time())


def _days(place: Standing) -> Arg:
    return line("rota-any-shift") if place.day is None else WEEKDAYS[place.day]
