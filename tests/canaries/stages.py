"""The stages, one for each kind of world."""

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from bot.operator.canaries.declared import LOCAL
from bot.operator.canaries.local import LocalStage
from bot.operator.canaries.stage import Stage
from tests.canaries.discord import DiscordStage
from tests.canaries.matrix import MatrixStage

STAGES: Mapping[str, Callable[[Path, Random], Stage]] = {
    LOCAL: LocalStage,
    "discord": DiscordStage,
    "matrix": MatrixStage,
}
