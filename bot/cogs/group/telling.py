"""What is said of a group's ways: to whoever asks, to whoever invited the bot, and in the room when they change."""

from collections.abc import Sequence

from bot.domain.group import GroupWays
from bot.domain.people import Nation, Ways, Wish
from bot.domain.saying import Choice, Line, Look, Say, choice, line, say

DEVICES = {True: line("group-devices-are-verified", Look.ITEM), False: line("group-devices-are-any", Look.ITEM)}


def shown(own: GroupWays, usual: Ways, locale: str | None) -> Say:
    """Return how the group has things, and what can be changed; `locale` None says nothing of its language."""
    told = say("group-intro").then(*_ways(own, usual, locale), line("group-change", Look.QUIET))
    return told.offering(*_choices(own, locale))


def set_up(own: GroupWays, usual: Ways, locale: str | None, *, rooms_to_come: bool) -> Say:
    """Return what the one who invited the bot is told. `rooms_to_come` asks them to invite it to rooms as well."""
    more = (line("group-set-up-rooms"),) if rooms_to_come else ()
    told = say("group-set-up").then(*_ways(own, usual, locale), *more, line("group-set-up-how"))
    return told.offering(*_choices(own, locale))


def nation_name(nation: Nation | None) -> Line:
    """Return what a nation is called; None is one that was not told."""
    return line("nation-unknown") if nation is None else Line(id=f"nation-{nation}")


def _ways(own: GroupWays, usual: Ways, locale: str | None) -> Sequence[Line]:
    ways = usual.wishing(Wish(zone=own.zone, nation=own.nation))
    language = () if locale is None else (line("group-language-now", Look.ITEM, locale=locale),)
    return (
        line("group-zone-now", Look.ITEM, zone=ways.zone),
        line("group-nation-now", Look.ITEM, nation=nation_name(ways.nation)),
        *language,
        DEVICES[own.verified_only],
    )


def _choices(own: GroupWays, locale: str | None) -> Sequence[Choice]:
    language = () if locale is None else (choice("group-set-language", "group language"),)
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
