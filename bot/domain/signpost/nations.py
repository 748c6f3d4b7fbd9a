"""The nations by name, as lines."""

from bot.domain.people import Nation
from bot.domain.saying import Line, line

NAMES = {
    Nation.ENGLAND: line("signpost-england"),
    Nation.SCOTLAND: line("signpost-scotland"),
    Nation.WALES: line("signpost-wales"),
    Nation.NI: line("signpost-ni"),
}


def named(nations: tuple[Nation, ...]) -> tuple[Line, ...]:
    """Return the nations' names, always in the same order."""
    return tuple(name for nation, name in NAMES.items() if nation in nations)
