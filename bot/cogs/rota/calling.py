"""What people hear who are asked for a shift, or would like to be. Nobody is told who else was asked, or how many."""

from collections.abc import Sequence

from bot.cogs.rota import telling
from bot.domain.reading import OFF, ON
from bot.domain.rota.asks import Vacancy
from bot.domain.rota.naming import typed
from bot.domain.rota.parts import Part
from bot.domain.rota.rota import Rota, Shift
from bot.domain.rota.said_part import SaidPart
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.signing import Signing
from bot.domain.saying import Choice, Refused, Say, line, say, undo

FULL = "rota-shift-full"


def ask(sheet: Sheet, vacancy: Vacancy, zone: str, *, first: bool) -> Say:
    """Return what somebody is asked, in their `zone`, `first` as they wished; a no needs nothing, so there is none."""
    rota, shift = sheet.rota, vacancy.shift
    when = tuple(telling.when(shift, part, zone) for part in vacancy.parts)
    told = say("rota-ask-first" if first else "rota-ask", name=rota.name, when=when if len(when) > 1 else when[0])
    others = telling.who(sheet, shift, zone)
    company = line("rota-ask-with", others=others) if others else line("rota-ask-alone")
    answers = (can(rota, shift, part, zone, only=len(when) == 1) for part in vacancy.parts)
    return told.then(company, line("rota-ask-nothing")).offering(*answers)


def can(rota: Rota, shift: Shift, part: Part, zone: str, *, only: bool) -> Choice:
    """Return the one answer to an ask, in their `zone`: with the time, unless it is the `only` one."""
    options = {**_options(rota, shift), **({} if part.whole else {"part": _said(part, shift, zone)})}
    label = line("rota-ask-can") if only else line("rota-ask-can-then", when=telling.when(shift, part, zone))
    return Choice(label=label, command="rota join", options=options, undo=undo("rota leave", **options))


def _said(part: Part, shift: Shift, zone: str) -> str:
    """Return how the part is typed by somebody in `zone`."""
    starts = shift.at(part.starts).to_tz(zone).time() if part.starts else None
    return str(SaidPart(starts=starts, ends=None if part.ends is None else shift.at(part.ends).to_tz(zone).time()))


def offering_reserve(refused: Refused, rota: Rota, shift: Shift) -> Refused:
    """Return the refusal of a full shift with the choice to be asked first; any other as it is."""
    if refused.say.lines[0].id == FULL:
        refused.say = refused.say.offering(_choice(rota, shift, ON, "rota-reserve-it"))
    return refused


def reserved(signing: Signing, shift: Shift) -> Say:
    """Return that they are asked first, that nothing is held for them, and the way out."""
    rota = signing.sheet.rota
    told = say("rota-reserved", name=rota.name, when=shift.starts.to_tz(signing.zone)).then(line("rota-reserved-so"))
    return told.offering(_choice(rota, shift, OFF, "rota-reserve-not"))


def not_reserved(signing: Signing, shift: Shift, *, was: bool) -> Say:
    """Return that they are not asked first any more, or never were to be."""
    id_ = "rota-reserved-not" if was else "rota-reserved-never"
    return say(id_, name=signing.sheet.rota.name, when=shift.starts.to_tz(signing.zone))


def is_open(signing: Signing, shift: Shift) -> Say:
    """Return that there is a place already, and the choice to take it."""
    rota, when = signing.sheet.rota, shift.starts.to_tz(signing.zone)
    told = say("rota-reserve-open", name=rota.name, when=when)
    return told.offering(*telling.join_choices(signing.sheet, (shift,), signing.person, signing.zone))


def which_to_reserve(signing: Signing, shifts: Sequence[Shift]) -> Say:
    """Return the full shifts, to pick one."""
    rota = signing.sheet.rota
    if not shifts:
        return say("rota-reserve-none", name=rota.name)
    choices = (
        Choice(
            label=line("rota-reserve-this", when=shift.starts.to_tz(signing.zone)),
            command="rota reserve",
            options=_options(rota, shift),
            undo=undo("rota reserve", **_options(rota, shift), answer=OFF),
        )
        for shift in shifts[: telling.MOST_CHOICES]
    )
    return say("rota-reserve-which", name=rota.name, number=rota.number).offering(*choices)


def _choice(rota: Rota, shift: Shift, answer: str, label: str) -> Choice:
    options, other = _options(rota, shift), ON if answer == OFF else OFF
    says = options | ({"answer": OFF} if answer == OFF else {})
    return Choice(
        label=line(label), command="rota reserve", options=says, undo=undo("rota reserve", **options, answer=other)
    )


def _options(rota: Rota, shift: Shift) -> dict[str, str]:
    return {"rota": str(rota.number), "date": typed(rota, shift)}
