"""Who is meant is what the world finds, or a mark; what a world finds nobody for is refused in one plain sentence."""

import pytest
from whenever import Instant

from bot.domain.commands import Reading
from bot.domain.ids import PersonId
from bot.domain.reading import Someone
from bot.domain.saying import Refused

BEA = PersonId.of("fake", "bea")
READING = Reading(
    now=Instant.from_utc(2026, 11, 23, 12), zone="UTC", meant=lambda words: BEA if words == "Bea Smith" else None
)


@pytest.mark.parametrize("typed", ["Bea Smith", "  Bea   Smith ", "from Bea Smith", "From  Bea Smith"])
def test_the_world_is_asked_who_is_meant(typed: str) -> None:
    assert Someone().read(typed, READING) == BEA


def test_a_whole_mark_is_read_as_it_is_and_the_world_is_not_asked() -> None:
    anybody = Reading(now=READING.now, zone="UTC", meant=lambda _: BEA)

    assert Someone().read(BEA.mark, anybody) == BEA.mark


@pytest.mark.parametrize("typed", ["", "Ash", BEA.mark[:8], "@everyone", "from"])
def test_all_else_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="someone-unclear"):
        Someone().read(typed, READING)


def test_where_no_world_is_asked_nobody_is_meant() -> None:
    with pytest.raises(Refused, match="someone-unclear"):
        Someone().read("Bea Smith", Reading(now=READING.now, zone="UTC"))
