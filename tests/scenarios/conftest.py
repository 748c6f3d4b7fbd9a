"""The stages that every scenario is played on."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.scenarios.memory import MemoryStage, memory_stage
from tests.scenarios.stage import Stage


@pytest.fixture
async def memory(tmp_path: Path) -> AsyncGenerator[MemoryStage]:
    stage = await memory_stage(tmp_path)
    yield stage
    await stage.house.close()


@pytest.fixture(params=["memory"])
def stage(request: pytest.FixtureRequest) -> Stage:
    found: Stage = request.getfixturevalue(request.param)
    return found
