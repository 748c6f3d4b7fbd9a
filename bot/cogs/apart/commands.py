"""The command of never being paired, as data."""

from bot.domain.commands import Command, Option
from bot.domain.reading import HOLDS, Someone

APART = Command(name="me apart", options=(Option(name="whom", kind=Someone()), Option(name="answer", kind=HOLDS)))
