"""A pump on a real SQLite file, with a clock and worlds that tests hold in their hands."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.clockwork.bench import Bench
from tests.tables import with_tables


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncGenerator[Bench]:
    made = await Bench.at(with_tables(tmp_path / "alongside.db"))
    yield made
    await made.database.close()
