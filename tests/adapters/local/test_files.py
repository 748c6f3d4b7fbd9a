"""A form that brings a file: sent or pasted, in memory alone, and no larger than is taken."""

import pytest
from aiohttp import FormData

from bot.adapters.local.files import MOST_BYTES
from bot.domain.commands import Command, Option
from bot.domain.reading import File, Text
from bot.domain.reading.files import LARGEST
from tests.adapters.local.conftest import Room

BRING = Command(
    name="rota import",
    options=(
        Option(name="name", kind=Text(), required=True),
        Option(name="file", kind=File(fits=lambda text: "date" in text, otherwise="rota-file-unlike"), required=True),
    ),
)
TABLE = "date;start\r\n2026-12-01;19:00\r\n" + "2026-12-02;19:00;a name for nobody\r\n" * 500


async def brings(room: Room, form: FormData) -> tuple[int, str]:
    """Send a form as the page does without its script, or with it."""
    room.answering.known = (*room.answering.known, BRING)
    for name, value in (("as", "ash"), ("command", "rota import"), ("option-name", "Tea")):
        form.add_field(name, value)
    headers = {"Origin": room.base, "Accept": "text/plain"}
    async with room.browser.post(room.base + "/ask", data=form, headers=headers) as answer:
        return answer.status, await answer.text()


def a_file(content: bytes, filename: str = "tea.csv") -> FormData:
    form = FormData()
    form.add_field("option-file", content, filename=filename, content_type="text/csv")
    return form


async def test_a_file_that_is_chosen_is_the_option_and_is_not_shown(room: Room) -> None:
    status, note = await brings(room, a_file(TABLE.encode()))

    (asking,) = room.answering.asked
    assert (status, note) == (200, "Asked. The answer comes in what Ash and the bot say, above.")
    assert {**asking.options, "file": asking.options["file"].strip()} == {"name": "Tea", "file": TABLE.strip()}
    assert "rota import file, name: Tea" in (page := await room.read())
    assert "a name for nobody" not in page


async def test_what_is_pasted_is_taken_where_no_file_is_chosen(room: Room) -> None:
    form = a_file(b"", filename="")
    form.add_field("option-file", TABLE, content_type="text/plain")
    await brings(room, form)

    (asking,) = room.answering.asked
    assert asking.options["file"] == TABLE.strip()


async def test_a_file_that_was_left_out_is_left_out_and_an_empty_one_is_none(room: Room) -> None:
    await brings(room, a_file(b"", filename=""))
    await brings(room, a_file(b""))

    assert [list(asking.options.get("file", "left out")) for asking in room.answering.asked] == [
        list("left out"),
        ["\ufeff"],
    ]


@pytest.mark.parametrize(
    ("size", "sentence"),
    [
        (LARGEST + 1, "That file is too large. Up to 256 kilobytes fit."),
        (MOST_BYTES + 1, "That file is too large. Up to 256 kilobytes fit."),
    ],
)
async def test_a_file_that_is_too_large_is_refused(room: Room, size: int, sentence: str) -> None:
    assert await brings(room, a_file(b"x" * size)) == (400, sentence)
    assert room.answering.asked == []


async def test_a_form_of_many_large_parts_is_refused(room: Room) -> None:
    form = a_file(b"x" * LARGEST)
    for number in range(3):
        form.add_field(f"option-{number}", "x" * LARGEST)

    status, _ = await brings(room, form)
    assert status == 413
    assert room.answering.asked == []


async def test_any_other_option_is_as_short_as_ever(room: Room) -> None:
    form = a_file(TABLE.encode())
    form.add_field("option-where", "x" * 501)

    assert (await brings(room, form))[0] == 400


async def test_a_form_that_is_none_is_refused(room: Room) -> None:
    headers = {"Origin": room.base, "Accept": "text/plain"}
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        data = b"--x\r\nContent-Disposition: form-data; name=as\r\n\r\n\xff\xfe\r\n--x--\r\n"
        async with room.browser.post(
            room.base + "/ask", data=data, headers={**headers, "Content-Type": kind}
        ) as answer:
            assert answer.status == 400


async def test_the_page_has_a_labelled_field_for_the_file_and_one_to_paste_into(room: Room) -> None:
    room.answering.known = (BRING,)

    page = await room.read("/as/ash")
    assert 'enctype="multipart/form-data"' in page
    assert '<label for="ash-rota-import-file">File' in page
    assert '<label for="ash-rota-import-file-paste">Or paste what is in the file</label>' in page
