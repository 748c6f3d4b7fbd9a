"""What can be asked about rotas, as data."""

from bot.domain.commands import Command, Option
from bot.domain.reading import Leads, Length, OneOf, Place, Text, Whole, Zone
from bot.domain.rota.reading import ShiftDay, When, Which

MOST_PEOPLE = 20
ONCE, WEEKLY = "once", "every week"

_EVERY = OneOf(
    choices=(ONCE, WEEKLY),
    also=(("just once", ONCE), ("weekly", WEEKLY), ("each week", WEEKLY), ("every", WEEKLY), ("always", WEEKLY)),
)
_SIGNING = (
    Option(name="rota", kind=Which(), looked_up=True),
    Option(name="date", kind=ShiftDay(), looked_up=True),
    Option(name="every", kind=_EVERY),
)

NEW = Command(
    name="rota new",
    options=(
        Option(name="name", kind=Text(longest=60), required=True, kept=True),
        Option(name="when", kind=When(), required=True),
        Option(name="length", kind=Length()),
        Option(name="people", kind=Whole(least=1, most=MOST_PEOPLE)),
        Option(name="zone", kind=Zone()),
        Option(name="where", kind=Place()),
        Option(name="words", kind=Text(longest=200), kept=True),
    ),
)
SHOW = Command(name="rota show", options=(Option(name="rota", kind=Which(), looked_up=True),))
JOIN = Command(name="rota join", options=_SIGNING)
LEAVE = Command(name="rota leave", options=_SIGNING)
MINE = Command(name="rota mine")
REMIND = Command(name="rota remind", options=(Option(name="leads", kind=Leads(), required=True),))
END = Command(name="rota end", options=(Option(name="rota", kind=Which(), required=True, looked_up=True),))
