"""The folder of backups: whole files that are their owner's alone; of old ones, only those go that are ours."""

import stat
from pathlib import Path

from whenever import Instant, TimeDelta

from bot.store.backups import keep, kept, prune
from bot.store.sealing import new_identity, sealed

NOON = Instant.from_utc(2026, 11, 23, 12)
DAY = TimeDelta(hours=24)


def test_a_backup_is_named_by_its_moment_and_is_the_owners_alone(tmp_path: Path) -> None:
    _, recipient = new_identity()
    file = keep(tmp_path / "backups", sealed(b"all of it", [recipient]), NOON)

    assert file.name == "alongside-20261123T120000Z.age"
    assert [each.at for each in kept(tmp_path / "backups")] == [NOON]
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(file.parent.stat().st_mode)) == (0o600, 0o700)
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_those_of_that_moment_and_before_go_and_the_later_stay(tmp_path: Path) -> None:
    _, recipient = new_identity()
    for days in range(4):
        keep(tmp_path, sealed(b"", [recipient]), NOON + days * DAY)
    gone = prune(tmp_path, NOON + DAY)

    assert gone == 2
    assert [each.at for each in kept(tmp_path)] == [NOON + 2 * DAY, NOON + 3 * DAY]


def test_what_is_not_surely_ours_stays_however_old(tmp_path: Path) -> None:
    _, recipient = new_identity()
    whole = sealed(b"", [recipient])
    others = {
        "alongside-20261123T120000Z.age.copy": whole,
        "copy-of-alongside-20261123T120000Z.age": whole,
        "alongside-20261341T120000Z.age": whole,
        "alongside-2026.age": whole,
        "alongside-20261123T120001Z.age": b"not sealed by anybody",
    }
    for name, data in others.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "alongside-20261123T120002Z.age").mkdir()
    (tmp_path / "alongside-20261123T120003Z.age").symlink_to(tmp_path / "alongside-2026.age")

    assert (prune(tmp_path, NOON + 1000 * DAY), len([*tmp_path.iterdir()])) == (0, 7)
    assert prune(tmp_path / "none", NOON) == 0
