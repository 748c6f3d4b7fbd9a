"""The sit's commands, as data."""

from whenever import TimeDelta

from bot.domain.codes import Code
from bot.domain.commands import Command, Option, Trait
from bot.domain.reading import Length, Moment, OneOf, Whole
from bot.domain.sit.ask import Wanted, Where

# How long company is wanted, and how long someone is looked for, where it was left out.
HALF_AN_HOUR = TimeDelta(minutes=30)

_WANTED = OneOf(
    choices=tuple(Wanted),
    also=(
        ("silent", "quiet"),
        ("quietly", "quiet"),
        ("talking", "talk"),
        ("chat", "talk"),
        ("any", "either"),
        ("both", "either"),
        ("company", "either"),
    ),
)
# "pm" is not among them: it is a time of day.
_WHERE = OneOf(
    choices=tuple(Where),
    also=(
        *((f"{before}{room}", "room") for before in ("", "a ", "in a ") for room in ("private room", "room")),
        *(
            (f"{before}{direct}", "direct")
            for before in ("", "in ", "by ")
            for direct in ("dm", "dms", "message", "messages", "direct message", "direct messages")
        ),
    ),
)
_WISHES = (
    Option(name="wanted", kind=_WANTED),
    Option(name="length", kind=Length(most=TimeDelta(hours=4))),
    Option(name="at", kind=Moment()),
    Option(name="wait", kind=Length(most=TimeDelta(hours=24))),
    Option(name="where", kind=_WHERE),
)

SIT = Command(name="sit", options=_WISHES)
ASK = Command(name="sit ask", options=_WISHES, listed=False)
OPEN = Command(
    name="sit open",
    options=(Option(name="length", kind=Length(least=TimeDelta(minutes=15), most=TimeDelta(hours=24 * 7))),),
)
PAUSE = Command(name="sit pause")
CAN = Command(name="sit can", options=(Option(name="ask", kind=Code(gone="sit-over")),), listed=False)
PICK = Command(name="sit pick", options=(Option(name="offer", kind=Whole(least=1, most=999)),), listed=False)
WITHDRAW = Command(name="sit withdraw", options=(Option(name="ask", kind=Code(gone="sit-over")),))
END = Command(
    name="sit end",
    options=(Option(name="ask", kind=Code(gone="sit-over"), required=True),),
    listed=False,
    needs=Trait.CLEARING,
)
