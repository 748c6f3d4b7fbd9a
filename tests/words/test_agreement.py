"""Python and the catalogue agree on every sentence; and a disagreement of each kind would be found."""

from pathlib import Path

import pytest

import bot
from bot import settings
from bot.cogs.group.cog import language
from bot.cogs.mydata.telling import TOLD, beyond
from bot.domain.commands import Command, Option, Trait
from bot.domain.reading import Text
from bot.store import describing
from bot.store.tables.house import outbox
from bot.store.traces import tables_of_people
from tests.cogs.mydata.kept import columns_of_people
from tests.scenarios.memory import MemoryStage, memory_stage
from tests.words.agreement import Disagreement, derived_from, disagreement, needed_in, uses_in

SPEAKS = """
from bot.domain.saying import choice, line, say, Refused, Line
def talk(self, kind):
    say("hello", name=kind).offering(choice("go", "sit"))
    self.line("bye" if kind else "later")
    table = {"x": "elsewhere"}
    raise Refused("no", **table)
"""
WORDS = """
hello = Hello, { $name }.
go = Go
bye = Bye
later = Later
elsewhere = { $count ->
    [one] One { $thing }
   *[other] Many
}
no = No { $why }
sit = Sit
    .help = Sit with someone.
sit-how = How
    .ask = How?
"""
SIT = Command(name="sit", options=(Option(name="how", kind=Text()),))


def found(folder: Path, *, python: str = SPEAKS, words: str = WORDS) -> Disagreement:
    """Return where a made-up tree and a made-up catalogue disagree."""
    (folder / "cogs").mkdir()
    (folder / "cogs" / "talk.py").write_text(python, encoding="utf-8")
    (folder / "talk.ftl").write_text(words, encoding="utf-8")
    return disagreement(uses_in(folder), needed_in(folder), derived_from([SIT]))


async def house_of(folder: Path) -> MemoryStage:
    stage = await memory_stage(folder, frozenset(Trait))
    await stage.house.close()
    return stage


def of_people() -> frozenset[str]:
    """Return the ids that stand for what tables hold of people."""
    slugs = {table.name.replace("_", "-") for table in (*tables_of_people(), outbox)}
    columns = {f"mydata-column-{each.replace('_', '-')}" for each in columns_of_people()}
    told = {f"mydata-unreached-{each}" for each in beyond(frozenset(Trait))}
    told |= {f"mydata-{table.replace('_', '-')}" for table in TOLD}
    return frozenset({f"data-{slug}" for slug in slugs} | {f"data-{slug}.ends" for slug in slugs} | told | columns)


async def test_python_and_the_catalogue_agree_on_every_sentence(tmp_path: Path) -> None:
    only_where_there_is_a_choice = language(("en-GB", "cy"))
    commands = (*(await house_of(tmp_path)).house.switchboard.commands("fake"), only_where_there_is_a_choice)
    uses = uses_in(Path(bot.__file__).parent)
    needed = needed_in(settings.shipped() / "words" / "en-GB")

    assert len(uses.said) > 100
    derived = derived_from(commands) | {f"about-data-{topic}" for topic in describing.topics()} | of_people()
    assert disagreement(uses, needed, derived) == Disagreement(missing=(), unused=(), differing=())


def test_a_tree_that_agrees_is_found_to_agree(tmp_path: Path) -> None:
    assert found(tmp_path) == Disagreement(missing=(), unused=(), differing=())


@pytest.mark.parametrize("id_", ["hello", "go", "bye", "later", "no"])
def test_a_sentence_that_is_said_and_missing_is_found(tmp_path: Path, id_: str) -> None:
    missing = found(tmp_path, words=WORDS.replace(f"\n{id_} =", f"\nnot-{id_} =")).missing

    assert [one.partition(" ")[0] for one in missing] == [id_]


@pytest.mark.parametrize(
    ("there", "instead", "expected"),
    [
        ("sit-how =", "sit-why =", ["sit-how", "sit-how.ask"]),
        (".help", ".hulp", ["sit.help"]),
        (".ask", ".task", ["sit-how.ask"]),
    ],
)
def test_the_words_of_a_command_that_are_missing_are_found(
    tmp_path: Path, there: str, instead: str, expected: list[str]
) -> None:
    missing = found(tmp_path, words=WORDS.replace(there, instead)).missing

    assert [one.partition(" ")[0] for one in missing] == expected


def test_a_sentence_that_nobody_says_is_found(tmp_path: Path) -> None:
    assert found(tmp_path, words=f"{WORDS}\nalone = Alone\n    .too = Too\n").unused == ("alone", "alone.too")


@pytest.mark.parametrize(
    ("python", "words"),
    [
        ('say("hello", name=kind)', "Hello, { $nmae }."),
        ('say("hello", name=kind)', "Hello."),
        ('say("hello")', "Hello, { $name }."),
        ('say("hello", name=kind, more=1)', "Hello, { $name }."),
        ('Line(id="hello")', "Hello, { $name }."),
        ('choice("hello", "sit", name="x")', "Hello, { $name }."),
    ],
)
def test_arguments_that_differ_are_found(tmp_path: Path, python: str, words: str) -> None:
    differing = found(
        tmp_path,
        python=SPEAKS.replace('say("hello", name=kind)', python),
        words=WORDS.replace("Hello, { $name }.", words),
    ).differing

    assert [one.partition(" ")[0] for one in differing] == ["hello"]
