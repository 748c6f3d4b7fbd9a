"""What a database is asked."""

from sqlalchemy.event import listens_for

from bot.store.database import Database


def statements(database: Database) -> list[str]:
    """Return what will hold every statement that the database is asked from now on."""
    asked: list[str] = []

    @listens_for(database.engine.sync_engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    return asked
