"""Round-the-clock lines: a handful of numbers, the nation's own, in the order the pack gives."""

from collections.abc import Iterator

from bot.domain.people import Nation
from bot.domain.saying import Line, Look, line
from bot.domain.signpost.cards import Pack, Phone, concerns, digits
from bot.domain.signpost.nations import named


def lines_now(pack: Pack, nation: Nation | None) -> tuple[Line, ...]:
    """Return one line for each number that answers day and night; a nation of None shows all, each labelled."""
    phones = {digits(phone.number): (phone, nations) for phone, nations in _round_the_clock(pack)}
    wanted = (phones[digits(number)] for number in pack.now)
    return tuple(_line(phone, nations, nation) for phone, nations in wanted if concerns(nations, nation))


def missing_now(pack: Pack) -> tuple[str, ...]:
    """Return the numbers that the pack wants shown at once and that stand on none of its crisis cards."""
    known = {digits(phone.number) for phone, _ in _round_the_clock(pack)}
    return tuple(number for number in pack.now if digits(number) not in known)


def _round_the_clock(pack: Pack) -> Iterator[tuple[Phone, tuple[Nation, ...]]]:
    for card in pack.cards:
        if card.category == "crisis":
            yield from ((phone, phone.nations or card.nations) for phone in card.phones if phone.round_the_clock)


def _line(phone: Phone, nations: tuple[Nation, ...], nation: Nation | None) -> Line:
    said = line("signpost-phone-hours", Look.ITEM, name=phone.name, number=phone.number, hours=phone.schedules)
    if nation or len(nations) == len(Nation):
        return said
    return line("signpost-only-for", Look.ITEM, nations=named(nations), what=said)
