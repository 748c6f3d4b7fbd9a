"""The lines of a check: what the server's message limit means for the rotas there are."""

import json

import pytest
from whenever import TimeDelta

from bot.adapters.matrix.limits import Limit
from bot.operator.report import State, as_json, fine, in_words, is_well, missing, note
from bot.operator.world_lines import limit_lines
from bot.settings import MatrixWorld

WORLD = MatrixWorld(homeserver="https://matrix.example.org", account="@alongside:example.org")
AS_IT_COMES = Limit(at_once=10, every=TimeDelta(seconds=5))


@pytest.mark.parametrize(
    ("busiest", "state", "says"),
    [
        (0, State.FINE, "No rota has a ping to send yet"),
        (1, State.FINE, "In the busiest minute of the coming two weeks 1 ping is due: the last goes with the first"),
        (10, State.FINE, "10 pings are due: the last goes with the first"),
        (12, State.FINE, "12 pings are due: the last goes about 10 seconds after the first"),
        (40, State.MISSING, "40 pings are due: the last goes about 150 seconds after the first. Ask whoever runs"),
        (None, State.MISSING, "Start the bot once, and check again"),
    ],
)
def test_a_limit_is_told_in_words_for_the_rotas_there_are(busiest: int | None, state: State, says: str) -> None:
    found = limit_lines(WORLD, AS_IT_COMES, busiest)

    assert found.state is state
    assert "the server lets me send about 10 messages at once and then one in 5 seconds. " in found.text
    assert says in found.text


def test_what_to_ask_for_is_said_when_pings_would_be_late() -> None:
    text = limit_lines(WORLD, AS_IT_COMES, 40).text

    assert "/_synapse/admin/v1/users/@alongside:example.org/override_ratelimit" in text
    assert "rc_message" in text


def test_no_limit_is_fine() -> None:
    found = limit_lines(WORLD, Limit(at_once=15, every=None), 1000)

    assert found == fine("matrix limit", "the server let 15 messages go at once: no limit that a rota would feel")


def test_a_report_is_well_until_something_is_missing() -> None:
    found = [fine("a", "b"), note("c", "d")]

    assert (is_well(found), is_well([*found, missing("e", "f")])) == (True, False)
    assert in_words(found) == "fine: a: b\nnote: c: d"
    assert json.loads(as_json(found)) == {
        "ok": True,
        "found": [{"about": "a", "state": "fine", "text": "b"}, {"about": "c", "state": "note", "text": "d"}],
    }
