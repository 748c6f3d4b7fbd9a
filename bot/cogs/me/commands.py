"""The commands of `me`, as data."""

from whenever import TimeDelta

from bot.domain.commands import Command, Option
from bot.domain.people import Reach
from bot.domain.reading import NATIONS, Length, OneOf, OrNone, PauseEnd, QuietHours, Weekly, Zone

YES, NO = "yes", "no"

_REACHES = OneOf(
    choices=tuple(Reach),
    also=(
        ("in private", Reach.PRIVATE),
        ("privately", Reach.PRIVATE),
        ("only private", Reach.PRIVATE),
        ("private only", Reach.PRIVATE),
        ("only in private", Reach.PRIVATE),
        ("direct message", Reach.PRIVATE),
        ("direct messages", Reach.PRIVATE),
        ("dm", Reach.PRIVATE),
        ("dms", Reach.PRIVATE),
        ("mention me", Reach.MENTION),
        ("mentions", Reach.MENTION),
        ("name me", Reach.MENTION),
        ("by name", Reach.MENTION),
        ("room", Reach.MENTION),
        ("in the room", Reach.MENTION),
        ("in a room", Reach.MENTION),
        ("my calendar", Reach.CALENDAR),
        ("only calendar", Reach.CALENDAR),
        ("calendar only", Reach.CALENDAR),
        ("only my calendar", Reach.CALENDAR),
        ("my calendar is enough", Reach.CALENDAR),
        ("no pings", Reach.CALENDAR),
        ("no pings at all", Reach.CALENDAR),
    ),
)
_YES_OR_NO = OneOf(
    choices=(YES, NO),
    also=(
        *((word, YES) for word in ("y", "ok", "me", "ask me", "you may", "yes please")),
        *((word, NO) for word in ("n", "none", "never", "not me", "no thanks", "no thank you")),
    ),
)
_REST = OrNone(kind=Length(least=TimeDelta(hours=1), most=TimeDelta(hours=24 * 7)))

ME = Command(name="me")
ZONE = Command(name="me zone", options=(Option(name="zone", kind=Zone(), required=True),))
NATION = Command(name="me nation", options=(Option(name="nation", kind=NATIONS, required=True),))
REACH = Command(name="me reach", options=(Option(name="how", kind=_REACHES, required=True),))
QUIET = Command(name="me quiet", options=(Option(name="hours", kind=OrNone(kind=QuietHours()), required=True),))
LIMIT = Command(name="me limit", options=(Option(name="shifts", kind=OrNone(kind=Weekly()), required=True),))
REST = Command(name="me rest", options=(Option(name="length", kind=_REST, required=True),))
ASK = Command(name="me ask", options=(Option(name="answer", kind=_YES_OR_NO, required=True),))
PAUSE = Command(name="me pause", options=(Option(name="until", kind=PauseEnd()),))
RESUME = Command(name="me resume")
FORGET = Command(name="me forget")
