"""The documents tell the rules of sits as they are."""

from pathlib import Path

from typer.testing import CliRunner

from bot.__main__ import app
from bot.domain.sit.table import ENDS, TABLE, Stage
from bot.operator.rules_of_sits import in_markdown
from tests import shipped

DOCUMENT = Path(__file__).parents[2] / "docs" / "sit-with-me.md"
BEGIN, END = "<!-- begin: alongside sit-rules -->", "<!-- end -->"


def test_the_document_holds_the_table_as_it_is_printed() -> None:
    printed = CliRunner().invoke(app, ["sit-rules"]).stdout
    held = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]

    assert held.strip() == printed.strip()


def test_every_rule_and_every_stage_stands_in_it() -> None:
    written = in_markdown(shipped.words())
    rows = [row.split(" | ") for row in written.splitlines() if row.startswith("| ")]

    for stage, event in TABLE:
        assert any(stage in row[0] and row[1] == event for row in rows if len(row) > 2)
    assert all(stage in written for stage in Stage)
    assert all(end in next(row for row in reversed(rows))[0] for end in ENDS)
