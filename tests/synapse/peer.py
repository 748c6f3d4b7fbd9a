"""A person on Matrix, with an encrypted client of their own that shares no code with the bot's."""

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Self

from nio import (
    AsyncClient,
    AsyncClientConfig,
    Event,
    InviteMemberEvent,
    JoinError,
    LoginError,
    MatrixRoom,
    MemoryDownloadResponse,
    RedactionEvent,
    RoomCreateError,
    RoomEncryptedFile,
    RoomMessageFile,
    RoomMessageText,
    RoomPreset,
    RoomRedactError,
    RoomSendError,
    SyncError,
    TypingNoticeEvent,
    UploadResponse,
)
from nio.crypto.attachments import decrypt_attachment, encrypt_attachment

from tests.synapse.homeserver import Homeserver, Person

PATIENCE_SECONDS = 20.0
_FILTER = {"room": {"timeline": {"limit": 100}}}
_ENCRYPTION = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message someone else sent. `encrypted` says that it came so and could be read."""

    room_id: str
    sender: str
    event_id: str
    body: str
    html: str
    encrypted: bool
    content: dict[str, Any]

    @property
    def mentions(self) -> Sequence[str]:
        return tuple(self.content.get("m.mentions", {}).get("user_ids", ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file someone else sent, where it is to be found and how to open it."""

    room_id: str
    event_id: str
    encrypted: bool
    content: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.content["filename"])

    @property
    def url(self) -> str:
        return str(self.content.get("file", self.content)["url"])


class Peer:
    """One person on one device. Invitations are accepted unless `accepts` is made false.

    `gone` are the events that anybody took away, each as often as it was; `heard` has them still.
    """

    def __init__(self, client: AsyncClient, person: Person) -> None:
        self.client = client
        self.person = person
        self.accepts = True
        self.invites: list[str] = []
        self.heard: list[Heard] = []
        self.files: list[Enclosure] = []
        self.gone: list[str] = []
        self.signs: list[tuple[str, frozenset[str]]] = []
        self._taken: set[str] = set()
        self._is_first = True
        client.add_event_callback(self._on_text, RoomMessageText)  # type: ignore[arg-type]  # nio says Coroutine and means the function.
        client.add_event_callback(self._on_redaction, RedactionEvent)  # type: ignore[arg-type]  # As above.
        client.add_event_callback(self._on_file, (RoomMessageFile, RoomEncryptedFile))  # type: ignore[arg-type]  # As above.
        client.add_ephemeral_callback(self._on_sign, TypingNoticeEvent)  # type: ignore[arg-type]  # As above.
        client.add_event_callback(self._on_invite, InviteMemberEvent)  # type: ignore[arg-type]  # As above.

    @classmethod
    async def come(cls, homeserver: Homeserver, person: Person, store: Path, device_id: str | None = None) -> Self:
        """Log in on a new device, keys and all."""
        await asyncio.to_thread(store.mkdir, parents=True, exist_ok=True)
        config = AsyncClientConfig(encryption_enabled=True, pickle_key="peer", request_timeout=PATIENCE_SECONDS)
        device = device_id or secrets.token_hex(5).upper()
        client = AsyncClient(homeserver.url, person.user_id, device, str(store), config)
        answer = await client.login(person.password)
        if isinstance(answer, LoginError):
            raise TypeError(answer)
        peer = cls(client, person)
        await peer.sync()
        return peer

    @property
    def user_id(self) -> str:
        return str(self.client.user_id)

    @property
    def rooms(self) -> dict[str, MatrixRoom]:
        """The rooms this person has joined."""
        return dict(self.client.rooms)

    async def sync(self, wait_seconds: float = 0) -> None:
        """Take in what is new, and do what encryption needs."""
        answer = await self.client.sync(int(wait_seconds * 1000), _FILTER, full_state=self._is_first)
        if isinstance(answer, SyncError):
            raise TypeError(answer)
        self._is_first = False
        for room_id in answer.rooms.leave:
            self.client.rooms.pop(room_id, None)
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        if self.client.should_query_keys:
            await self.client.keys_query()
        await self._accept()

    async def make_group(self, *others: str, encrypted: bool = True, name: str = "The group") -> str:
        """Make a group's room and invite the others into it."""
        return await self._make(others, encrypted=encrypted, name=name, is_direct=False)

    async def make_direct(self, other: str, *, encrypted: bool = True) -> str:
        """Start a direct chat with someone."""
        return await self._make((other,), encrypted=encrypted, name=None, is_direct=True)

    async def say(self, room_id: str, text: str, **more: object) -> str:
        """Write in a room, encrypted where the room is; return the event's id."""
        content = {"msgtype": "m.text", "body": text, **more}
        answer = await self.client.room_send(room_id, "m.room.message", content, ignore_unverified_devices=True)
        if isinstance(answer, RoomSendError):
            raise TypeError(answer)
        return str(answer.event_id)

    async def send_file(self, room_id: str, name: str, content: bytes, *, encrypted: bool, **more: Any) -> str:  # noqa: ANN401  Any of its content.
        """Send a file as an app does, sealed where the room is; return the event's id."""
        body, keys = encrypt_attachment(content) if encrypted else (content, {})
        uploaded, _ = await self.client.upload(BytesIO(body), "text/csv", name, filesize=len(body))
        assert isinstance(uploaded, UploadResponse), uploaded
        there = {"file": {**keys, "url": uploaded.content_uri}} if encrypted else {"url": uploaded.content_uri}
        info = {"mimetype": "text/csv", "size": len(content)}
        content_ = {"msgtype": "m.file", "body": name, "filename": name, "info": info, **there, **more}
        answer = await self.client.room_send(room_id, "m.room.message", content_, ignore_unverified_devices=True)
        if isinstance(answer, RoomSendError):
            raise TypeError(answer)
        return str(answer.event_id)

    async def opened(self, file: "Enclosure") -> bytes:
        """Fetch a file from the server and return what is in it, as an app does."""
        found, sealed = await self.fetched(file), file.content.get("file")
        if sealed is None:
            return found
        return bytes(decrypt_attachment(found, sealed["key"]["k"], sealed["hashes"]["sha256"], sealed["iv"]))

    async def fetched(self, file: "Enclosure") -> bytes:
        """Fetch a file from the server as it lies there."""
        found = await self.client.download(file.url)
        assert isinstance(found, MemoryDownloadResponse), found
        return bytes(found.body)

    async def react(self, room_id: str, event_id: str, key: str) -> str:
        """React to a message; return the reaction's event id."""
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": key}
        content = {"m.relates_to": relation}
        answer = await self.client.room_send(room_id, "m.reaction", content, ignore_unverified_devices=True)
        if isinstance(answer, RoomSendError):
            raise TypeError(answer)
        return str(answer.event_id)

    async def take_back(self, room_id: str, event_id: str) -> None:
        """Take a reaction or a message back."""
        answer = await self.client.room_redact(room_id, event_id)
        if isinstance(answer, RoomRedactError):
            raise TypeError(answer)

    async def wait_until(self, is_so: Callable[[], bool], patience_seconds: float = PATIENCE_SECONDS) -> None:
        """Sync until it is so. Raises `TimeoutError`."""
        last = time.monotonic() + patience_seconds
        while not is_so():
            left = last - time.monotonic()
            if left <= 0:
                raise TimeoutError([message.body for message in self.heard])
            await self.sync(min(left, 1.0))

    async def wait_for(
        self, fits: Callable[[Heard], bool], patience_seconds: float = PATIENCE_SECONDS, *, room_id: str | None = None
    ) -> Heard:
        """Return the next message that fits, in any room unless one is named; each is returned once."""

        def found() -> Heard | None:
            wanted = (heard for heard in self.heard if heard.event_id not in self._taken)
            return next((heard for heard in wanted if room_id in {None, heard.room_id} and fits(heard)), None)

        await self.wait_until(lambda: found() is not None, patience_seconds)
        heard = found()
        assert heard is not None
        self._taken.add(heard.event_id)
        return heard

    async def wait_for_people(self, room_id: str, *people: str) -> None:
        """Sync until these people have come into the room."""

        def all_there() -> bool:
            users = self.client.rooms[room_id].users if room_id in self.client.rooms else {}
            return all(person in users and not users[person].invited for person in people)

        await self.wait_until(all_there)

    async def leave(self, room_id: str) -> None:
        """Leave a room."""
        await self.client.room_leave(room_id)

    async def go(self) -> None:
        """Close the app; the device stays logged in."""
        await self.client.close()
        if self.client.store is not None:
            self.client.store.database.close()

    async def _make(self, others: Sequence[str], *, encrypted: bool, name: str | None, is_direct: bool) -> str:
        answer = await self.client.room_create(
            name=name,
            invite=list(others),
            is_direct=is_direct,
            preset=RoomPreset.trusted_private_chat if is_direct else RoomPreset.private_chat,
            initial_state=[_ENCRYPTION] if encrypted else [],
        )
        if isinstance(answer, RoomCreateError):
            raise TypeError(answer)
        room_id = str(answer.room_id)
        await self.wait_until(lambda: room_id in self.client.rooms)
        return room_id

    async def _accept(self) -> None:
        while self.accepts and self.invites:
            answer = await self.client.join(self.invites.pop(0))
            if isinstance(answer, JoinError):
                raise TypeError(answer)

    async def _on_invite(self, room: MatrixRoom, event: InviteMemberEvent) -> None:
        if event.state_key == self.user_id and event.membership == "invite":
            self.invites.append(room.room_id)

    async def _on_sign(self, room: MatrixRoom, event: TypingNoticeEvent) -> None:
        self.signs.append((room.room_id, frozenset(event.users)))

    async def _on_text(self, room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender != self.user_id:
            self.heard.append(_heard(room, event))

    async def _on_redaction(self, _room: MatrixRoom, event: RedactionEvent) -> None:
        self.gone.append(event.redacts or str(event.source["content"]["redacts"]))

    async def _on_file(self, room: MatrixRoom, event: RoomMessageFile | RoomEncryptedFile) -> None:
        if event.sender != self.user_id:
            content = dict(event.source["content"])
            encrypted = _was_encrypted(event)
            self.files.append(
                Enclosure(room_id=room.room_id, event_id=event.event_id, encrypted=encrypted, content=content)
            )


def _heard(room: MatrixRoom, event: RoomMessageText) -> Heard:
    content = dict(event.source["content"])
    return Heard(
        room_id=room.room_id,
        sender=event.sender,
        event_id=event.event_id,
        body=event.body,
        html=event.formatted_body or "",
        encrypted=_was_encrypted(event),
        content=content,
    )


def _was_encrypted(event: Event) -> bool:
    return bool(event.decrypted)


async def together(*peers: Peer, until: Callable[[], bool], patience_seconds: float = PATIENCE_SECONDS) -> None:
    """Let several people sync at once until it is so."""
    await asyncio.gather(*(peer.wait_until(until, patience_seconds) for peer in peers))
