"""The stages that every scenario is played on."""

import itertools
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.scenarios.discord import DiscordStage, discord_stage
from tests.scenarios.matrix import MatrixStage, Way, matrix_stage
from tests.scenarios.memory import MemoryStage, memory_stage
from tests.scenarios.stage import Stage
from tests.synapse.homeserver import Homeserver

_numbers = itertools.count(1)


@pytest.fixture
async def memory(tmp_path: Path) -> AsyncGenerator[MemoryStage]:
    stage = await memory_stage(tmp_path)
    yield stage
    await stage.house.close()


@pytest.fixture
async def postgresql_memory(postgresql_with_tables: str) -> AsyncGenerator[MemoryStage]:
    stage = await MemoryStage.on(postgresql_with_tables)
    yield stage
    await stage.house.close()


@pytest.fixture
async def discord(tmp_path: Path) -> AsyncGenerator[DiscordStage]:
    async with discord_stage(tmp_path) as stage:
        yield stage


@pytest.fixture
async def matrix(homeserver: Homeserver, tmp_path: Path) -> AsyncGenerator[MatrixStage]:
    async with matrix_stage(homeserver, tmp_path, next(_numbers)) as stage:
        yield stage


@pytest.fixture
async def matrix_by_word(homeserver: Homeserver, tmp_path: Path) -> AsyncGenerator[MatrixStage]:
    async with matrix_stage(homeserver, tmp_path, next(_numbers), Way.WORD) as stage:
        yield stage


@pytest.fixture
async def matrix_by_reaction(homeserver: Homeserver, tmp_path: Path) -> AsyncGenerator[MatrixStage]:
    async with matrix_stage(homeserver, tmp_path, next(_numbers), Way.REACTION) as stage:
        yield stage


@pytest.fixture(params=["memory", "postgresql_memory", "matrix", "discord"])
def stage(request: pytest.FixtureRequest) -> Stage:
    found: Stage = request.getfixturevalue(request.param)
    return found
