"""Rotas in sentences: what a rule is in words, what a shift looks like, what the room and people are told."""

from collections.abc import Sequence

from whenever import Date, Instant, TimeDelta, Weekday

from bot.domain.ids import PersonId
from bot.domain.rota.happenings import Gap, Opening, Ping
from bot.domain.rota.roster import Sheet
from bot.domain.rota.rota import Rota, Shift
from bot.domain.saying import Arg, Choice, Line, Look, Say, choice, line, say, undo

MOST_CHOICES = 5
# Every weekly rule has a shift in it, whatever the clocks do.
OVER_A_WEEK = TimeDelta(hours=24 * 8)

_DAYS = {
    Weekday.MONDAY: line("rota-monday"),
    Weekday.TUESDAY: line("rota-tuesday"),
    Weekday.WEDNESDAY: line("rota-wednesday"),
    Weekday.THURSDAY: line("rota-thursday"),
    Weekday.FRIDAY: line("rota-friday"),
    Weekday.SATURDAY: line("rota-saturday"),
    Weekday.SUNDAY: line("rota-sunday"),
}
_ALL = tuple(Weekday)
_OPPOSITES = {"rota join": "rota leave", "rota leave": "rota join"}


def days(weekdays: tuple[Weekday, ...]) -> Arg:
    """Return the weekdays in words."""
    if weekdays == _ALL:
        return line("rota-any-day")
    if weekdays == _ALL[:5]:
        return line("rota-weekday")
    return tuple(_DAYS[day] for day in weekdays)


def rule(rota: Rota) -> Line:
    """Return the rota's rule in words, in its own zone."""
    return line(
        "rota-rule",
        days=days(rota.pattern.days),
        time=rota.pattern.time,
        length=rota.length,
        people=rota.people,
        zone=rota.zone,
    )


def dates(shifts: Sequence[Shift], zone: str) -> tuple[Date, ...]:
    """Return the days on which the shifts begin, in `zone`."""
    return tuple(shift.starts.to_tz(zone).date() for shift in shifts)


def clock_changes(shifts: Sequence[Shift]) -> tuple[Line, ...]:
    """Return a line for each shift whose time does not exist that day, or happens twice; in the rota's zone."""
    return tuple(
        line("rota-time-skipped", day=shift.date, time=shift.wall, starts=shift.starts.time())
        if shift.skipped
        else line("rota-time-twice", day=shift.date, time=shift.wall)
        for shift in shifts
        if shift.skipped or shift.repeated
    )


def kept(rota: Rota, shifts: Sequence[Shift], zone: str) -> Say:
    """Return what was kept, the next dates in `zone`, and how to end it."""
    return Say(
        lines=(
            line("rota-kept", name=rota.name, number=rota.number),
            rule(rota),
            line("rota-first", first=shifts[0].starts.to_tz(zone), then=dates(shifts[1:], zone)),
            *clock_changes(shifts),
            line("rota-kept-on", number=rota.number),
        ),
        choices=(choice("rota-see-it", "rota show", rota=str(rota.number)),),
    )


def room_new(rota: Rota, shifts: Sequence[Shift]) -> Say:
    """Return what the room is told of a new rota."""
    first = line("rota-first", first=shifts[0].starts, then=dates(shifts[1:], rota.zone))
    invitation = line("rota-room-invitation", number=rota.number)
    lines = (line("rota-room-new", name=rota.name), rule(rota), first, invitation)
    return Say(lines=lines, choices=(choice("rota-see-it", "rota show", rota=str(rota.number)),))


def heading(rota: Rota) -> Line:
    """Return the rota's number and name, standing above."""
    return line("rota-numbered", Look.HEADING, number=rota.number, name=rota.name)


def two_weeks(sheet: Sheet, shifts: Sequence[Shift], reader: PersonId, zone: str) -> Say:
    """Return who is on and what is open, and the open shifts to join; times in the reader's zone."""
    shown = Say(lines=(heading(sheet.rota), rule(sheet.rota), *(_shift(sheet, shift, zone) for shift in shifts)))
    if zone != sheet.rota.zone:
        shown = shown.then(line("rota-times-yours", Look.QUIET, zone=zone))
    how = line("rota-how-to-join", Look.QUIET, number=sheet.rota.number)
    return shown.then(*clock_changes(shifts), how).offering(*join_choices(sheet, shifts, reader, zone))


def _shift(sheet: Sheet, shift: Shift, zone: str) -> Line:
    when, people, open_ = shift.starts.to_tz(zone), sheet.on(shift), sheet.open(shift)
    if not people:
        return line("rota-shift-empty", Look.ITEM, when=when, open=open_)
    return line("rota-shift", Look.ITEM, when=when, people=people, open=open_)


def join_choices(sheet: Sheet, shifts: Sequence[Shift], reader: PersonId, zone: str) -> tuple[Choice, ...]:
    """Return the first few shifts that the reader could join."""
    free = [shift for shift in shifts if sheet.open(shift) > 0 and reader not in sheet.on(shift)]
    return tuple(
        _of_shift(line("rota-join-this", when=shift.starts.to_tz(zone)), "rota join", sheet.rota, shift)
        for shift in free[:MOST_CHOICES]
    )


def leave_choice(rota: Rota, shift: Shift, zone: str) -> Choice:
    """Return the choice to leave one shift."""
    return _of_shift(line("rota-leave-this", when=shift.starts.to_tz(zone)), "rota leave", rota, shift)


def several(sheets: Sequence[Sheet], now: Instant, zone: str) -> Say:
    """Return what rotas there are, each with its rule and next shift in `zone`, and which to look at."""
    shown = say("rota-several")
    for sheet in sheets:
        upcoming = next(sheet.rota.coming(now, now + OVER_A_WEEK))
        shown = shown.then(heading(sheet.rota), rule(sheet.rota), _shift(sheet, upcoming, zone))
    return shown.offering(*(_show(sheet.rota) for sheet in sheets[:MOST_CHOICES]))


def _show(rota: Rota) -> Choice:
    label = line("rota-see-this", name=rota.name)
    return Choice(label=label, command="rota show", options={"rota": str(rota.number)})


def mine(sheet: Sheet, shift: Shift, reader: PersonId, zone: str) -> Line:
    """Return one of the reader's own shifts, and with whom."""
    when, others = shift.starts.to_tz(zone), _others(sheet, shift, reader)
    if not others:
        return line("rota-mine-shift", Look.ITEM, when=when, name=sheet.rota.name)
    return line("rota-mine-shift-with", Look.ITEM, when=when, name=sheet.rota.name, others=others)


def ping(sheet: Sheet, due: Ping, zone: str) -> Say:
    """Return the ping: what, when in the person's `zone`, with whom; and a way out."""
    others = _others(sheet, due.shift, due.person)
    company = line("rota-ping-with", others=others) if others else line("rota-ping-alone")
    told = say("rota-ping", name=sheet.rota.name, when=due.shift.starts.to_tz(zone)).then(company)
    return told.offering(_of_shift(line("rota-cannot"), "rota leave", sheet.rota, due.shift))


def named(person: PersonId) -> Say:
    """Return what the room hears of a ping that could not be given in private: that there is one, and nothing of it."""
    return say("rota-ping-in-room", person=person).ringing(person)


def opening(sheet: Sheet, due: Opening) -> Say:
    """Return the check-in, in the group's words, with who is on."""
    rota = sheet.rota
    words = line("rota-open", name=rota.name) if rota.words is None else line("rota-open-words", words=rota.words)
    until = due.shift.ends.to_tz(rota.zone).time()
    people = sheet.on(due.shift)
    return Say(lines=(words, line("rota-open-people", people=people, until=until)), rings=people)


def gap(rota: Rota, due: Gap) -> Say:
    """Return what the room is told of a shift that nobody is on."""
    told = say("rota-gap", name=rota.name, when=due.shift.starts)
    return told.offering(_of_shift(line("rota-take-it"), "rota join", rota, due.shift))


def _of_shift(label: Line, command: str, rota: Rota, shift: Shift) -> Choice:
    options = {"rota": str(rota.number), "date": shift.date.format_iso()}
    return Choice(label=label, command=command, options=options, undo=undo(_OPPOSITES[command], **options))


def _others(sheet: Sheet, shift: Shift, person: PersonId) -> tuple[PersonId, ...]:
    return tuple(other for other in sheet.on(shift) if other != person)
