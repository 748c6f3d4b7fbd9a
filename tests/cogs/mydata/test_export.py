"""What is taken along: two files with all that is kept, of which nothing is kept again."""

import json

from bot.cogs.mydata import export
from bot.cogs.mydata.page import page
from bot.cogs.mydata.telling import InGroup, beyond, group, unreached
from bot.domain.commands import Asked
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.page import Page
from bot.domain.saying import Look, line
from bot.store.tables.house import outbox
from bot.store.traces import tables_of_people
from bot.words.printing import Printing
from tests import shipped
from tests.cogs.mydata.kept import GROUP, columns_of_people, kept
from tests.operator.test_datamap import Page as Read
from tests.store.rows import ASH, NOON

MADE = NOON.to_tz("Asia/Kolkata")
ASKED = Asked(key="k", command="mydata export", options={}, person=ASH, group=GROUP, place=PlaceId(GROUP), at=NOON)
SCRIPT = "<script>alert(1)</script>"


def page_of(*, empty: bool = False, words: str = "words", name: str = "Lantern") -> Page:
    heading = group(name, here=True)
    told = InGroup(group=GROUP, heading=heading, kept=kept(empty=empty, words=words), zone="Asia/Kolkata")
    return page(MADE, ASH, [told], unreached(frozenset()))


def printed(made: Page) -> str:
    return Printing(shipped.words()).html(made, "en-GB")


def test_the_page_has_a_table_with_a_caption_for_each_kind_of_row_and_a_head_for_each_fact() -> None:
    html = printed(page_of())
    read = Read(html)
    tags = [tag for tag, _ in read.began]
    words = shipped.words()
    heads = {words.text(line(f"mydata-column-{each.replace('_', '-')}"), "en-GB") for each in columns_of_people()}

    assert tags.count("table") == tags.count("caption") == len([*tables_of_people(), outbox])
    assert heads <= set(read.texts)
    assert {attributes["scope"] for tag, attributes in read.began if tag == "th"} == {"col", "row"}
    assert "Your standing places. Gone when you leave them, or the rota ends." in read.texts


def test_the_page_tells_times_as_the_person_has_them_and_words_for_what_is_kept_as_numbers() -> None:
    texts = Read(printed(page_of())).texts

    assert "Made in 2026, on Monday 23 November, 17:30 (Asia/Kolkata), for ash." in texts
    assert "Your standing place: words, Mondays, every time, from Tuesday 24 November on" in texts
    assert {"Monday", "2026-11-24", "2026-11-23 17:30", "In Lantern", "What I cannot reach"} <= set(texts)
    assert "yes" in texts


def test_what_is_not_set_is_said_to_be_so() -> None:
    assert "not set" in Read(printed(page_of(empty=True))).texts
    assert "not set" not in Read(printed(page_of())).texts


def test_whatever_a_rota_or_a_group_is_called_is_text_on_the_page() -> None:
    html = printed(page_of(words=SCRIPT, name=SCRIPT))

    assert "<script" not in html
    assert f"In {SCRIPT}" in Read(html).texts
    assert SCRIPT in Read(html).texts


def test_the_page_loads_nothing_runs_nothing_and_says_its_language() -> None:
    html = printed(page_of())
    read = Read(html)

    assert ("html", {"lang": "en-GB", "dir": "ltr"}) in read.began
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in read.began}
    assert not any({"src", "href", "style"} & attributes.keys() for _, attributes in read.began)
    assert "default-src 'none'" in html
    assert [tag for tag, _ in read.began].count("h1") == 1


def test_where_nothing_is_kept_the_page_says_so_and_what_is_out_of_reach() -> None:
    texts = Read(printed(page(MADE, ASH, [], unreached(frozenset())))).texts

    assert "I keep nothing of you." in texts
    assert "What I cannot reach" in texts


def test_the_document_is_one_file_of_json_and_the_same_in_lines_where_no_file_can_be_sent() -> None:
    document = export.document(ASKED, {GROUP: kept()}, beyond(frozenset()))
    handed = export.handed(document, "page", unreached(frozenset()))
    by_name = {file.name: file for file in handed.files}
    lines = [str(each.args["text"]) for each in handed.in_text if each.look is Look.CODE]

    assert {name: file.kind for name, file in by_name.items()} == {
        "mydata.html": "text/html",
        "mydata.json": "application/json",
    }
    assert document.endswith("}\n")
    assert json.loads(by_name["mydata.json"].content) == json.loads("\n".join(lines))
    assert by_name["mydata.html"].content == b"page"


def test_what_has_to_wait_tells_nothing_of_the_person_and_is_shown_nowhere_by_accident() -> None:
    handed = export.handed(export.document(ASKED, {GROUP: kept()}, ()), "page", ())
    message = export.TOLD.handing(handed)

    assert message.to_be_kept.lines == (line("mydata-export-later"),)
    assert message.to_be_kept.handed is None
    assert str(ASH) not in repr(message)


def test_ids_of_the_person_and_the_group_stand_above_and_not_in_every_row() -> None:
    shown = page_of().sections[0]
    cells = [cell for table in shown.tables for row in table.rows for cell in row]

    assert [cell for cell in cells if isinstance(cell.args.get("value"), PersonId | GroupId)] == []
    assert shown.lines[0].args["group"] == GROUP.native
