"""Two small soaks: long enough to notice what is lost or doubled, on Discord short enough for every change."""

import pytest

from tests.soak.on_discord import OnDiscord
from tests.soak.on_matrix import OnMatrix
from tests.soak.result import Result, run
from tests.soak.run import Plan

SHORT = Plan(commands=12, kills=2, restarts=0, people=4, minutes=2, seed=1, patience_seconds=90)
LONGER = Plan(commands=60, kills=12, restarts=1, people=8, minutes=2, seed=1, patience_seconds=60)


PLANS = pytest.mark.parametrize("plan", [SHORT, pytest.param(LONGER, marks=pytest.mark.long)], ids=["short", "longer"])


@pytest.mark.long
@PLANS
async def test_on_matrix_nothing_is_lost_or_doubled_while_the_bot_is_killed_again_and_again(plan: Plan) -> None:
    result, is_well = await run(plan, OnMatrix)

    assert_nothing_is_lost(plan, result, is_well=is_well)


@PLANS
async def test_on_discord_nothing_is_lost_or_doubled_while_the_bot_is_killed_again_and_again(plan: Plan) -> None:
    result, is_well = await run(plan, OnDiscord)

    assert_nothing_is_lost(plan, result, is_well=is_well)


def assert_nothing_is_lost(plan: Plan, result: Result, *, is_well: bool) -> None:
    assert (result.lost, result.doubled, result.pings_lost, result.pings_doubled) == (0, 0, 0, 0)
    assert result.commands >= plan.commands * 5 // 6
    assert is_well
