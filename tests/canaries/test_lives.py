"""A short life on a loopback Discord and on a real Synapse, and nothing of it is kept."""

import logging
from pathlib import Path
from random import Random

import pytest

from bot.operator.canaries.declared import LOCAL, kinds
from bot.operator.canaries.living import Plan
from bot.operator.canaries.stage import Stage
from bot.operator.canaries.verifying import verify
from tests.canaries.discord import DiscordStage
from tests.canaries.matrix import MatrixStage
from tests.canaries.stages import STAGES
from tests.synapse.homeserver import Homeserver


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that is the bot's alone, as all that is in it is searched."""
    made = tmp_path / "bot"
    made.mkdir(mode=0o700)
    return made


async def lived(stage: Stage, steps: int) -> None:
    verdict = await verify(stage, Plan(seed=3, steps=steps, thorough=False))

    assert (verdict.found, verdict.unread) == ((), ())
    assert verdict.markers > 50
    assert verdict.bytes_searched > 500_000
    assert verdict.answered > verdict.asked / 2 > 12
    assert verdict.kept >= 2


def test_every_kind_of_world_there_is_has_a_stage() -> None:
    assert set(STAGES) == kinds()
    # Its life is that of the command itself: tests/canaries/test_command.py.
    assert LOCAL in STAGES


async def test_a_life_on_discord_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What the loopback Discord itself complains of when the bot is killed in the middle of a request.
    monkeypatch.setattr(logging.getLogger("aiohttp"), "level", logging.CRITICAL)

    await lived(DiscordStage(folder, Random(3)), 60)


async def test_a_life_on_matrix_leaves_nothing(folder: Path, homeserver: Homeserver) -> None:
    await lived(MatrixStage(folder, Random(3), homeserver), 25)
