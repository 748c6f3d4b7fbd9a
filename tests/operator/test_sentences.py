"""Each way to be stopped has a sentence of its own."""

import errno
import sqlite3
from pathlib import Path

import peewee
import pytest
from sqlalchemy.exc import OperationalError

from bot.adapters.matrix import folder, quiet, session, wire
from bot.operator.sentences import of_storage, of_world
from bot.ports.chat import ChatError

PLACE = Path("/data/matrix")
KINDS = [
    folder.IN_USE,
    folder.KEYS_BROKEN,
    folder.SECRET_MISSING,
    folder.SECRET_WRONG,
    folder.SESSION_BROKEN,
    folder.FOLDER_OF_ANOTHER,
    session.TOKEN_OF_ANOTHER,
    session.NO_PASSWORD,
    session.DEVICE_GONE,
    session.KEYS_GONE,
    session.KEYS_DIFFER,
    wire.TOKEN_REVOKED,
    quiet.RATE_LIMITED,
]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_says_what_it_is_and_names_the_world(kind: str) -> None:
    sentence = of_world("mx", PLACE, ChatError(kind, permanent=True))

    assert sentence.startswith("mx: ")
    assert "refuses the bot" not in sentence
    assert "{" not in sentence


def test_a_kind_that_is_new_is_still_said() -> None:
    refused = of_world("mx", PLACE, ChatError("odd", permanent=True))
    away = of_world("mx", PLACE, ChatError("unreachable", permanent=False))

    assert refused == "mx: the chat server refuses the bot (odd)"
    assert away == ("mx: the chat server is not there; see that its address is right and that it is up (unreachable)")


def _full() -> sqlite3.OperationalError:
    with pytest.raises(sqlite3.OperationalError) as caught:
        _fill(sqlite3.connect(":memory:"))
    return caught.value


def _fill(database: sqlite3.Connection) -> None:
    database.executescript("PRAGMA max_page_count = 3; CREATE TABLE big (text TEXT);")
    try:
        database.execute("INSERT INTO big VALUES (?)", ("x" * 30_000,))
    finally:
        database.close()


def test_a_full_disk_is_known_however_it_is_wrapped() -> None:
    full = _full()
    through_peewee = peewee.OperationalError("text")
    through_peewee.__context__ = full
    errors = [full, through_peewee, OperationalError("SELECT 's3cret'", None, full), OSError(errno.ENOSPC, "x")]
    wrapped = OperationalError("x", None, full)
    wrapped.__cause__ = full
    sentences = {of_storage(error) for error in [*errors[:2], wrapped, errors[3]]}

    assert len(sentences) == 1
    assert str(sentences.pop()).startswith("the disk is full")


def test_what_has_nothing_to_do_with_the_disk_is_left() -> None:
    assert of_storage(KeyError("x")) is None
    assert of_storage(FileNotFoundError(errno.ENOENT, "x")) is None
