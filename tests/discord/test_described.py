"""Discord's description of its API finds what is wrong with a request, wherever in the request it is."""

from collections.abc import Mapping

import pytest

from tests.discord.described import needed, needs_a_token, request_faults

AGENT = {"User-Agent": "DiscordBot (https://example.org, 1)", "Content-Type": "application/json"}


@pytest.fixture(autouse=True)
def described() -> None:
    needed()


def test_a_request_as_discord_wants_it_has_no_fault() -> None:
    hello = {"content": "hello", "nonce": "n", "enforce_nonce": True}

    assert request_faults("POST", "/channels/1/messages", hello, headers=AGENT) == []
    assert request_faults("GET", "/channels/1/messages", None, [("limit", "5"), ("after", "7")], AGENT) == []
    assert request_faults("POST", "/webhooks/1/t", {"content": "hello"}, [("wait", "1")], AGENT) == []


@pytest.mark.parametrize(
    ("method", "path", "body", "query"),
    [
        ("GET", "/nothing", None, []),
        ("PUT", "/users/@me", None, []),
        ("GET", "/users/@me", {"a": 1}, []),
        ("POST", "/channels/1/messages", {"contnet": "hello"}, []),
        ("POST", "/channels/1/messages", {"nonce": "n" * 26}, []),
        ("POST", "/channels/1/threads", {"type": 12}, []),
        ("GET", "/channels/1/messages", None, [("limit", "101")]),
        ("GET", "/channels/1/messages", None, [("limt", "5")]),
        ("POST", "/webhooks/1/t", {"content": "hello"}, [("wait", "perhaps")]),
    ],
)
def test_what_discord_does_not_take_is_a_fault(
    method: str, path: str, body: object, query: list[tuple[str, str]]
) -> None:
    assert request_faults(method, path, body, query, AGENT)


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "curl/8", "Content-Type": "application/json"},
        {**AGENT, "Content-Type": "text/plain"},
        {**AGENT, "X-Audit-Log-Reason": "x" * 513},
    ],
)
def test_headers_that_discord_does_not_take_are_a_fault(headers: Mapping[str, str]) -> None:
    assert request_faults("POST", "/channels/1/messages", {"content": "hello"}, [], headers)


def test_what_is_asked_under_an_interactions_own_token_needs_no_other() -> None:
    assert needs_a_token("POST", "/channels/1/messages")
    assert not needs_a_token("POST", "/interactions/1/t/callback")
    assert not needs_a_token("PATCH", "/webhooks/1/t/messages/@original")
