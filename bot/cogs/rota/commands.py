"""What can be asked about rotas, as data."""

from bot.domain.codes import Code
from bot.domain.commands import Command, Option
from bot.domain.reading import OFF, ON, Day, File, Leads, Length, OneOf, Place, Text, Weeks, Whole, Zone
from bot.domain.rota.bringing import fits
from bot.domain.rota.reading import EVERY, EVERY_ALSO, ShiftDay, Which
from bot.domain.rota.said import MOST_PEOPLE, Closed, Holidays, When
from bot.domain.rota.said_opens import Opens
from bot.domain.rota.said_part import PartOf
from bot.domain.rota.said_person import Whom

CLOSING = (
    Option(name="closed", kind=Closed()),
    Option(name="holidays", kind=Holidays()),
    Option(name="opens", kind=Opens()),
)

# A number that is too large is still one of weeks, and no rota's name.
_ANY_WEEKS = 999
_EVERY = OneOf(choices=tuple(EVERY), also=EVERY_ALSO)
_SIGNING = (
    Option(name="rota", kind=Which(), looked_up=True),
    Option(name="date", kind=ShiftDay(), looked_up=True),
    Option(name="every", kind=_EVERY),
    Option(name="part", kind=PartOf()),
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
        *CLOSING,
    ),
)
IMPORT = Command(
    name="rota import",
    options=(
        NEW.options[0],
        Option(name="file", kind=File(fits=fits, otherwise="rota-file-unlike"), required=True),
        *(option for option in NEW.options if option.name in {"people", "zone", "where"}),
    ),
)
_SHIFT = _SIGNING[:2]
OFFER = Command(
    name="rota offer",
    options=(
        *_SHIFT,
        Option(name="part", kind=PartOf()),
        Option(name="until", kind=Day()),
        Option(name="to", kind=Whom()),
    ),
)
SWAP = Command(
    name="rota swap",
    options=(*_SHIFT, Option(name="theirs", kind=ShiftDay()), Option(name="person", kind=Whom())),
)
_CODE = Option(name="code", kind=Code(gone="rota-offer-gone"), required=True)
TAKE = Command(
    name="rota take", options=(_CODE, Option(name="date", kind=ShiftDay()), Option(name="part", kind=PartOf()))
)
KEEP = Command(name="rota keep", options=(_CODE,))
_RATHER_ONE = Option(name="rota", kind=Which(), looked_up=True)
AWAY = Command(name="rota away", options=(Option(name="days", kind=Closed(), required=True), _RATHER_ONE))
BACK = Command(name="rota back", options=(_RATHER_ONE,))
RESERVE = Command(name="rota reserve", options=(*_SHIFT, Option(name="answer", kind=OneOf(choices=(ON, OFF)))))
SHOW = Command(name="rota show", options=(Option(name="rota", kind=Which(), looked_up=True),))
PICTURE = Command(name="rota picture", options=SHOW.options)
JOIN = Command(name="rota join", options=_SIGNING)
LEAVE = Command(name="rota leave", options=_SIGNING)
MINE = Command(name="rota mine")
REMIND = Command(name="rota remind", options=(Option(name="leads", kind=Leads(), required=True),))
HELLO = Command(
    name="rota hello",
    options=(Option(name="rota", kind=Which(), looked_up=True), Option(name="date", kind=ShiftDay())),
)
SUGGEST = Command(
    name="rota suggest",
    options=(Option(name="weeks", kind=Weeks(most=_ANY_WEEKS)), Option(name="rota", kind=Which(), looked_up=True)),
)
END = Command(name="rota end", options=(Option(name="rota", kind=Which(), required=True, looked_up=True),))
CHANGE = Command(
    name="rota change",
    options=(
        Option(name="rota", kind=Which(), required=True, looked_up=True),
        Option(name="name", kind=Text(longest=60), kept=True),
        Option(name="when", kind=When()),
        *(option for option in NEW.options if option.name in {"length", "people", "zone", "where", "words"}),
        *CLOSING,
    ),
)
AGREE = Command(name="rota agree", options=(Option(name="code", kind=Code(gone="rota-change-gone"), required=True),))
