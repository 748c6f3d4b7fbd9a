"""A line of the check about the backups: whether any is set, whether they can be made, and how old the last is."""

from whenever import Instant, TimeDelta

from bot.operator.report import Found, fine, missing, note
from bot.operator.sentences import of_backup
from bot.settings import Read
from bot.store.backups import kept
from bot.store.sealing import SealingError, check

YOUNG = TimeDelta(hours=48)


def backup_line(read: Read, now: Instant) -> Found:
    """Return how it stands with the backups."""
    backup = read.settings.backup
    if not backup.recipients:
        return note("backup", "none is set: docs/backups.md says how to make them, and who should hold the keys")
    try:
        check(backup.recipients)
        there = kept(read.path(backup.folder))
    except SealingError as error:
        return missing("backup", of_backup(error.kind, place=error.place))
    except OSError as error:
        return missing("backup", f"{read.path(backup.folder)} cannot be read ({error.strerror})")
    if not there:
        return note("backup", "none was made yet: alongside backup makes one, and docs/backups.md says how once a day")
    age = now - there[-1].at
    said = f"the last is {_age(age)} old, {len(there)} are kept, each for {backup.keep_days} days"
    if age > YOUNG:
        return missing("backup", f"{said}: see why alongside backup was not run since")
    return fine("backup", said)


def _age(age: TimeDelta) -> str:
    hours = max(0, int(age.total("hours")))
    return f"{hours} hours" if age <= YOUNG else f"{hours // 24} days"
