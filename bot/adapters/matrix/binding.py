"""nio's tables, tied to their file in less time.

nio ties all its tables to the file anew at each call, and peewee then looks up, for each of them, every table that it
has to do with: a millisecond, and for a new device that is seven times. nio names all of its tables, so that what it
has to do with is tied anyway.
"""

from collections.abc import Sequence
from typing import Any

from peewee import Model, SqliteDatabase


class KeyFile(SqliteDatabase):  # type: ignore[misc]  # peewee carries no types.
    """The file with the keys, opened as nio opens it."""

    def __init__(self, path: str) -> None:
        super().__init__(path, pragmas={"foreign_keys": 1, "secure_delete": 1})

    def bind_ctx(self, models: Sequence[type[Model]], *_: bool) -> Any:  # noqa: ANN401  As above.
        """Tie the tables to this file for a while; one alone with those that it has to do with, as peewee does."""
        is_alone = len(models) == 1
        return super().bind_ctx(models, bind_refs=is_alone, bind_backrefs=is_alone)
