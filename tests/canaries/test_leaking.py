"""A bot that keeps what was said, in whatever way, is found out, and the bot as it is keeps nothing."""

import resource
import signal
from pathlib import Path
from random import Random

import pytest

from bot.domain.commands import Command
from bot.operator.canaries.declared import LOCAL, commands_of
from bot.operator.canaries.judging import Found, Judge
from bot.operator.canaries.local import LocalStage
from bot.operator.canaries.markers import Registry, Sort
from tests.canaries import leaking

# By the way it leaks: the file, the place in it, and in which of the two runs it must be found there.
WAYS = {
    "journal": ("told/0.err", "", "0"),
    "traceback": ("told/0.err", "", "0"),
    "debug": ("told/1.err", "", "1"),
    "temporary": ("temporary/", "gzip", "01"),
    "name": ("temporary/", "in its name", "01"),
    "row": ("data/alongside.db", "bookmarks.mark", "01"),
}
_SAID = ("need", "zone", "name")
HAS_CORES = Path("/proc/sys/kernel/core_pattern")


async def lived(folder: Path) -> tuple[Found, ...]:
    """Live a little on a bot that may leak, once quiet and once loud, and return what is found as it was killed."""
    stage, registry = LocalStage(folder, Random(1), leaking.__name__), Registry()
    find, new = (_command(name) for name in ("find", "rota new"))
    for number in range(2):
        await stage.begin()
        await stage.use(find, {"need": registry.new(f"the need {number}").text})
        await stage.type(f"me zone {registry.new(f'the zone {number}').text}")
        name = registry.new(f"the name {number}", sort=Sort.KEPT).text
        await stage.use(new, {"name": name, "when": "daily 20:00"})
        await stage.fall(signal.SIGABRT)
    judge = Judge(registry.all, stage.database)
    judge.look(folder, ended=False)
    verdict = judge.verdict(asked=0, answered=0)
    assert (verdict.markers, verdict.kept, verdict.unread) == (6, 2, ())
    return verdict.found


def _command(name: str) -> Command:
    return next(command for command in commands_of(LOCAL) if command.name == name)


async def test_what_is_kept_is_found_in_whatever_way_it_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(leaking.WAY, " ".join(WAYS))

    found = await lived(tmp_path)

    for way, (file, at, numbers) in WAYS.items():
        there = {each.typed for each in found if each.file.startswith(file) and at in each.at}
        assert (way, there) == (way, {f"the {what} {number}" for number in numbers for what in _SAID})


async def test_nothing_is_found_where_nothing_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(leaking.WAY, "")

    assert await lived(tmp_path) == ()


@pytest.mark.long
@pytest.mark.skipif(
    HAS_CORES.read_text().startswith(("|", "/")) or resource.getrlimit(resource.RLIMIT_CORE)[1] == 0,
    reason="a crash leaves no core dump in the working folder of a programme on this machine",
)
async def test_a_picture_of_the_memory_that_a_crash_left_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(leaking.WAY, "core")

    found = await lived(tmp_path)

    assert {each.file.partition(".")[0] for each in found} == {"work/core"}
    assert {each.typed for each in found} >= {"the zone 1"}
