"""What is said when open shifts are shared out: what each could take, and how many places were offered.

Nobody is told who else was asked, for what, or why somebody was not.
"""

from collections.abc import Iterator, Sequence

from bot.cogs.rota import calling, telling
from bot.domain.rota.sharing import MOST_EACH, Offers, Outlook, Place
from bot.domain.saying import Line, Look, Say, line, say
from bot.ports.solving import NotInstalledError, TooLongError, UnsolvedError


def nothing(outlook: Outlook, weeks: int) -> Say | None:
    """Return why nothing can come of it, as far as that can be seen at once; None where something may."""
    if not outlook.places:
        return say("rota-suggest-none-open", weeks=weeks)
    if not outlook.people:
        return say("rota-suggest-nobody")
    return None if outlook.asked_at else say("rota-suggest-nobody-now")


def begun() -> Say:
    """Return that it is being worked out, and that nobody is put on anything."""
    return say("rota-suggest-begun").then(line("rota-suggest-so"))


def done(offers: Offers, unfilled: int) -> Say:
    """Return how many places were offered, and how many that are needed were not."""
    count = sum(len(each) for each in offers.values())
    if not count:
        return say("rota-suggest-nobody-now")
    told = say("rota-suggest-done", count=count).then(line("rota-suggest-open", count=unfilled))
    many = any(len(each) == MOST_EACH for each in offers.values())
    return told.then(line("rota-suggest-most", most=MOST_EACH)) if many and unfilled else told


def failed() -> Say:
    """Return that it did not work out, and that nobody heard of it."""
    return say("rota-suggest-failed")


def unsolved(error: UnsolvedError, weeks: int) -> Say:
    """Return why the solver gave no answer, and what would work."""
    match error:
        case NotInstalledError():
            return say("rota-suggest-not-installed")
        case TooLongError():
            return say("rota-suggest-too-long", weeks=weeks // 2)
        case _:
            return failed()


def offered(places: Sequence[Place], zone: str) -> Iterator[Say]:
    """Give what somebody is asked, in their `zone`, in as few messages as there can be; a no needs nothing."""
    for first in range(0, len(places), telling.MOST_CHOICES):
        yield _asking(places[first : first + telling.MOST_CHOICES], zone)


def _asking(places: Sequence[Place], zone: str) -> Say:
    names = {place.sheet.rota.id: place.sheet.rota.name for place in places}
    if len(names) == 1:
        told = say("rota-suggested", name=next(iter(names.values())), count=len(places))
    else:
        told = say("rota-suggested-on-several").then(*(_item(place, zone) for place in places))
    choices = (calling.can(place.sheet.rota, place.shift, place.part, zone, only=False) for place in places)
    return told.then(line("rota-suggested-nothing", count=len(places))).offering(*choices)


def _item(place: Place, zone: str) -> Line:
    when = telling.when(place.shift, place.part, zone)
    return line("rota-named-shift", Look.ITEM, name=place.sheet.rota.name, when=when)
