"""What can be asked about hellos, as data."""

from whenever import TimeDelta

from bot.domain.codes import Code
from bot.domain.commands import Command, Option
from bot.domain.hello.hello import MOST_WEEKS, Unanswered, Who
from bot.domain.hello.said import BuddyMark
from bot.domain.reading import Length, OneOf, Weeks
from bot.domain.rota.said import When

_WHO = OneOf(
    choices=tuple(Who),
    also=(
        *((words, Who.SHIFT) for words in ("on shift", "whoever is on shift")),
        *((words, Who.BUDDY) for words in ("a buddy", "my buddy")),
        *((words, Who.ME) for words in ("just me", "only me", "nobody")),
    ),
)
_UNANSWERED = OneOf(
    choices=tuple(Unanswered),
    also=(("tell buddy", Unanswered.TELL), ("tell", Unanswered.TELL), ("tell them", Unanswered.TELL)),
)

SHOW = Command(name="hello")
START = Command(
    name="hello start",
    options=(
        Option(name="when", kind=When(), required=True),
        Option(name="weeks", kind=Weeks(most=MOST_WEEKS)),
        Option(name="who", kind=_WHO),
        Option(name="unanswered", kind=_UNANSWERED),
        Option(name="wait", kind=Length(most=TimeDelta(hours=12))),
    ),
)
BUDDY = Command(name="hello buddy", options=(Option(name="whom", kind=BuddyMark()),))
AGREE = Command(name="hello agree", options=(Option(name="code", kind=Code(gone="hello-gone"), required=True),))
UNBUDDY = Command(name="hello unbuddy", options=(Option(name="code", kind=Code(gone="hello-unbuddy-none")),))
HERE = Command(name="hello here")
PAUSE = Command(name="hello pause")
RESUME = Command(name="hello resume")
RENEW = Command(name="hello renew")
STOP = Command(name="hello stop")
