"""The data map tells of every column there is in the database, and of none that is not there."""

from sqlalchemy import Connection, inspect

from bot.store.database import Database
from bot.store.describing import parts

# Alembic's own: the number of the newest migration.
OF_MIGRATIONS = {"alembic_version"}


async def test_every_table_and_column_of_a_real_database_is_in_the_map(database: Database) -> None:
    def real(connection: Connection) -> dict[str, set[str]]:
        seen = inspect(connection)
        return {
            name: {column["name"] for column in seen.get_columns(name)}
            for name in seen.get_table_names()
            if name not in OF_MIGRATIONS
        }

    async with database.engine.begin() as connection:
        found = await connection.run_sync(real)

    assert {part.name: {field.name for field in part.fields} for part in parts()} == found


def test_the_latest_end_of_each_table_is_what_the_purge_goes_by() -> None:
    latest = {part.name: part.latest for part in parts()}

    assert latest["outbox"] == "7 days after done_at, with the purge of that day"
    assert latest["asks"] == "2 days after the last of answer_by and starts_at and ends_at, with the purge of that day"
    assert latest["lists"] == "at until, with the purge of that day"
    assert {latest[name] for name in ("invited", "offers", "sitters", "sit_named", "sit_words")} == {
        "with its row in asks"
    }
    assert latest["pauses"] == "at until, with the purge of that day"
    assert latest["wishes"] == "13 months after the group last used anything"
    assert latest["bookmarks"] == "with the world"
