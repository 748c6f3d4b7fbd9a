"""What the server's no means."""

import pytest
from aiohttp import ClientError
from nio import LocalProtocolError

from bot.adapters.matrix.wire import reaching, refusal, route
from bot.ports.chat import ChatError


@pytest.mark.parametrize(
    ("errcode", "status", "kind", "permanent"),
    [
        ("M_UNKNOWN_TOKEN", 401, "token-revoked", True),
        ("M_FORBIDDEN", 403, "forbidden", True),
        ("M_LIMIT_EXCEEDED", 429, "rate-limited", False),
        ("", 429, "rate-limited", False),
        ("M_UNKNOWN", 400, "refused", True),
        ("M_UNKNOWN", 502, "server-fault", False),
        ("", 500, "server-fault", False),
    ],
)
def test_a_server_in_trouble_may_be_well_again_and_a_refusal_stays(
    errcode: str, status: int, kind: str, *, permanent: bool
) -> None:
    error = refusal(errcode, status)

    assert (error.kind, error.permanent) == (kind, permanent)


@pytest.mark.parametrize("fault", [ClientError(), TimeoutError(), LocalProtocolError(), ValueError(), KeyError()])
def test_whatever_goes_wrong_on_the_way_passes(fault: Exception) -> None:
    with pytest.raises(ChatError) as caught, reaching():
        raise fault

    assert not caught.value.permanent


def test_ids_cannot_break_out_of_a_path() -> None:
    assert route("rooms", "!a/../b?c#d:hs") == "/rooms/%21a%2F..%2Fb%3Fc%23d%3Ahs"
