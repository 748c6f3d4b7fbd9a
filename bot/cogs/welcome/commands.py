"""The command of welcoming somebody, as data."""

from bot.domain.commands import Command, Option
from bot.domain.reading import OneOf, Someone

ON, OFF = "on", "off"

_ANSWER = OneOf(choices=(ON, OFF), also=(("yes", ON), ("no", OFF), ("no longer", OFF), ("not any more", OFF)))

WELCOME = Command(
    name="sit welcome", options=(Option(name="whom", kind=Someone()), Option(name="answer", kind=_ANSWER))
)
