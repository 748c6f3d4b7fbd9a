"""How typed words become values: one small kind each, all of them `commands.Kind`."""

from bot.domain.people import Nation
from bot.domain.reading.files import File
from bot.domain.reading.people import Someone
from bot.domain.reading.places import Place, Zone
from bot.domain.reading.plain import OneOf, Text, Weeks, Whole
from bot.domain.reading.steps import Step
from bot.domain.reading.times import Day, Leads, Length, Moment
from bot.domain.reading.ways import OrNone, PauseEnd, QuietHours, Weekly

# A nation, as people write it. Value: the `str` of a `Nation`.
NATIONS = OneOf(
    choices=tuple(Nation),
    also=(
        ("northern ireland", Nation.NI),
        ("n ireland", Nation.NI),
        ("cymru", Nation.WALES),
        ("alba", Nation.SCOTLAND),
    ),
)

ON, OFF = "on", "off"
# Whether something is to hold, as people say it of a thing that they named. Value: `ON` or `OFF`.
HOLDS = OneOf(choices=(ON, OFF), also=(("yes", ON), ("no", OFF), ("no longer", OFF), ("not any more", OFF)))

__all__ = [
    "HOLDS",
    "NATIONS",
    "OFF",
    "ON",
    "Day",
    "File",
    "Leads",
    "Length",
    "Moment",
    "OneOf",
    "OrNone",
    "PauseEnd",
    "Place",
    "QuietHours",
    "Someone",
    "Step",
    "Text",
    "Weekly",
    "Weeks",
    "Whole",
    "Zone",
]
