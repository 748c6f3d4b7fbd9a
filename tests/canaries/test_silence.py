"""A bot that falls silent is no bot of which nothing was found: the life says so, and ends there."""

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest

from bot.domain.commands import Command
from bot.operator.canaries.declared import LOCAL, commands_of, kinds
from bot.operator.canaries.living import Life, Plan, Silent
from bot.operator.canaries.local import LocalStage
from bot.operator.canaries.markers import Registry
from bot.operator.canaries.stage import Stage
from tests.canaries import deaf
from tests.canaries.discord import DiscordStage
from tests.canaries.matrix import MatrixStage
from tests.canaries.test_declared import Recording
from tests.soak import bot as as_it_is
from tests.synapse.homeserver import Homeserver

ASKED = 4
STEPS = 800


class FallingSilent(Recording):
    """Answers two of three times, and nothing any more once it was asked so often."""

    def __init__(self, silent_from: int) -> None:
        super().__init__(types_lines=False)
        self._silent_from = silent_from

    async def use(self, command: Command, options: Mapping[str, str]) -> None:
        await super().use(command, options)
        self.answered = 2 * min(self.asked, self._silent_from) // 3


async def life_of(stage: Stage) -> Life:
    life = Life(stage, commands_of(stage.kind), Registry(), Plan(seed=1, steps=STEPS))
    await life.live()
    return life


async def test_a_life_goes_on_while_most_of_what_is_asked_is_answered() -> None:
    assert (await life_of(FallingSilent(STEPS))).done >= STEPS


@pytest.mark.parametrize("silent_from", [0, 450])
async def test_a_life_ends_where_the_bot_falls_silent(silent_from: int) -> None:
    stage = FallingSilent(silent_from)
    with pytest.raises(Silent, match=r"^local: up to deed \d+, the bot answered \d+ of \d+ times$"):
        await life_of(stage)

    assert silent_from < stage.asked < silent_from + 125


async def test_a_stage_on_which_nothing_is_asked_is_silence_too() -> None:
    stage = Recording(types_lines=False)
    life = Life(stage, [], Registry(), Plan(seed=1, steps=STEPS))
    with pytest.raises(Silent, match="answered 0 of 25 times"):
        await life.live()


@pytest.fixture
def stages(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str, str], Stage]:
    """Return a function that makes a stage of a kind, on which a module is the bot."""

    def stage(kind: str, module: str) -> Stage:
        if kind == LOCAL:
            return LocalStage(tmp_path, Random(1), module)
        if kind == DiscordStage.kind:
            return DiscordStage(tmp_path, Random(1), module)
        homeserver: Homeserver = request.getfixturevalue("homeserver")
        return MatrixStage(tmp_path, Random(1), homeserver, module)

    return stage


@pytest.mark.parametrize(
    ("kind", "module"),
    [
        # What the short lives show is that the bot as it is answers.
        pytest.param(kind, module, marks=() if kind == "local" else pytest.mark.long)
        for kind in sorted(kinds())
        for module in (deaf, as_it_is)
    ],
)
async def test_a_bot_that_hears_nothing_is_found_out_and_the_bot_as_it_is_answers(
    stages: Callable[[str, str], Stage], kind: str, module: object
) -> None:
    stage = stages(kind, module.__name__)  # type: ignore[attr-defined]  # A module.
    about = next(command for command in commands_of(kind) if command.name == "about")
    life = Life(stage, [about], Registry(), Plan(seed=1, steps=1))
    await stage.begin()
    try:
        for _ in range(ASKED):
            # A form of the local room waits for its answer, and a line does not.
            await (stage.type(about.name) if kind == LOCAL else stage.use(about, {}))
        if module is deaf:
            with pytest.raises(Silent, match=f"answered 0 of {ASKED} times"):
                await life.look(fewest=1)
        else:
            await life.look(fewest=1)
    finally:
        await stage.end()

    assert stage.asked == ASKED
