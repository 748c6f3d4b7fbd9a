"""The command of welcoming somebody, as data."""

from bot.domain.commands import Command, Option
from bot.domain.reading import HOLDS, Someone

WELCOME = Command(name="sit welcome", options=(Option(name="whom", kind=Someone()), Option(name="answer", kind=HOLDS)))
