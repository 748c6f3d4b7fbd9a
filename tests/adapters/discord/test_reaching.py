"""What Discord's refusals mean: closed to the bot in private, never to be done, or to be tried again."""

from dataclasses import dataclass
from typing import cast

import discord
import pytest
from aiohttp import ClientResponse

from bot.adapters.discord.reaching import CLOSED_TO_US, NOTHING_SHARED, reaching
from bot.ports.chat import ChatError, ClosedError

UNKNOWN_CHANNEL = 10003


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The part of an answer of Discord's that its library reads."""

    status: int
    reason: str = "no"


def refused(status: int, code: int) -> ChatError:
    """Return what a refusal of Discord's becomes."""
    response = cast("ClientResponse", Response(status=status))
    with pytest.raises(ChatError) as caught, reaching():
        raise discord.HTTPException(response, {"code": code, "message": "no"})
    return caught.value


@pytest.mark.parametrize("code", [CLOSED_TO_US, NOTHING_SHARED])
def test_who_takes_no_direct_messages_is_closed_to_the_bot_for_good(code: int) -> None:
    error = refused(403, code)

    assert isinstance(error, ClosedError)
    assert error.permanent
    assert error.kind in {"direct-messages-closed", "nothing-shared"}


@pytest.mark.parametrize(("status", "permanent"), [(404, True), (403, True), (429, False), (503, False)])
def test_any_other_refusal_says_nothing_of_the_person(status: int, *, permanent: bool) -> None:
    error = refused(status, UNKNOWN_CHANNEL)

    assert not isinstance(error, ClosedError)
    assert (error.kind, error.permanent) == (f"discord-{status}-{UNKNOWN_CHANNEL}", permanent)
