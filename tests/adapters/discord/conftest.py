"""A simulated Discord for each test, with the whole house as the bot."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.discord.simulation import Simulation, simulation


@pytest.fixture
async def simulated(tmp_path: Path) -> AsyncIterator[Simulation]:
    async with simulation(tmp_path) as made:
        yield made
