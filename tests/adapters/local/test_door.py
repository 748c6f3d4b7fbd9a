"""Only this machine's own browser, with the token, from this page, comes in."""

import pytest
from aiohttp import ClientSession, CookieJar

from tests.adapters.local.conftest import Room


async def test_the_printed_address_is_exchanged_for_a_cookie_that_no_script_reads(room: Room) -> None:
    async with (
        ClientSession(cookie_jar=CookieJar(unsafe=True)) as newcomer,
        newcomer.get(room.address, allow_redirects=False) as answer,
    ):
        cookie = answer.headers["Set-Cookie"]

        assert (answer.status, answer.headers["Location"]) == (303, "/")
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie


@pytest.mark.parametrize("path", ["/", "/?token=wrong", "/as/ash", "/stream?after=0", "/page/room.js", "/nowhere"])
async def test_without_the_token_there_is_one_sentence_and_nothing_else(room: Room, path: str) -> None:
    async with ClientSession() as stranger, stranger.get(room.base + path) as answer:
        text = await answer.text()

        assert answer.status == 403
        assert text == "Open the whole address that was printed when the room started; it holds the key to this page."


async def test_a_stranger_cannot_do_anything(room: Room) -> None:
    async with (
        ClientSession() as stranger,
        stranger.post(f"{room.base}/type", data={"as": "ash", "text": "hi"}, headers={"Origin": room.base}) as answer,
    ):
        assert answer.status == 403
        assert room.answering.heard == []


async def test_another_name_for_this_machine_is_refused(room: Room) -> None:
    async with room.browser.get(room.address, headers={"Host": "elsewhere.example"}) as answer:
        assert answer.status == 421
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", ""])
async def test_what_another_page_sends_changes_nothing(room: Room, origin: str) -> None:
    status, _ = await room.send("/type", {"as": "ash", "text": "sit"}, origin=origin)

    assert status == 403
    assert room.answering.heard == []


async def test_what_says_not_where_it_came_from_changes_nothing(room: Room) -> None:
    async with room.browser.post(f"{room.base}/type", data={"as": "ash", "text": "sit"}) as answer:
        assert answer.status == 403
        assert room.answering.heard == []


async def test_a_form_is_never_read_from_an_address(room: Room) -> None:
    async with room.browser.get(f"{room.base}/type?as=ash&text=sit") as answer:
        assert answer.status == 405
        assert room.answering.heard == []


async def test_every_answer_forbids_scripts_from_elsewhere(room: Room) -> None:
    for path in ("/", "/nowhere", "/page/room.js", "/stream?after=0"):
        async with room.browser.get(room.base + path) as answer:
            policy = answer.headers["Content-Security-Policy"]

            assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
            assert "unsafe" not in policy
            # What a picture holds itself, and what the house serves.
            assert "img-src 'self' data:;" in policy


async def test_the_page_holds_no_script_of_its_own_and_loads_nothing_from_elsewhere(room: Room) -> None:
    page = await room.read()

    assert page.count("<script") == 1
    assert '<script src="/page/room.js" defer></script>' in page
    assert "http" not in page
    assert " style=" not in page
