"""The bare bot that ours is held against: nio as its own documentation shows it, saying back what it hears.

To "flood 300" it says so three hundred times.

`python -m tests.bench.echo HOMESERVER USER PASSWORD_FILE FOLDER`
"""

import asyncio
import sys
from pathlib import Path

from nio import AsyncClient, AsyncClientConfig, InviteMemberEvent, MatrixRoom, RoomMessageText


async def serve(homeserver: str, user: str, password: str, folder: str) -> None:
    config = AsyncClientConfig(encryption_enabled=True, pickle_key="echo")
    client = AsyncClient(homeserver, user, "ECHO", folder, config)
    await client.login(password)

    async def on_invite(room: MatrixRoom, event: InviteMemberEvent) -> None:
        if event.state_key == client.user_id and event.membership == "invite":
            await client.join(room.room_id)

    async def on_text(room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender == client.user_id:
            return
        times = int(event.body.removeprefix("flood ")) if event.body.startswith("flood ") else 1
        for _ in range(times):
            content = {"msgtype": "m.text", "body": event.body}
            await client.room_send(room.room_id, "m.room.message", content, ignore_unverified_devices=True)

    client.add_event_callback(on_invite, InviteMemberEvent)  # type: ignore[arg-type]  # nio says Coroutine and means the function.
    client.add_event_callback(on_text, RoomMessageText)  # type: ignore[arg-type]  # As above.
    print("serving", flush=True)
    await client.sync_forever(timeout=30_000, full_state=True)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2], Path(sys.argv[3]).read_text(), sys.argv[4]))
