"""What is asked of worlds while somebody waits: what is not told soon, or not at all, holds nobody up."""

import asyncio
from dataclasses import dataclass, field

import pytest
from whenever import Instant

from bot import worlds as asked
from bot.domain.firststep import Stay
from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Line, line
from bot.ports.chat import ChatError
from bot.worlds import Worlds
from tests.fakes.world import FakeWorld

GROUP = GroupId.of("fake", "group")
ASH, BEA, CAI = (PersonId.of("fake", name) for name in ("ash", "bea", "cai"))
HERE = Stay(here=True, since=Instant.from_utc(2026, 11, 1), exact=True)
READERS = (line("test-readers"),)


@dataclass(kw_only=True)
class Slow(FakeWorld):
    """A world that never tells of some people, and can be asked of no others."""

    silent: frozenset[PersonId] = frozenset()
    refused: frozenset[PersonId] = frozenset()
    is_silent: bool = False
    let_go: list[PersonId] = field(default_factory=list)

    async def stay(self, person: PersonId, _group: GroupId) -> Stay:
        if person in self.refused:
            raise ChatError("not-now", permanent=False)
        if person in self.silent:
            try:
                await asyncio.Event().wait()
            finally:
                self.let_go.append(person)
        return HERE

    async def meeting_readers(self, _group: GroupId, *, direct: bool) -> tuple[Line, ...]:
        assert not direct
        if self.is_silent:
            await asyncio.Event().wait()
        self._refuse()
        return READERS


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait hardly at all."""
    monkeypatch.setattr(asked, "SOON_SECONDS", 0.01)


def with_world(world: FakeWorld) -> Worlds:
    return Worlds({"fake": world})


async def test_of_whom_nothing_is_told_in_time_or_at_all_is_left_out_and_asked_of_no_longer() -> None:
    world = Slow(silent=frozenset({BEA}), refused=frozenset({CAI}))
    told = await with_world(world).stays(GROUP, (ASH, BEA, CAI))
    await asyncio.sleep(0)

    assert told == {ASH: HERE}
    assert world.let_go == [BEA]


async def test_nobody_is_asked_of_where_there_is_no_such_world_and_of_nobody() -> None:
    assert await Worlds().stays(GROUP, (ASH,)) == {}
    assert await with_world(FakeWorld()).stays(GROUP, ()) == {}


@pytest.mark.parametrize(
    "world", [Slow(is_silent=True), Slow(refuses=[ChatError("gone", permanent=True)])], ids=["silent", "refusing"]
)
async def test_readers_who_are_not_told_of_soon_are_told_of_in_general(world: Slow) -> None:
    assert await with_world(world).meeting_readers(GROUP, direct=False) == (line("sit-readers-untold"),)


async def test_readers_are_told_as_the_world_tells_them() -> None:
    assert await with_world(Slow()).meeting_readers(GROUP, direct=False) == READERS
    assert await Worlds().meeting_readers(GROUP, direct=False) == ()
