"""The sit's commands, as data."""

from whenever import TimeDelta

from bot.domain.codes import Code
from bot.domain.commands import Command, Option
from bot.domain.reading import Length, Moment, Text, Whole
from bot.domain.sit.reading import AFTER, WANTED, WHERE, Hearers, HowLong, HowMany, Ticks
from bot.domain.sit.wishes import MOST_SITTERS

# How long company is wanted, and how long someone is looked for, where it was left out.
HALF_AN_HOUR = TimeDelta(minutes=30)
# How long one circle has before the next one hears of it.
TEN_MINUTES = TimeDelta(minutes=10)
LONGEST_NOTE = 140

_LENGTH = HowLong(most=TimeDelta(hours=4))
_WAIT = Length(most=TimeDelta(hours=24))
_ASK = Option(name="ask", kind=Code(gone="sit-over"))
_NOTE = Text(longest=LONGEST_NOTE)
_WISHES = (
    Option(name="wanted", kind=WANTED),
    Option(name="length", kind=_LENGTH),
    Option(name="at", kind=Moment()),
    Option(name="wait", kind=_WAIT),
    Option(name="where", kind=WHERE),
    Option(name="people", kind=HowMany(least=1, most=MOST_SITTERS)),
    Option(name="ticks", kind=Ticks()),
    Option(name="who", kind=Hearers()),
    Option(name="every", kind=Length(least=TimeDelta(minutes=5), most=TimeDelta(hours=12))),
    Option(name="after", kind=AFTER),
    Option(name="note", kind=_NOTE, named=True),
)

SIT = Command(name="sit", options=_WISHES)
ASK = Command(name="sit ask", options=(*_WISHES, Option(name="draft", kind=Code(gone="sit-draft-gone"))), listed=False)
WAIT = Command(name="sit wait on", options=(Option(name="wait", kind=_WAIT),), listed=False)
WIDEN = Command(name="sit widen", listed=False)
LATER = Command(name="sit later", options=(Option(name="at", kind=Moment(), required=True),), listed=False)
NOTE = Command(name="sit note", options=(Option(name="note", kind=_NOTE, required=True),))
CAN = Command(name="sit can", options=(_ASK,), listed=False)
NOT_NOW = Command(name="sit not now", options=(_ASK,), listed=False)
PICK = Command(name="sit pick", options=(Option(name="offer", kind=Whole(least=1, most=999)),), listed=False)
BEGIN = Command(name="sit begin", listed=False)
WITHDRAW = Command(name="sit withdraw", options=(_ASK,))
LEAVE = Command(name="sit leave", options=(_ASK,))
# Words of eight letters read as codes too, so the code comes last.
CHANGE = Command(
    name="sit change",
    options=(
        Option(name="wanted", kind=WANTED),
        Option(name="length", kind=_LENGTH),
        Option(name="ticks", kind=Ticks()),
        _ASK,
    ),
)
AGREE = Command(name="sit agree", options=(_ASK,), listed=False)
LONGER = Command(name="sit longer", options=(_ASK,), listed=False)
