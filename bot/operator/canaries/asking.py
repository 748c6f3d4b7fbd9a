"""`alongside verify-no-logs`: what was asked for, and what is said of it on the terminal."""

import asyncio
import json
import secrets
from collections.abc import Sequence
from pathlib import Path

import typer

from bot.journal import silence_libraries
from bot.operator.canaries import looking
from bot.operator.canaries.judging import Verdict, in_words
from bot.operator.canaries.living import Plan, Silent
from bot.operator.canaries.verifying import Missed, on_this_machine
from bot.operator.sentences import Stop
from bot.settings import Read

_SEEDS = 1_000_000


def lived(*, seed: int | None, steps: int, keep: bool) -> Verdict:
    """Live a life and return what is left of it. Raises `Stop` when that could not be shown."""
    silence_libraries()
    chosen = secrets.randbelow(_SEEDS) if seed is None else seed
    typer.echo(f"living, with the seed {chosen}; it takes a minute or two", err=True)
    try:
        verdict, folder = asyncio.run(on_this_machine(Plan(seed=chosen, steps=steps), keep=keep))
    except Silent as silent:
        raise Stop(f"nothing is shown, as the bot fell silent: {silent}") from silent
    except Missed as missed:
        raise Stop(f"nothing is shown, as no text was ever typed there: {missed}") from missed
    if folder is not None:
        typer.echo(f"what was found is in {folder}", err=True)
    return verdict


def looked_for(where: str, read: Read, also: Sequence[Path]) -> Verdict:
    """Look for words of the operator's own. Raises `Stop`."""
    if where != "-":
        raise Stop("words that were said are no argument, as others could read them: give --look-for - and type them")
    return asyncio.run(looking.look_for(looking.asked_for(), read, also))


def told(verdict: Verdict, *, as_json: bool) -> str:
    """Return what came of it, in words or as one JSON object."""
    return json.dumps(verdict.as_json(), ensure_ascii=False) if as_json else "\n".join(in_words(verdict))
