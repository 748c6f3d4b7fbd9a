"""What can be asked about open hours, as data."""

from whenever import TimeDelta

from bot.domain.codes import Code
from bot.domain.commands import Command, Option
from bot.domain.reading import OFF, ON, Length, Moment, OneOf, Place
from bot.domain.rota.reading import Which
from bot.domain.together.hour import LONGEST, Company

AN_HOUR = TimeDelta(hours=1)
NAMELESS, NAMED = "nameless", "named"

_WANTED = OneOf(
    choices=tuple(Company),
    also=(
        *(("silent", "quiet"), ("quietly", "quiet"), ("quiet company", "quiet")),
        *(("talking", "talk"), ("chat", "talk")),
        *(("any", "either"), ("both", "either"), ("company", "either")),
        *((words, "side by side") for words in ("beside", "side-by-side", "doing something")),
        ("side by side doing something", "side by side"),
    ),
)
_NAMED = OneOf(
    choices=(NAMELESS, NAMED),
    also=(
        *(("without my name", NAMELESS), ("no name", NAMELESS), ("without a name", NAMELESS)),
        *(("with my name", NAMED), ("my name", NAMED), ("by name", NAMED)),
    ),
)
_WISHES = (
    Option(name="wanted", kind=_WANTED),
    Option(name="length", kind=Length(most=LONGEST)),
    Option(name="at", kind=Moment()),
    Option(name="where", kind=Place()),
    Option(name="name", kind=_NAMED),
)

TOGETHER = Command(name="sit together", options=_WISHES)
OPEN = Command(name="sit together open", options=_WISHES, listed=False)
END = Command(name="sit together end", options=(Option(name="code", kind=Code(gone="together-none")),), listed=False)
HOLD = Command(
    name="rota together",
    options=(
        Option(name="rota", kind=Which(), required=True, looked_up=True),
        Option(name="wanted", kind=_WANTED),
        Option(name="answer", kind=OneOf(choices=(ON, OFF))),
    ),
)
