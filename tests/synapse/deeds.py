"""What people do in tests of the Matrix world, good and bad."""

import contextlib
import json
import secrets
import shutil
import sqlite3
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from nio import AsyncClient, RoomCreateResponse, RoomPutStateResponse

from bot.adapters.matrix import MatrixWorld
from bot.domain.saying import say
from bot.ports.chat import ChatError
from tests.synapse.bot import Bot, group_id, person_id
from tests.synapse.homeserver import SERVER_NAME
from tests.synapse.peer import Heard, Peer


def said(text: str) -> Callable[[Heard], bool]:
    """Return whether a message is the echo of this text."""
    return lambda heard: heard.body == f"You said: {text}"


async def in_a_group(bot: Bot, *peers: Peer, encrypted: bool = True) -> str:
    """Make a group's room with the bot in it; the first of the people makes it."""
    first, *others = peers
    everyone = (bot.person.user_id, *(peer.user_id for peer in others))
    room_id = await first.make_group(*everyone, encrypted=encrypted)
    for peer in others:
        await peer.wait_until(lambda peer=peer: room_id in peer.rooms)  # type: ignore[misc]  # Bound at once.
    await first.wait_for_people(room_id, *everyone)
    return room_id


async def in_a_chat(bot: Bot, peer: Peer, *, encrypted: bool = True) -> str:
    """Start a direct chat with the bot, which has come into it."""
    chat = await peer.make_direct(bot.person.user_id, encrypted=encrypted)
    await peer.wait_for_people(chat, bot.person.user_id)
    return chat


def in_thread(root: str) -> dict[str, Any]:
    """Return what makes a message a part of a thread."""
    relation = {"rel_type": "m.thread", "event_id": root, "is_falling_back": True, "m.in_reply_to": {"event_id": root}}
    return {"m.relates_to": relation}


def answers(peer: Peer) -> list[str]:
    texts = (heard.body for heard in peer.heard if heard.body.startswith("You said: "))
    return [text.removeprefix("You said: ") for text in texts]


async def send_to_device(peer: Peer, user_id: str, content: dict[str, Any]) -> None:
    """Send it to every device of someone."""
    await to_devices(peer, {"messages": {user_id: {"*": content}}})


async def to_devices(peer: Peer, messages: dict[str, Any]) -> None:
    path = f"/_matrix/client/v3/sendToDevice/m.room.encrypted/{secrets.token_hex(8)}"
    headers = {"Authorization": f"Bearer {peer.client.access_token}"}
    response = await peer.client.send("PUT", path, json.dumps(messages), headers)
    assert response.status == 200


async def send_raw(peer: Peer, room_id: str, kind: str, content: dict[str, Any]) -> None:
    """Send it as it is, past the encryption."""
    path = f"/_matrix/client/v3/rooms/{quote(room_id)}/send/{kind}/{secrets.token_hex(8)}"
    headers = {"Authorization": f"Bearer {peer.client.access_token}"}
    response = await peer.client.send("PUT", path, json.dumps(content), headers)
    assert response.status == 200


def bad_messages(key: str) -> list[dict[str, Any]]:
    """Return contents of `m.room.encrypted` to a device that end nio's own sync."""
    olm = {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": key}
    return [
        {**olm, "ciphertext": {key: {"type": 0, "body": "not base64 at all"}}},
        {**olm, "ciphertext": {key: {"type": 1, "body": "AAAA"}}},
        {**olm, "ciphertext": {key: {"type": "x", "body": ""}}},
        {**olm, "ciphertext": {key: None}},
    ]


def bad_events() -> list[tuple[str, dict[str, Any]]]:
    megolm = {"algorithm": "m.megolm.v1.aes-sha2", "device_id": "X"}
    return [
        ("m.room.encrypted", {**megolm, "sender_key": "", "session_id": "", "ciphertext": ""}),
        ("m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2"}),
        ("m.room.message", {"msgtype": "m.text", "body": "!x", "m.relates_to": 3}),
        ("m.reaction", {"m.relates_to": 3}),
    ]


def new_key(peer: Peer, room_id: str) -> Callable[[str], list[dict[str, Any]]]:
    """Begin a new key for a room; return a function that seals it, from its beginning, for someone's devices."""
    olm = peer.client.olm
    assert olm is not None
    olm.create_outbound_group_session(room_id)
    session = olm.outbound_group_sessions[room_id]
    content = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "room_id": room_id,
        "session_id": session.id,
        "session_key": session.session_key,
    }
    session.shared = True

    def sealed_for(user_id: str) -> list[dict[str, Any]]:
        found = []
        for device in peer.client.device_store[user_id].values():
            sealed = olm._olm_encrypt(olm.session_store.get(device.curve25519), device, "m.room_key", content)  # noqa: SLF001  nio shares a key once.
            found.append({"messages": {user_id: {device.id: sealed}}})
        return found

    return sealed_for


async def fault_telling(world: MatrixWorld, peer: Peer, text: str) -> tuple[str, bool] | None:
    """Tell someone; return the fault's kind and whether it is permanent."""
    try:
        message = say("test-echo", text=text)
        await world.tell(person_id(peer.user_id), message, f"{peer.user_id} {text}", group_id("!group"))
    except ChatError as error:
        return error.kind, error.permanent
    return None


async def until_telling_fails(world: MatrixWorld, peer: Peer) -> tuple[str, bool] | None:
    """Tell someone until it fails: the bot may not have heard of their leaving yet."""
    for number in range(20):
        if (fault := await fault_telling(world, peer, f"try {number}")) is not None:
            return fault
        await peer.sync(0.2)
    return None


async def addresses(peer: Peer, room_id: str) -> list[str]:
    headers = {"Authorization": f"Bearer {peer.client.access_token}"}
    response = await peer.client.send("GET", f"/_matrix/client/v3/rooms/{quote(room_id)}/aliases", None, headers)
    return list((await response.json())["aliases"])


def use_up_keys(bot: Bot, peer: Peer) -> None:
    """Claim all one-time keys of the bot's device, so that the next one to come gets its fallback key."""
    device = next(iter(peer.client.device_store[bot.person.user_id].values()))
    used_up = {"one_time_keys": {bot.person.user_id: {device.device_id: "signed_curve25519"}}}
    for _ in range(60):
        bot.homeserver.ask("POST", "/_matrix/client/v3/keys/claim", used_up, peer.client.access_token)


def client_of(world: MatrixWorld) -> AsyncClient:
    """Return nio's client inside the world, to see when something is under way."""
    return world._client  # noqa: SLF001  Nothing else tells the moment.


def keys_kept(bot: Bot, room_id: str) -> int:
    with contextlib.closing(sqlite3.connect(bot.folder / "bot" / "keys.db")) as database:
        found = database.execute("SELECT count(*) FROM megolminboundsessions WHERE room_id = ?", (room_id,))
        return int(found.fetchone()[0])


def as_if_ended(bot: Bot) -> Bot:
    """Return the bot as it would be if its process had ended just now."""
    folder = bot.folder / "copy"
    shutil.copytree(bot.folder / "bot", folder / "bot")
    copy = Bot(homeserver=bot.homeserver, person=bot.person, folder=folder)
    copy.bookmarks.marks.update(bot.bookmarks.marks)
    copy.inbox.rows.update(bot.inbox.rows)
    copy.outbox.waiting.update(bot.outbox.waiting)
    return copy


async def put_state(peer: Peer, room_id: str, kind: str, content: dict[str, Any], key: str = "") -> None:
    answer = await peer.client.room_put_state(room_id, kind, content, key)
    assert isinstance(answer, RoomPutStateResponse), answer


async def upgrade(peer: Peer, room_id: str, version: str = "12") -> str:
    """Upgrade a room; return what takes its place."""
    body = json.dumps({"new_version": version})
    return str((await _asked(peer, "POST", f"rooms/{quote(room_id)}/upgrade", body))["replacement_room"])


async def room_state(peer: Peer, room_id: str, kind: str, key: str = "") -> dict[str, Any]:
    return await _asked(peer, "GET", f"rooms/{quote(room_id)}/state/{kind}/{quote(key)}")


async def make_space(peer: Peer, *people: str) -> str:
    """Make a space and invite these people into it."""
    answer = await peer.client.room_create(name="The space", invite=list(people), space=True)
    assert isinstance(answer, RoomCreateResponse), answer
    await peer.wait_until(lambda: answer.room_id in peer.rooms)
    return str(answer.room_id)


async def list_in(peer: Peer, space: str, room_id: str, *, listed: bool = True) -> None:
    """Put a room on a space's list, or take it off."""
    await put_state(peer, space, "m.space.child", {"via": [SERVER_NAME]} if listed else {}, room_id)


async def _asked(peer: Peer, method: str, path: str, body: str | None = None) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {peer.client.access_token}"}
    response = await peer.client.send(method, f"/_matrix/client/v3/{path}", body, headers)
    answer = await response.json()
    assert response.status == 200, answer
    return dict(answer)
