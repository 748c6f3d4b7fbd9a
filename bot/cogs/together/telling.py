"""Open hours in sentences. What a room hears is in its group's zone; who started one is in it at their own wish."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from whenever import Instant, Time, TimeDelta, ZonedDateTime

from bot.cogs.together.commands import NAMED
from bot.domain.commands import Asked
from bot.domain.ids import PersonId
from bot.domain.outgoing import Message
from bot.domain.reading import OFF
from bot.domain.rota.rota import Rota
from bot.domain.saying import Choice, Line, Look, Say, Undo, line, say, undo
from bot.domain.together.hour import LATEST, Begins, Company, Happening, Hour

NEWS_LASTS = TimeDelta(hours=24)
# Where it is longer than this, a time alone would not say which day is meant.
_WITHIN_A_DAY = TimeDelta(hours=20)

COMPANY = {
    Company.QUIET: line("together-quiet"),
    Company.TALK: line("together-talk"),
    Company.EITHER: line("together-either"),
    Company.BESIDE: line("together-beside"),
}
OVER = line("together-over")


def begins(hour: Hour, zone: str) -> Line:
    """Return what the room hears when it begins."""
    until, company = _end(hour, zone), COMPANY[hour.company]
    if hour.shown is None:
        return line("together-begins", until=until, company=company)
    return line("together-begins-named", person=hour.shown, until=until, company=company)


def planned(hour: Hour, zone: str) -> Line:
    """Return what the room hears of one that is for later."""
    at, until, company = hour.starts.to_tz(zone), _end(hour, zone), COMPANY[hour.company]
    if hour.shown is None:
        return line("together-planned", at=at, until=until, company=company)
    return line("together-planned-named", person=hour.shown, at=at, until=until, company=company)


def in_room(happening: Happening, zone: str, now: Instant) -> Message:
    """Return what the room hears of what happened."""
    hour = happening.hour
    if isinstance(happening, Begins):
        return _message(hour, "begins", begins(hour, zone), now, hour.ends)
    return over(hour, now)


def over(hour: Hour, now: Instant) -> Message:
    """Return what the room hears at the end, whoever or whatever ended it."""
    return _message(hour, "over", OVER, now, min(now, hour.ends) + LATEST)


def announced(hour: Hour, zone: str, now: Instant) -> Message:
    """Return what the room hears of one that is for later, when it was planned."""
    return _message(hour, "planned", planned(hour, zone), now, hour.starts)


def called_off(hour: Hour, zone: str, now: Instant) -> Message:
    """Return what the room hears when one that it was told of will not be."""
    told = line("together-called-off", at=hour.starts.to_tz(zone))
    return _message(hour, "off", told, now, max(hour.starts, now) + LATEST)


def key(hour: Hour, what: str) -> str:
    """Return the key of what the room is told."""
    return f"{hour.due_key}:{what}"


def preview(hour: Hour, zone: str, readers: Sequence[Line], asked: Asked) -> Say:
    """Return exactly what the room will hear in its `zone`, who can read it there, and the way to go on."""
    later = hour.starts > asked.at
    heard = [*([planned(hour, zone)] if later else []), begins(hour, zone), OVER]
    return Say(
        lines=(
            line("together-preview-later" if later else "together-preview"),
            *(replace(each, look=Look.ITEM) for each in heard),
            line("together-preview-free"),
            *readers,
            line("sit-stance", Look.QUIET),
        ),
        choices=(
            Choice(
                label=line("together-open-it"),
                command="sit together open",
                options=_options(hour, asked),
                undo=undo("sit together end"),
            ),
        ),
    )


def opened(hour: Hour, zone: str) -> Say:
    """Return what whoever started it hears, and the way to end it."""
    if hour.begun:
        return say("together-opened", until=_end(hour, zone)).offering(_ending(hour, line("together-end-it")))
    said = say("together-kept", at=hour.starts.to_tz(zone))
    return said.offering(_ending(hour, line("together-call-it-off")))


def end_choice(hour: Hour, zone: str) -> Choice:
    """Return the choice to end one of several, or to call it off."""
    later = line("together-call-off", at=hour.starts.to_tz(zone))
    return _ending(hour, line("together-end-it") if hour.begun else later)


def _ending(hour: Hour, label: Line) -> Choice:
    """Return the choice to end it. The room hears of that, so it cannot be taken back."""
    return Choice(label=label, command="sit together end", options={"code": hour.id}, undo=line("together-end-stands"))


def ended(hour: Hour, zone: str) -> Say:
    """Return what whoever ended it hears, or called it off."""
    return say("together-ended") if hour.begun else say("together-is-off", at=hour.starts.to_tz(zone))


def coming(hours: Sequence[Hour], person: PersonId, zone: str) -> Say:
    """Return the open hours that there are, in the reader's zone, with a choice to end each of their own."""
    if not hours:
        return Say(lines=())
    own = (end_choice(hour, zone) for hour in hours if hour.starter == person)
    return Say(lines=(line("together-there-are", Look.HEADING), *_listed(hours, zone)), choices=tuple(own))


def _listed(hours: Sequence[Hour], zone: str) -> Iterator[Line]:
    for hour in hours:
        until, company = _end(hour, zone), COMPANY[hour.company]
        if hour.begun:
            yield line("together-is-on", Look.ITEM, until=until, company=company)
        else:
            yield line("together-comes", Look.ITEM, at=hour.starts.to_tz(zone), until=until, company=company)


def holding(rota: Rota, company: Company, now: Instant, key: str) -> tuple[Message, Say]:
    """Return what the room hears when a rota comes to hold open hours, and what whoever set it so does."""
    told = line("together-rota-holds", name=rota.name, number=rota.number, company=COMPANY[company])
    said = say("together-rota-kept", name=rota.name, company=COMPANY[company])
    off = _set_rota(rota, line("together-rota-end-it"), {"answer": OFF}, {"wanted": company.value})
    return _of_rota(rota, told, now, key), said.offering(off)


def released(rota: Rota, company: Company, now: Instant, key: str) -> tuple[Message, Say]:
    """Return the same for when it holds none any more."""
    told = line("together-rota-held", name=rota.name)
    again = _set_rota(rota, line("together-rota-again"), {"wanted": company.value}, {"answer": OFF})
    return _of_rota(rota, told, now, key), say("together-rota-let-go", name=rota.name).offering(again)


def _set_rota(rota: Rota, label: Line, options: dict[str, str], back: dict[str, str]) -> Choice:
    this = {"rota": str(rota.number)}
    takes_back = Undo(command="rota together", options=this | back)
    return Choice(label=label, command="rota together", options=this | options, undo=takes_back)


def _of_rota(rota: Rota, told: Line, now: Instant, key: str) -> Message:
    said, until = Say(lines=(told,)), now + NEWS_LASTS
    return Message(
        key=f"together:{key}:rota", group=rota.group, to=rota.place, say=said, not_before=now, expires_at=until
    )


def _message(hour: Hour, what: str, told: Line, now: Instant, until: Instant) -> Message:
    return Message(
        key=key(hour, what), group=hour.group, to=hour.place, say=Say(lines=(told,)), not_before=now, expires_at=until
    )


def _options(hour: Hour, asked: Asked) -> dict[str, str]:
    """Return the options that open just this, as they can be typed; the usual room is left out."""
    options = {"wanted": hour.company.value, "length": f"{round((hour.ends - hour.starts).total('minutes'))}m"}
    if hour.starts > asked.at:
        options["at"] = hour.starts.round("minute").format_iso()
    if hour.place != asked.place:
        options["where"] = str(hour.place)
    if hour.named:
        options["name"] = NAMED
    return options


def _end(hour: Hour, zone: str) -> Time | ZonedDateTime:
    ends = hour.ends.to_tz(zone)
    return ends.time() if hour.ends - hour.starts <= _WITHIN_A_DAY else ends
