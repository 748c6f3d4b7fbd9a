"""The check says how it stands with the backups."""

from pathlib import Path

import pytest
from whenever import Instant, TimeDelta

from bot import settings
from bot.operator.backup_lines import backup_line
from bot.operator.report import State
from bot.store.backups import keep
from bot.store.sealing import new_identity, sealed

NOON = Instant.from_utc(2026, 11, 23, 12)
RECIPIENT = new_identity()[1]


def state_of(folder: Path, *recipients: str) -> tuple[State, str]:
    file = folder / "alongside.toml"
    file.write_text(f"[backup]\nrecipients = {list(recipients)}\n")
    found = backup_line(settings.read(file, {}), NOON)
    return found.state, found.text


def test_none_set_and_none_made_are_worth_knowing(tmp_path: Path) -> None:
    none_set, none_made = state_of(tmp_path), state_of(tmp_path, RECIPIENT)

    assert (none_set[0], none_made[0]) == (State.NOTE, State.NOTE)
    assert "docs/backups.md" in none_set[1]
    assert "alongside backup" in none_made[1]


def test_a_key_that_is_none_is_to_be_mended(tmp_path: Path) -> None:
    state, text = state_of(tmp_path, RECIPIENT, "age1aaaa")

    assert (state, "number 2" in text, "age1aaaa" in text) == (State.MISSING, True, False)


@pytest.mark.parametrize(
    ("hours", "state", "says"),
    [
        (0, State.FINE, "the last is 0 hours old, 2 are kept, each for 30 days"),
        (48, State.FINE, "the last is 48 hours old"),
        (49, State.MISSING, "the last is 2 days old"),
    ],
)
def test_the_last_is_told_with_its_age_and_is_to_be_looked_at_when_it_is_old(
    tmp_path: Path, hours: int, state: State, says: str
) -> None:
    for more in (0, 24):
        keep(tmp_path / "backups", sealed(b"", [RECIPIENT]), NOON - TimeDelta(hours=hours + more))
    found = state_of(tmp_path, RECIPIENT)

    assert (found[0], says in found[1]) == (state, True), found
