"""One life on each stage, and then the search: as it lies when the bot is killed, and once all was ended."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from bot.domain.commands import Command
from bot.operator.canaries.declared import commands_of
from bot.operator.canaries.judging import Judge, Verdict
from bot.operator.canaries.living import Life, Plan
from bot.operator.canaries.local import LocalStage
from bot.operator.canaries.markers import Registry
from bot.operator.canaries.stage import Stage


class Missed(Exception):  # noqa: N818  It is about the programme, and no fault of the bot.
    """Some option was never used with a marker: the life says nothing about it."""


async def verify(stage: Stage, plan: Plan) -> Verdict:
    """Live on a stage and return what was left of it. Raises `Missed`, or `Silent`."""
    registry = Registry()
    commands: Sequence[Command] = commands_of(stage.kind)
    life = Life(stage, commands, registry, plan)
    try:
        await stage.begin()
        await life.live()
        await life.look()
        await stage.fall()
        judge = Judge(registry.all, stage.database)
        judge.look(stage.folder, ended=False)
        await stage.begin()
        await stage.rest()
        await life.look(fewest=1)
        judge.look(stage.folder, ended=True)
    finally:
        await stage.end()
    judge.look(stage.folder, ended=True)
    if life.missed:
        raise Missed("; ".join(life.missed))
    return judge.verdict(asked=stage.asked, answered=stage.answered)


async def on_this_machine(plan: Plan, *, keep: bool, module: str = "bot") -> tuple[Verdict, Path | None]:
    """Live in a local room of its own, in a folder that is gone afterwards; return what came of it.

    With `keep` the folder stays, and is returned, when something was found.
    """
    folder = Path(tempfile.mkdtemp(prefix="alongside-canaries-"))
    stays = False
    try:
        verdict = await verify(LocalStage(folder, Random(plan.seed), module), plan)  # noqa: S311  Dice, and no secret.
        stays = keep and bool(verdict.found)
        return verdict, folder if stays else None
    finally:
        if not stays:
            shutil.rmtree(folder)
