"""What people type and press reaches the bot as it should, shows as plain text, and bad input changes nothing."""

import pytest
from aiohttp import FormData
from whenever import Instant, TimeDelta

from bot.adapters.local.forms import LONGEST
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import say
from tests.adapters.local.conftest import Room

ASH = PersonId.of("local", "ash")
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


async def test_a_line_to_the_bot_is_private(room: Room) -> None:
    await room.send("/type", {"as": "ash", "text": "sit quiet"})

    (typed,) = room.answering.heard
    assert (typed.text, typed.private, typed.person) == ("sit quiet", True, ASH)
    assert GroupId.of("local", "group") == typed.group
    assert {"room": PlaceId.of("local", "room")} == dict(typed.places)


async def test_a_line_in_the_room_is_for_the_bot_only_after_a_mark(room: Room) -> None:
    await room.send("/say", {"as": "ash", "place": "room", "text": "sit with me, anyone"})
    await room.send("/say", {"as": "ash", "place": "room", "text": "!sit quiet"})

    (typed,) = room.answering.heard
    assert (typed.text, typed.private) == ("sit quiet", False)


async def test_the_answer_to_a_line_in_the_room_comes_to_that_person_alone(room: Room) -> None:
    room.answering.answer = say("sit-paused")

    await room.send("/say", {"as": "ash", "place": "room", "text": "!sit pause"})

    assert "Paused." in await room.read("/as/ash")
    assert "Paused." not in await room.read("/as/bea")
    assert "!sit pause" in await room.read("/as/bea")


async def test_a_form_is_an_asking_with_what_was_filled_in(room: Room) -> None:
    _, note = await room.send("/ask", {"as": "ash", "command": "sit", "option-wanted": "quiet", "option-length": " "})

    (asking,) = room.answering.asked
    assert (asking.command, dict(asking.options)) == ("sit", {"wanted": "quiet"})
    assert note == "Asked. The answer comes in what Ash and the bot say, above."
    assert "sit wanted: quiet" in await room.read("/as/ash")


async def test_every_deed_has_its_own_key(room: Room) -> None:
    for _ in range(2):
        await room.send("/type", {"as": "ash", "text": "sit"})

    first, second = room.answering.heard
    assert first.key != second.key


async def test_what_is_typed_is_never_markup(room: Room) -> None:
    await room.send("/type", {"as": "ash", "text": MARKUP})
    await room.send("/say", {"as": "ash", "place": "room", "text": MARKUP})
    await room.send("/ask", {"as": "ash", "command": MARKUP, "pressed": MARKUP, "option-x": MARKUP})

    page = await room.read()
    stream = await room.stream_until("clock-now")
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<script>alert" not in stream
    assert "<img" not in stream
    assert "&lt;script&gt;alert(1)" in page


async def test_the_menu_has_a_labelled_field_for_each_option_of_each_listed_command(room: Room) -> None:
    page = await room.read("/as/ash")

    assert '<label for="ash-find-need">' in page
    assert '<option value="quiet">quiet</option>' in page
    assert "(needed)" in page
    assert "<code>sit can</code>" not in page


async def test_the_clock_moves_forward_and_the_clockwork_is_woken(room: Room) -> None:
    _, note = await room.send("/clock", {"move": "hour"})

    assert Instant.from_utc(2026, 11, 20, 19, 5) == room.clock.at
    assert room.nudges == [True]
    assert note == "The clock now says Friday 20 November, 19:05."
    assert "Friday 20 November, 19:05" in await room.stream_until("19:05")


async def test_tomorrow_at_nine_is_nine_by_the_wall_when_the_clocks_change(room: Room) -> None:
    room.clock.at = Instant.from_utc(2026, 10, 24, 18)

    await room.send("/clock", {"move": "morning"})

    assert Instant.from_utc(2026, 10, 25, 9) == room.clock.at


async def test_the_clock_moves_by_what_is_typed(room: Room) -> None:
    before = room.clock.at

    await room.send("/clock", {"move": "by", "text": "1 day and 30 minutes"})

    assert TimeDelta(hours=24, minutes=30) == room.clock.at - before


@pytest.mark.parametrize("text", ["", "-1 hour", "yesterday", "9999 weeks", "0 minutes", MARKUP, "1" * 5000])
async def test_a_move_that_makes_no_sense_leaves_the_clock_alone(room: Room, text: str) -> None:
    before = room.clock.at

    status, sentence = await room.send("/clock", {"move": "by", "text": text})

    assert status == 400
    assert sentence.endswith((".", "”."))
    assert before == room.clock.at
    assert room.nudges == []


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/type", {"as": "ash", "text": "   "}),
        ("/type", {"as": "ash", "text": "x" * (LONGEST + 1)}),
        ("/type", {"as": "dee", "text": "sit"}),
        ("/type", {"text": "sit"}),
        ("/ask", {"as": "ash", "command": "x" * (LONGEST + 1)}),
        ("/ask", {"as": "ash", "command": "sit", "option-wanted": "x" * (LONGEST + 1)}),
        ("/ask", {"as": "ash", **{f"option-{number}": "x" for number in range(50)}}),
        ("/say", {"as": "ash", "place": "elsewhere", "text": "hello"}),
        ("/leave", {"as": "ash", "place": "room"}),
        ("/clock", {"move": "back"}),
        ("/clock", {}),
    ],
)
async def test_bad_input_gets_one_sentence_and_changes_nothing(room: Room, path: str, fields: dict[str, str]) -> None:
    before = await room.read()

    status, sentence = await room.send(path, fields)

    assert status == 400
    assert sentence.endswith(".")
    assert "<" not in sentence
    assert before == await room.read()
    assert (room.answering.heard, room.answering.asked) == ([], [])


async def test_an_empty_command_is_not_asked(room: Room) -> None:
    status, _ = await room.send("/ask", {"as": "ash", "command": "  "})

    assert status == 400
    assert room.answering.asked == []


async def test_a_very_large_form_is_refused(room: Room) -> None:
    status, sentence = await room.send("/type", {"as": "ash", "text": "x" * 20_000})

    assert status == 413
    assert sentence == "That is too much at once, so nothing was changed. Send a few words."


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"as=ash&text=%ff%fe", "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/x-www-form-urlencoded; charset=nonsense"),
        (b'{"as": "ash", "text": "sit"}', "application/json"),
        (b"as=ash&text=sit", "text/plain"),
    ],
)
async def test_what_is_no_form_is_refused(room: Room, body: bytes, kind: str) -> None:
    headers = {"Origin": room.base, "Content-Type": kind}

    async with room.browser.post(f"{room.base}/type", data=body, headers=headers) as answer:
        assert answer.status == 400
        assert room.answering.heard == []


async def test_a_file_is_refused(room: Room) -> None:
    form = FormData({"as": "ash"})
    form.add_field("text", b"sit", filename="sit.txt")

    async with room.browser.post(f"{room.base}/type", data=form, headers={"Origin": room.base}) as answer:
        assert answer.status == 400


async def test_without_scripts_a_form_leads_back_to_the_view_it_stood_in(room: Room) -> None:
    headers = {"Origin": room.base, "Referer": f"{room.base}/as/ash"}
    fields = {"as": "ash", "text": "sit"}

    async with room.browser.post(f"{room.base}/type", data=fields, headers=headers, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/as/ash#ash")


async def test_without_scripts_a_refusal_is_a_page_with_the_way_back(room: Room) -> None:
    async with room.browser.post(
        f"{room.base}/type", data={"as": "ash", "text": ""}, headers={"Origin": room.base}
    ) as answer:
        page = await answer.text()

        assert answer.status == 400
        assert "Nothing was typed. Type a few words first." in page
        assert '<a href="/">Back to the room</a>' in page


@pytest.mark.parametrize("after", ["", "x", "-1", "²", "9" * 400])
async def test_a_stream_from_nowhere_is_refused_or_starts_again(room: Room, after: str) -> None:
    async with room.browser.get(f"{room.base}/stream", params={"after": after}) as answer:
        text = await answer.text()

        assert "event: again" in text or answer.status == 400
