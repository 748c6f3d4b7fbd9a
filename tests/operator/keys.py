"""A world's folder as a bot leaves it, made without a server."""

from pathlib import Path

from bot.adapters.matrix.folder import Folder, Session
from bot.adapters.matrix.session import Account, new_client

ACCOUNT = Account(homeserver="https://matrix.example.org", user_id="@alongside:example.org")
SESSION = Session(user_id=ACCOUNT.user_id, device_id="ABCDEFGHIJ", access_token="s3cret")


async def used_folder(path: Path, secret: str | None = None) -> Path:
    """Make a folder with a device's keys in it."""
    folder = Folder.taken(path, secret)
    folder.keep(SESSION)
    client = new_client(ACCOUNT, path, folder.secret)
    client.restore_login(SESSION.user_id, SESSION.device_id, SESSION.access_token)
    assert client.store is not None
    client.store.database.close()
    await client.close()
    folder.free()
    return path


def contents(path: Path) -> dict[str, bytes]:
    """Return every file with what is in it, to see that nothing was changed."""
    return {file.name: file.read_bytes() for file in sorted(path.iterdir())}
