"""The log holds kinds and places of faults, and never their text."""

import io
import json
import logging

import pytest

from bot.journal import StructuredJournal, silence_libraries
from bot.store.sayings import unpacked

SECRET = "what Ash said to Bea"


def _fault() -> BaseException:
    """Return a fault from inside the house whose text holds words of people."""
    with pytest.raises(KeyError) as caught:
        unpacked(json.dumps({"say": SECRET}), {})
    caught.value.add_note(SECRET)
    return caught.value


@pytest.mark.parametrize("as_json", [True, False])
def test_a_fault_is_noted_by_type_and_place_and_not_by_its_words(*, as_json: bool) -> None:
    log = io.StringIO()
    error = _fault()
    error.__cause__ = LookupError(SECRET)
    StructuredJournal(stream=log, json=as_json).fault("step-failed", error, step="sit")
    noted = log.getvalue()

    assert (SECRET in noted, noted.count("\n")) == (False, 1)
    assert all(word in noted for word in ("step-failed", "KeyError", "sayings.py:", "sit"))


def test_a_note_is_one_line_with_its_time_in_utc() -> None:
    log = io.StringIO()
    StructuredJournal(stream=log, json=True).note("serving", worlds=2)
    noted = json.loads(log.getvalue())

    assert {name: noted[name] for name in ("event", "level", "worlds")} == {
        "event": "serving",
        "level": "info",
        "worlds": 2,
    }
    assert noted["timestamp"].endswith("Z")


def test_a_fault_that_was_never_raised_has_no_place() -> None:
    log = io.StringIO()
    StructuredJournal(stream=log, json=True).fault("odd", LookupError(SECRET))

    assert json.loads(log.getvalue())["where"] == "unknown"


@pytest.mark.parametrize(
    "name", ["nio.rooms", "discord.app_commands", "peewee", "sqlalchemy.engine", "apscheduler.scheduler", "asyncio"]
)
def test_the_libraries_own_logs_are_let_nowhere(
    name: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    silence_libraries()
    logging.getLogger(name).critical(SECRET)

    assert capfd.readouterr() == ("", "")
    assert caplog.records == []
