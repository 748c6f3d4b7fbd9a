"""Rotas in sentences: what a rule is in words, what a shift looks like, what the room and people are told."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from whenever import Date, Instant, TimeDelta, Weekday

from bot.cogs.rota.greeting import hello_choice
from bot.cogs.rota.weeks import by_week, row
from bot.cogs.rota.weeks import called as week_called
from bot.domain.ids import PersonId
from bot.domain.rota.closing import Closure
from bot.domain.rota.happenings import Gap, Happening, Opening, Ping, Relief
from bot.domain.rota.in_words import WEEKDAYS, closing, in_words
from bot.domain.rota.naming import typed
from bot.domain.rota.parts import Part
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.roster import Stint
from bot.domain.rota.rota import Rota, Shift
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.signing import Signing
from bot.domain.rota.until import until
from bot.domain.saying import Arg, Choice, Line, Look, Say, choice, line, say, undo

MOST_CHOICES = 5
# The next shifts of all but the rarest rules are in it.
FAR_AHEAD = TimeDelta(hours=24 * 400)

NOTHING: tuple[Arg, ...] = ()
A_MOMENT = TimeDelta(seconds=1)

_ALL = tuple(Weekday)
_OPPOSITES = {"rota join": "rota leave", "rota leave": "rota join"}


def days(weekdays: tuple[Weekday, ...]) -> Arg:
    """Return the weekdays in words."""
    if weekdays == _ALL:
        return line("rota-any-day")
    if weekdays == _ALL[:5]:
        return line("rota-weekday")
    return tuple(WEEKDAYS[day] for day in weekdays)


def rules(rota: Rota, now: Instant) -> tuple[Line, ...]:
    """Return the rota's lines in words, in its own zone, and when it is closed."""
    today = now.to_tz(rota.zone).date()
    lines = (in_words(_begun(pattern, today), rota.zone, today) for pattern in rota.patterns)
    return (*lines, *closing(rota.closed, rota.holidays, today))


def _begun(pattern: Pattern, today: Date) -> Pattern:
    """Return the line as if it had begun today, if that is all the same: none of its days comes before it begins."""
    before = pattern.recurrence.each.dates(today, today, pattern.starts.subtract(days=1))
    return pattern if any(before) else replace(pattern, starts=min(today, pattern.starts))


def dates(shifts: Sequence[Shift], zone: str) -> tuple[Date, ...]:
    """Return the days on which the shifts begin, in `zone`."""
    return tuple(shift.starts.to_tz(zone).date() for shift in shifts)


def stretches(days: Sequence[Closure]) -> tuple[Arg, ...]:
    """Return dates from one to another, both counted, in words."""
    return tuple(
        each.first if each.first == each.last else line("rota-days", first=each.first, last=each.last) for each in days
    )


def named(signing: Signing, shifts: Sequence[Shift]) -> tuple[Arg, ...]:
    """Return shifts with the name of their rota."""
    name, zone = signing.sheet.rota.name, signing.zone
    return tuple(line("rota-named-shift", name=name, when=shift.starts.to_tz(zone)) for shift in shifts)


def clock_changes(shifts: Sequence[Shift]) -> tuple[Line, ...]:
    """Return a line for each shift whose time does not exist that day, or happens twice; in the rota's zone."""
    return tuple(
        line("rota-time-skipped", day=shift.date, time=shift.wall, starts=shift.starts.time())
        if shift.skipped
        else line("rota-time-twice", day=shift.date, time=shift.wall)
        for shift in shifts
        if shift.skipped or shift.repeated
    )


def kept(rota: Rota, shifts: Sequence[Shift], zone: str, now: Instant) -> Say:
    """Return what was kept, the next dates in `zone`, and how to end it."""
    return Say(
        lines=(
            line("rota-kept", name=rota.name, number=rota.number),
            *rules(rota, now),
            first(shifts, zone),
            *clock_changes(shifts),
            line("rota-kept-on", number=rota.number),
        ),
        choices=(choice("rota-see-it", "rota show", rota=str(rota.number)),),
    )


def room_new(rota: Rota, shifts: Sequence[Shift], now: Instant) -> Say:
    """Return what the room is told of a new rota."""
    invitation = line("rota-room-invitation", number=rota.number)
    lines = (line("rota-room-new", name=rota.name), *rules(rota, now), first(shifts, rota.zone), invitation)
    return Say(lines=lines, choices=(choice("rota-see-it", "rota show", rota=str(rota.number)),))


def first(shifts: Sequence[Shift], zone: str) -> Line:
    """Return the first of some shifts, and the dates of the others, in `zone`."""
    first_, *then = shifts
    if not then:
        return line("rota-only", first=first_.starts.to_tz(zone))
    return line("rota-first", first=first_.starts.to_tz(zone), then=dates(then, zone))


def heading(rota: Rota) -> Line:
    """Return the rota's number and name, standing above."""
    return line("rota-numbered", Look.HEADING, number=rota.number, name=rota.name)


def two_weeks(sheet: Sheet, shifts: Sequence[Shift], reader: PersonId, zone: str, now: Instant) -> Say:
    """Return who is on and what is open, and the open shifts to join; times in the reader's zone."""
    shown = Say(lines=(heading(sheet.rota), *rules(sheet.rota, now), *listed(sheet, shifts, now, zone)))
    if zone != sheet.rota.zone:
        shown = shown.then(line("rota-times-yours", Look.QUIET, zone=zone))
    how = line("rota-how-to-join", Look.QUIET, number=sheet.rota.number)
    return shown.then(*clock_changes(shifts), how).offering(*join_choices(sheet, shifts, reader, zone))


def listed(sheet: Sheet, shifts: Sequence[Shift], now: Instant, zone: str) -> Iterator[Line]:
    """Give how long it is until the first shift, and the shifts, each week's below what it is called."""
    if shifts:
        yield line("rota-next", when=until(shifts[0].begins, now, zone))
    for monday, each in by_week(shifts, zone):
        yield week_called(monday, now.to_tz(zone).date())
        yield from (_shift(sheet, shift, zone) for shift in each)


def _shift(sheet: Sheet, shift: Shift, zone: str) -> Line:
    return row(shift.starts.to_tz(zone), places(sheet, shift), who(sheet, shift, zone))


def places(sheet: Sheet, shift: Shift) -> int | str:
    """Return how many more could be on all of the shift; "part" where one could, but only on a part of it."""
    room = sheet.room(shift)
    return "part" if not room and sheet.open_in_part(shift) else room


def who(sheet: Sheet, shift: Shift, zone: str, but: PersonId | None = None) -> tuple[Arg, ...]:
    """Return who is on a shift, but for one person, with the times in `zone` of whoever is not on all of it."""
    return tuple(
        stint.person if stint.part.whole else _partly(stint, shift, zone)
        for stint in sheet.stints(shift)
        if stint.person != but
    )


def when(shift: Shift, part: Part, zone: str) -> Arg:
    """Return when a shift is, or a part of it, in `zone`."""
    if part.whole:
        return shift.starts.to_tz(zone)
    starts, ends = (shift.at(minute).to_tz(zone) for minute in (part.starts, part.ends))
    return line("rota-when-part", starts=starts, ends=ends.time())


def _partly(stint: Stint, shift: Shift, zone: str) -> Line:
    starts, ends = (shift.at(minute).to_tz(zone).time() for minute in (stint.part.starts, stint.part.ends))
    return line("rota-partly", person=stint.person, starts=starts, ends=ends)


def join_choices(sheet: Sheet, shifts: Sequence[Shift], reader: PersonId, zone: str) -> tuple[Choice, ...]:
    """Return the first few shifts that the reader could join."""
    free = [shift for shift in shifts if sheet.room(shift) > 0 and reader not in sheet.on(shift)]
    return tuple(
        _of_shift(line("rota-join-this", when=shift.starts.to_tz(zone)), "rota join", sheet.rota, shift)
        for shift in free[:MOST_CHOICES]
    )


def leave_choice(rota: Rota, shift: Shift, zone: str) -> Choice:
    """Return the choice to leave one shift."""
    return _of_shift(line("rota-leave-this", when=shift.starts.to_tz(zone)), "rota leave", rota, shift)


def offer_choice(rota: Rota, shift: Shift, zone: str) -> Choice:
    """Return the choice to let another have one shift."""
    return _handing(line("rota-offer-this", when=shift.starts.to_tz(zone)), "rota offer", rota, shift)


def _handing(label: Line, command: str, rota: Rota, shift: Shift) -> Choice:
    options = {"rota": str(rota.number), "date": typed(rota, shift)}
    return Choice(label=label, command=command, options=options, undo=line("rota-offer-undo"))


def several(sheets: Sequence[Sheet], now: Instant, zone: str) -> Say:
    """Return what rotas there are, each with its rule and next shift in `zone`, and which to look at."""
    shown = say("rota-several")
    for sheet in sheets:
        upcoming = islice(sheet.rota.coming(now, now + FAR_AHEAD), 1)
        next_ = tuple(_shift(sheet, shift, zone) for shift in upcoming) or (line("rota-no-more", name=sheet.rota.name),)
        shown = shown.then(heading(sheet.rota), *rules(sheet.rota, now), *next_)
    return shown.offering(*(_show(sheet.rota) for sheet in sheets[:MOST_CHOICES]))


def _show(rota: Rota) -> Choice:
    label = line("rota-see-this", name=rota.name)
    return Choice(label=label, command="rota show", options={"rota": str(rota.number)})


def mine(signing: Signing, shift: Shift) -> Line:
    """Return one of the reader's own shifts, or their part of it, how long it is until then, and with whom."""
    sheet, reader, zone = signing.sheet, signing.person, signing.zone
    part, *more = (stint.part for stint in sheet.stints(shift) if stint.person == reader)
    begins = shift.starts.to_tz(zone) if more else when(shift, part, zone)
    left, others = until(shift.at(part.starts), signing.now, zone), who(sheet, shift, zone, but=reader)
    if not others:
        return line("rota-mine-shift", Look.ITEM, name=sheet.rota.name, until=left, when=begins)
    return line("rota-mine-shift-with", Look.ITEM, name=sheet.rota.name, until=left, when=begins, others=others)


def ping(sheet: Sheet, due: Ping, zone: str) -> Say:
    """Return the ping: what, when in the person's `zone`, with whom; and a way out."""
    begins = due.shift.at(due.part.starts).to_tz(zone)
    others = who(sheet, due.shift, zone, but=due.person)
    company = line("rota-ping-with", others=others) if others else line("rota-ping-alone")
    told = say("rota-ping", name=sheet.rota.name, when=begins).then(company)
    return told.offering(
        _of_shift(line("rota-cannot"), "rota leave", sheet.rota, due.shift),
        _handing(line("rota-let-another"), "rota offer", sheet.rota, due.shift),
        _handing(line("rota-swap-it"), "rota swap", sheet.rota, due.shift),
    )


def in_room(sheet: Sheet, due: Happening) -> Say:
    """Return what the room hears; of a ping, nothing but that there is one."""
    match due:
        case Opening():
            return opening(sheet, due)
        case Gap():
            return gap(sheet, due)
        case Relief():
            told = say("rota-relief-room", name=sheet.rota.name, since=due.ends.to_tz(sheet.rota.zone).time())
            return told.offering(_of_shift(line("rota-take-it"), "rota join", sheet.rota, due.wanted))
        case Ping():
            return called(due.person)


def relieved(sheet: Sheet, due: Relief) -> tuple[PersonId, ...]:
    """Return those who are on when the last goes."""
    return sheet.around(due.shift, due.ends - A_MOMENT)


def no_relief(sheet: Sheet, due: Relief, zone: str) -> Say:
    """Return what they are told: when they are off, though nobody comes."""
    return say("rota-relief", name=sheet.rota.name, ends=due.ends.to_tz(zone).time())


def called(person: PersonId) -> Say:
    """Return what the room hears of a ping that could not be given in private: that there is one, and nothing of it."""
    return say("rota-ping-in-room", person=person).ringing(person)


def opening(sheet: Sheet, due: Opening) -> Say:
    """Return the check-in, in the group's words, with who is on."""
    rota = sheet.rota
    words = line("rota-open", name=rota.name) if rota.words is None else line("rota-open-words", words=rota.words)
    until = due.shift.ends.to_tz(rota.zone).time()
    people = line("rota-open-people", people=who(sheet, due.shift, rota.zone), until=until)
    return Say(lines=(words, people), choices=(hello_choice(sheet, due.shift),), rings=sheet.on(due.shift))


def gap(sheet: Sheet, due: Gap) -> Say:
    """Return what the room is told of a shift that is short."""
    short = due.shift.pattern.fewest - len(sheet.on(due.shift))
    when = due.shift.starts
    if not sheet.on(due.shift):
        told = say("rota-gap", name=sheet.rota.name, when=when)
    else:
        told = say("rota-gap-some", name=sheet.rota.name, when=when, short=max(short, 1))
    return told.offering(_of_shift(line("rota-take-it"), "rota join", sheet.rota, due.shift))


def _of_shift(label: Line, command: str, rota: Rota, shift: Shift) -> Choice:
    options = {"rota": str(rota.number), "date": typed(rota, shift)}
    return Choice(label=label, command=command, options=options, undo=undo(_OPPOSITES[command], **options))
