"""A house on a SQLite file of its own, spoken to through its switchboard."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.scenarios.memory import memory_stage
from tests.switchboard.caller import Caller


@pytest.fixture
async def caller(tmp_path: Path) -> AsyncGenerator[Caller]:
    stage = await memory_stage(tmp_path)
    yield Caller(stage=stage)
    await stage.house.close()
