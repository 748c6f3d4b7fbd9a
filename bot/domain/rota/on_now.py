"""Who is on a shift at a moment, and from when to when: of any of a group's rotas, and any part of a shift."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from whenever import Instant

from bot.domain.ids import PersonId
from bot.domain.quiet import Run
from bot.domain.rota.sheet import Sheet

Runs: TypeAlias = tuple[Run, ...]


def on_now(sheets: Iterable[Sheet], now: Instant) -> frozenset[PersonId]:
    """Return who is on any shift of these at `now`; whoever is on until then is not."""
    return frozenset(person for person, (begins, _) in _stints(sheets, now, now) if begins <= now)


def on_from(sheets: Iterable[Sheet], now: Instant, until: Instant) -> Mapping[PersonId, Runs]:
    """Return when each is on, of all that is not over at `now` and begins by `until`; one may touch the next."""
    found: dict[PersonId, list[Run]] = {}
    for person, run in _stints(sheets, now, until):
        if run[0] <= until:
            found.setdefault(person, []).append(run)
    return {person: tuple(sorted(runs)) for person, runs in found.items()}


def _stints(sheets: Iterable[Sheet], now: Instant, until: Instant) -> Iterator[tuple[PersonId, Run]]:
    """Give who is on when, of the shifts that begin by `until`, but what is over at `now`."""
    for sheet in sheets:
        for shift in sheet.rota.coming(now, until):
            for stint in sheet.stints(shift):
                run = shift.at(stint.part.starts), shift.at(stint.part.ends)
                if run[1] > now:
                    yield stint.person, run
