"""The bare bot that a sit is held against: nio as its own documentation shows it, with the same calls, keeping nothing.

Whoever says "ask" is told when somebody says "can"; at their "pick" both are told, a room is made for the two, the card
is said once both are in it, and the bot gives the room over and leaves.

`python -m tests.bench.bare_meeting HOMESERVER USER PASSWORD_FILE FOLDER`
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

from nio import AsyncClient, AsyncClientConfig, InviteMemberEvent, MatrixRoom, RoomMemberEvent, RoomMessageText

ENCRYPTED = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
CARD = "What was agreed\nQuiet company.\nFor 30 minutes."


class Bare:
    """One asker and one sitter at a time."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client
        self._directs: dict[str, str] = {}
        self._asker = self._sitter = ""
        self._meeting = ""
        self._here: set[str] = set()

    async def on_invite(self, room: MatrixRoom, event: InviteMemberEvent) -> None:
        if event.state_key == self._client.user_id and event.membership == "invite":
            await self._client.join(room.room_id)

    async def on_member(self, room: MatrixRoom, event: RoomMemberEvent) -> None:
        if room.room_id == self._meeting and event.membership == "join":
            self._here.add(event.state_key)
        if self._meeting and self._here >= {self._asker, self._sitter}:
            meeting, self._meeting = self._meeting, ""
            await self._say(meeting, CARD)
            await self._hand_over(meeting)

    async def on_text(self, room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender == self._client.user_id:
            return
        self._directs[event.sender] = room.room_id
        match event.body:
            case "ask":
                self._asker = event.sender
            case "can":
                self._sitter = event.sender
                await self._say(self._directs[self._asker], "offered")
            case "pick":
                await self._say(self._directs[self._sitter], "picked")
                await self._open()
        await self._say(room.room_id, f"heard {event.body}")

    async def _open(self) -> None:
        self._here = set()
        made: Any = await self._client.room_create(
            name="Private room", invite=[self._asker, self._sitter], initial_state=[ENCRYPTED]
        )
        self._meeting = made.room_id

    async def _hand_over(self, room_id: str) -> None:
        users = dict.fromkeys((str(self._client.user_id), self._asker, self._sitter), 100)
        await self._client.room_put_state(room_id, "m.room.power_levels", {"users": users})
        await self._client.room_leave(room_id)
        await self._client.room_forget(room_id)

    async def _say(self, room_id: str, text: str) -> None:
        content = {"msgtype": "m.text", "body": text}
        await self._client.room_send(room_id, "m.room.message", content, ignore_unverified_devices=True)


async def serve(homeserver: str, user: str, password: str, folder: str) -> None:
    config = AsyncClientConfig(encryption_enabled=True, pickle_key="bare")
    client = AsyncClient(homeserver, user, "BARE", folder, config)
    await client.login(password)
    bare = Bare(client)
    client.add_event_callback(bare.on_invite, InviteMemberEvent)  # type: ignore[arg-type]  # nio says Coroutine and means the function.
    client.add_event_callback(bare.on_member, RoomMemberEvent)  # type: ignore[arg-type]  # As above.
    client.add_event_callback(bare.on_text, RoomMessageText)  # type: ignore[arg-type]  # As above.
    print("serving", flush=True)
    await client.sync_forever(timeout=30_000, full_state=True)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2], Path(sys.argv[3]).read_text(), sys.argv[4]))
