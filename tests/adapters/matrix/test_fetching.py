"""News cut to what is for the bot."""

from typing import Any

from bot.adapters.matrix.fetching import is_entering, since_entering

ME = "@bot:hs.test"


def _member(membership: str, *, before: str | None = None, of: str = ME) -> dict[str, Any]:
    unsigned = {} if before is None else {"prev_content": {"membership": before}}
    return {
        "type": "m.room.member",
        "state_key": of,
        "content": {"membership": membership},
        "unsigned": unsigned,
    }


def _text(body: str) -> dict[str, Any]:
    return {"type": "m.room.message", "content": {"body": body}}


def test_what_was_said_before_the_bot_came_in_is_not_for_it() -> None:
    events = [_text("before"), _member("join", before="invite"), _text("after")]

    assert since_entering(events, ME) == events[1:]


def test_what_made_the_room_what_it_is_stays() -> None:
    encryption = {"type": "m.room.encryption", "state_key": "", "content": {}}
    events = [encryption, _text("before"), _member("join")]

    assert since_entering(events, ME) == [encryption, _member("join")]


def test_news_without_an_entrance_stay_whole() -> None:
    events = [_text("a"), _member("join", of="@ann:hs.test"), _text("b")]

    assert since_entering(events, ME) == events


def test_a_change_of_the_bots_name_is_no_entrance() -> None:
    assert not is_entering(_member("join", before="join"), ME)


def test_coming_back_is_an_entrance() -> None:
    assert is_entering(_member("join", before="leave"), ME)
