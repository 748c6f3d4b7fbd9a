"""The data map as people, programmes and browsers read it."""

import json
from dataclasses import replace
from html.parser import HTMLParser

from bot.operator.datamap import DataMap, as_html, as_json, data_map, in_words
from bot.ports.datamap import Field, Part


class Page(HTMLParser):
    """What stands in a page: its texts, and how often each element begins."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.began: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.began.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_json_holds_every_column_with_what_it_holds_what_for_how_long_and_who_sees_it() -> None:
    told = json.loads(as_json(data_map()))
    columns = [field for part in told["parts"] for field in part["fields"]]

    assert {part["name"] for part in told["parts"]} >= {"rotas", "asks", "keys.db: devicekeys", "session.json"}
    assert all(field[each] for field in columns for each in ("name", "holds", "purpose", "ends", "seen"))
    assert all(part["latest"] for part in told["parts"])
    assert told["nothing_said"]
    assert told["notes"]


def test_the_words_name_every_column_and_say_apart_who_sees_one_that_others_do_not() -> None:
    found = data_map()
    written = in_words(found)

    assert max(map(len, written.splitlines())) <= 78
    assert all(f"\n{part.name} ({part.where})\n" in written for part in found.parts)
    assert all(f"  - {field.name}: " in written for part in found.parts for field in part.fields)
    assert "asked_at: a moment; the order of asks (seen by the one who asked)" in written


def test_the_page_names_every_column_can_be_walked_by_headings_and_loads_nothing() -> None:
    found = data_map()
    page = Page(as_html(found))
    tags = [tag for tag, _ in page.began]

    assert {field.name for part in found.parts for field in part.fields} <= set(page.texts)
    assert ("html", {"lang": "en-GB"}) in page.began
    assert tags.count("h2") == len(found.parts) + 1
    assert tags.count("caption") == len(found.parts)
    assert not {"script", "link", "img"} & set(tags)
    assert not any({"src", "href"} & attributes.keys() for _, attributes in page.began)


def test_whatever_stands_in_the_map_is_text_on_the_page() -> None:
    odd = Field(name="<b>odd</b>", holds="a & b", purpose="<script>", ends='"', seen=data_map().parts[0].fields[0].seen)
    part = Part(name="<i>", where="database", latest="never", fields=(odd,))
    page = as_html(replace(DataMap(parts=()), parts=(part,)))

    assert "<script>" not in page
    assert "<b>odd</b>" in Page(page).texts
