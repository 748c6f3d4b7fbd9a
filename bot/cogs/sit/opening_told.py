"""What is said of being open: when somebody is, now and next; their limit, and what they would rather not."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from whenever import Instant

from bot.domain.ids import PersonId
from bot.domain.people import Ways
from bot.domain.rota.in_words import times_in_words
from bot.domain.saying import Line, Look, Say, line, say
from bot.domain.sit.opening import Opening, Openness, RatherNot, as_said_on, spacing

_RATHER_NOT = {
    RatherNot.QUIET: line("sit-rather-quiet"),
    RatherNot.TALK: line("sit-rather-talking"),
    RatherNot.VOICE: line("sit-rather-voice"),
    RatherNot.BESIDE: line("sit-rather-side-by-side"),
    RatherNot.REFLECT: line("sit-rather-reflecting"),
    RatherNot.SWEARING: line("sit-rather-swearing"),
    RatherNot.CRYING: line("sit-rather-crying"),
    RatherNot.HUMOUR: line("sit-rather-humour"),
    RatherNot.SILENCE: line("sit-rather-silence"),
    RatherNot.SEVERAL: line("sit-rather-several-people"),
    RatherNot.DIRECT: line("sit-rather-direct-messages"),
}


def opened(of: Openness, person: PersonId) -> Say:
    """Return when somebody is open, and if they are asked nothing just now, why; then what else they told."""
    opening, ways = of.openings[person], of.ways[person]
    zone, until = ways.zone, opening.until_after(of.now)
    if opening.on_shifts or opening.times:
        items = (replace(way, look=Look.ITEM) for way in _ways(opening, of.now, zone))
        said = say("sit-open-at").then(*items, *_now(of, person), *_put_off(ways, of.now), *_next(of, person))
        said = said.then(line("sit-open-pause", Look.QUIET))
    elif until is None:
        said = say("sit-open-now").then(*_put_off(ways, of.now), *_next(of, person))
    else:
        said = say("sit-open-until", until=until.to_tz(zone)).then(*_put_off(ways, of.now), *_next(of, person))
    return said.then(*_limits(opening))


def shown(of: Openness, person: PersonId) -> Iterator[Line]:
    """Yield, as items, all that somebody told of being asked for sits."""
    opening = of.openings[person]
    for way in _ways(opening, of.now, of.ways[person].zone):
        yield line("sit-shown-open", Look.ITEM, way=way)
    if opening.weekly is not None:
        yield line("sit-shown-limit", Look.ITEM, gap=spacing(opening.weekly))
    if opening.rather_not:
        yield line("sit-shown-rather", Look.ITEM, what=_in_words(opening.rather_not))


def limit_kept(weekly: int | None) -> Say:
    """Return what a limit means: only time goes by between two asks, and nothing is counted."""
    if weekly is None:
        return say("sit-limit-none")
    return say("sit-limit-kept", gap=spacing(weekly), count=weekly)


def rather_kept(rather_not: Iterable[RatherNot]) -> Say:
    """Return which asks are not put to somebody any more."""
    words = _in_words(rather_not)
    return say("sit-rather-kept", what=words) if words else say("sit-rather-none")


def _ways(opening: Opening, now: Instant, zone: str) -> Iterator[Line]:
    """Yield each way that stands, in words that can be typed and mean the same; but for a while, which has an end."""
    today = now.to_tz(zone).date()
    if opening.always:
        yield line("sit-way-always")
    if (until := opening.until_after(now)) is not None:
        yield line("sit-way-until", until=until.to_tz(zone))
    if opening.on_shifts:
        yield line("sit-way-shifts")
    for each in opening.times:
        if (said := as_said_on(each, today)) is not None:
            yield times_in_words(said, today)


def _now(of: Openness, person: PersonId) -> Iterator[Line]:
    """Yield that they are open now, and until when."""
    if of.next_open(person) != of.now:
        return
    ends = of.open_until(person)
    if ends is None:
        yield line("sit-open-is-now")
    else:
        yield line("sit-open-now-until", until=ends.to_tz(of.ways[person].zone))


def _put_off(ways: Ways, now: Instant) -> Iterator[Line]:
    """Yield why nothing is put to them just now, whenever they are open."""
    if ways.pause is not None and ways.pause.holds(now):
        yield line("sit-open-paused")
    elif ways.quiet is not None and ways.quiet.inside(now, ways.zone):
        yield line("sit-open-quiet", until=ways.quiet.put_off(now, ways.zone).to_tz(ways.zone))


def _next(of: Openness, person: PersonId) -> Iterator[Line]:
    """Yield when they are asked next, where it is not now and nothing else has said so."""
    ways, opens = of.ways[person], of.next_open(person)
    asked_from = ways.asked_from(of.now)
    if opens is None:
        if asked_from is not None and asked_from <= of.now + of.ahead:
            yield line("sit-open-none-soon")
    elif opens not in {of.now, asked_from}:
        yield line("sit-open-next", at=opens.to_tz(ways.zone))


def _limits(opening: Opening) -> Iterator[Line]:
    if opening.weekly is not None:
        yield line("sit-limit-stands", gap=spacing(opening.weekly), count=opening.weekly)
    if opening.rather_not:
        yield line("sit-rather-stands", what=_in_words(opening.rather_not))


def _in_words(rather_not: Iterable[RatherNot]) -> tuple[Line, ...]:
    chosen = frozenset(rather_not)
    return tuple(words for each, words in _RATHER_NOT.items() if each in chosen)
