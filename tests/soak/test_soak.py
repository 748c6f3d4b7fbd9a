"""A small soak: long enough to notice what is lost or doubled, short enough for every day."""

import pytest

from tests.soak.matrix import run
from tests.soak.run import Plan

pytestmark = pytest.mark.long


async def test_nothing_is_lost_and_nothing_is_doubled_while_the_bot_is_killed_again_and_again() -> None:
    plan = Plan(commands=60, kills=12, restarts=1, people=8, minutes=2, seed=1, patience_seconds=60)
    result, is_well = await run(plan)

    assert (result.lost, result.doubled, result.pings_lost, result.pings_doubled) == (0, 0, 0, 0)
    assert result.commands >= 50
    assert is_well
