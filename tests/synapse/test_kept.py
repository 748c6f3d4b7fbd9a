"""The data map tells of every file in a Matrix world's folder, and of every column of the key file; and of no more."""

import contextlib
import sqlite3

from bot.adapters.matrix.folder import KEYS_FILE
from bot.adapters.matrix.kept import parts
from tests.synapse.conftest import NewPeer
from tests.synapse.house import Host
from tests.synapse.test_forgetting import with_rota

# Kept only while it is being made.
FOR_A_MOMENT = {"signing.next"}
# SQLite's own: how far its counting came.
OF_SQLITE = {"sqlite_sequence"}


async def test_every_file_and_every_column_of_a_folder_that_was_used_is_in_the_map(
    host: Host, new_peer: NewPeer
) -> None:
    async with host.running():
        await with_rota(host, await new_peer("ann"))
    folder = host.folder / "bot"
    there = {each.name for each in folder.iterdir()}
    with contextlib.closing(sqlite3.connect(folder / KEYS_FILE)) as keys:
        names = [name for (name,) in keys.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {
            f"{KEYS_FILE}: {name}": {row[1] for row in keys.execute(f"PRAGMA table_info({name})")}
            for name in names
            if name not in OF_SQLITE
        }
    told = {part.name: {field.name for field in part.fields} for part in parts()}
    tables = {name: fields for name, fields in told.items() if name.startswith(f"{KEYS_FILE}: ")}

    assert tables == columns
    assert told.keys() - tables.keys() - FOR_A_MOMENT | {KEYS_FILE} == there
