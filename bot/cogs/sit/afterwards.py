"""What may come after a sit, in sentences: being open to another one, and dates to look at how it is.

Nothing is said of what was before: no count, and no date but the one that is meant.
"""

from collections.abc import Iterator, Sequence

from bot.cogs.sit.after_commands import KINDLY, SILENTLY, YES
from bot.domain.ids import PersonId
from bot.domain.reading import OFF
from bot.domain.saying import Choice, Line, Look, Say, Undo, choice, line, say, undo
from bot.domain.sit.again import code_of
from bot.domain.sit.ask import Ask
from bot.domain.sit.looking import Look as Looked
from bot.domain.sit.looking import State
from bot.domain.sit.wishes import Wanted


def choices(ask: Ask, person: PersonId) -> Iterator[Choice]:
    """Yield what that person may do after a sit, alone. Leaving it is as good, and nothing is kept of that."""
    others = [other for other in ask.members if other != person]
    for other in others if ask.after is not None else ():
        label = line("sit-again-with", person=other) if len(others) > 1 else line("sit-again-please")
        code = code_of(ask.after or "", person, other)
        yield Choice(label=label, command="sit again", options={"pair": code}, undo=_taking_back(code))
    yield reflecting()


def reflecting() -> Choice:
    """Return the choice to ask for somebody to reflect with."""
    return Choice(label=line("sit-reflect-with"), command="sit", options={"wanted": Wanted.REFLECT.value})


def noted(code: str) -> Say:
    """Return that somebody's word stands, shown to nobody. It is the same whatever the other did or does."""
    back = Choice(
        label=line("sit-again-take-back"),
        command="sit again",
        options=_taking_back(code).options,
        undo=undo("sit again", pair=code),
    )
    return say("sit-again-noted").offering(back)


def _taking_back(code: str) -> Undo:
    return undo("sit again", answer=OFF, pair=code)


def both_open(other: PersonId) -> Say:
    """Return that both said so, and what they may do with it."""
    return say("sit-again-both", person=other).then(
        line("sit-again-ask", Look.ITEM), line("sit-again-look", Look.ITEM), line("sit-again-leave", Look.QUIET)
    )


def asked(look: Looked, zone: str) -> Say:
    """Return what whoever invites somebody reads: the same whoever it is, and whatever becomes of it."""
    until = look.lapses_at.to_tz(zone)
    told = say("sit-again-asked", person=look.other)
    if look.at is not None:
        told = say("sit-look-asked", person=look.other, at=look.at.to_tz(zone))
    return told.then(line("sit-look-unanswered", until=until)).offering(_back(look, line("sit-look-take-back")))


def _back(look: Looked, label: Line) -> Choice:
    options = {"answer": SILENTLY, "pair": look.code}
    return Choice(label=label, command="sit look", options=options, undo=line("sit-look-back-stands"))


def invitation(look: Looked, zone: str) -> Say:
    """Return what whoever is invited reads. There is no no to it."""
    told = say("sit-again-invited", person=look.person)
    if look.at is not None:
        told = say("sit-look-invited", person=look.person, at=look.at.to_tz(zone))
    yes = choice("sit-look-yes", "sit look", answer=YES, pair=look.code)
    return told.then(line("sit-look-free", Look.QUIET)).offering(yes.undone_by(line("sit-look-yes-stands")))


def agreed(look: Looked, zone: str) -> Say:
    """Return that it is agreed, as the one who holds it reads it: also when the other said yes."""
    at = (look.at or look.until).to_tz(zone)
    return say("sit-look-agreed", person=look.other, at=at).then(line("sit-look-ends", Look.QUIET))


def prompt(look: Looked) -> Say:
    """Return what is said on the date."""
    about = ("sit-look-good", "sit-look-different", "sit-look-on")
    told = say("sit-look-now", person=look.other).then(*(line(each, Look.ITEM) for each in about))
    another = choice("sit-look-another", "sit another", pair=look.code).undone_by(line("sit-look-asked-stands"))
    return told.then(line("sit-look-leave", Look.QUIET)).offering(another, *_ends(look))


def shown(looks: Sequence[Looked], zone: str) -> Say:
    """Return the dates and the invitations that somebody holds, each with how it is ended."""
    told = say("sit-look-none") if not looks else say("sit-look-yours")
    for look in looks:
        told = told.then(_held(look, zone))
        back = _back(look, line("sit-look-take-back-with", person=look.other))
        told = told.offering(*(_ends(look, len(looks)) if look.state is State.AGREED else (back,)))
    return told.then(line("sit-look-how", Look.QUIET))


def _held(look: Looked, zone: str) -> Line:
    if look.at is None:
        return line("sit-again-waits", Look.ITEM, person=look.other)
    id_ = "sit-look-date" if look.state is State.AGREED else "sit-look-waits"
    return line(id_, Look.ITEM, person=look.other, at=look.at.to_tz(zone))


def _ends(look: Looked, of: int = 1) -> Iterator[Choice]:
    """Yield both ways to end it; among several it is said with whom."""
    labels = (line("sit-look-end-kindly"), line("sit-look-end-silently"))
    if of > 1:
        kindly = line("sit-look-end-kindly-with", person=look.other)
        labels = (kindly, line("sit-look-end-silently-with", person=look.other))
    for label, how in zip(labels, (KINDLY, SILENTLY), strict=True):
        options = {"answer": how, "pair": look.code}
        yield Choice(label=label, command="sit look", options=options, undo=line("sit-look-end-stands"))
