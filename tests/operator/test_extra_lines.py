"""What can be there and need not be is told, and how to have it."""

import pytest

from bot.operator.extra_lines import extra_lines
from bot.operator.report import State
from bot.settings import Calendar
from bot.solving import solver


def test_feeds_that_are_set_up_are_told_with_where_they_lead() -> None:
    [feeds, _] = extra_lines(Calendar(address="https://rota.example.org", port=8123))

    assert (feeds.about, feeds.state) == ("calendar", State.FINE)
    assert "https://rota.example.org, which is to lead to port 8123" in feeds.text


def test_what_is_not_there_is_no_fault_and_says_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "find_spec", lambda _name: None)
    found = extra_lines(Calendar())

    assert [each.state for each in found] == [State.NOTE, State.NOTE]
    assert "[calendar]" in found[0].text
    assert "alongside[suggest]" in found[1].text


def test_suggestions_work_where_the_solver_is_installed() -> None:
    assert extra_lines(Calendar())[1].state is State.FINE
