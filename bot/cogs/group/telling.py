"""What is said of a group's ways: to whoever asks, to whoever invited the bot, and in the room when they change."""

from collections.abc import Sequence

from bot.domain.group import GroupWays
from bot.domain.people import Nation, Ways, Wish
from bot.domain.saying import Choice, Line, Look, Say, choice, line, say

DEVICES = {True: line("group-devices-are-verified", Look.ITEM), False: line("group-devices-are-any", Look.ITEM)}


def shown(own: GroupWays, usual: Ways, locales: Sequence[str]) -> Say:
    """Return how the group has things, and what can be changed."""
    told = say("group-intro").then(*_ways(own, usual, locales), line("group-change", Look.QUIET))
    return told.offering(*_choices(own, locales))


def set_up(own: GroupWays, usual: Ways, locales: Sequence[str], *, rooms_to_come: bool) -> Say:
    """Return what the one who invited the bot is told. `rooms_to_come` asks them to invite it to rooms as well."""
    more = (line("group-set-up-rooms"),) if rooms_to_come else ()
    told = say("group-set-up").then(*_ways(own, usual, locales), *more, line("group-set-up-how"))
    return told.offering(*_choices(own, locales))


def nation_name(nation: Nation | None) -> Line:
    """Return what a nation is called; None is one that was not told."""
    return line("nation-unknown") if nation is None else Line(id=f"nation-{nation}")


def _ways(own: GroupWays, usual: Ways, locales: Sequence[str]) -> Sequence[Line]:
    ways = usual.wishing(Wish(zone=own.zone, nation=own.nation))
    language = (line("group-language-now", Look.ITEM, locale=own.locale or locales[0]),) if len(locales) > 1 else ()
    return (
        line("group-zone-now", Look.ITEM, zone=ways.zone),
        line("group-nation-now", Look.ITEM, nation=nation_name(ways.nation)),
        *language,
        DEVICES[own.verified_only],
    )


def _choices(own: GroupWays, locales: Sequence[str]) -> Sequence[Choice]:
    language = (choice("group-set-language", "group language"),) if len(locales) > 1 else ()
    devices = (
        choice("group-set-any", "group devices", devices="any")
        if own.verified_only
        else choice("group-set-verified", "group devices", devices="verified")
    )
    return (
        choice("group-set-zone", "group zone"),
        choice("group-set-nation", "group nation"),
        *language,
        devices,
    )
