"""The moments at which the bot is killed on Matrix."""

from typing import Any

from tests.soak.steps import BEGINNING, WORKING, Step


def _making_a_room(_wire: object, _method: str, path: str, *_: object, **__: object) -> bool:
    return path == "/createRoom"


def _uploading(body: Any) -> str:  # noqa: ANN401  As it is sent.
    return "fallback" if "fallback_keys" in body else "one-time"


def _uploading_fallback(_wire: object, _method: str, path: str, body: object = None, **_: object) -> bool:
    return path == "/keys/upload" and _uploading(body) == "fallback"


def _uploading_one_time(_wire: object, _method: str, path: str, body: object = None, **_: object) -> bool:
    return path == "/keys/upload" and _uploading(body) == "one-time"


def _keeping_the_chats(_wire: object, method: str, path: str, *_: object, **__: object) -> bool:
    return method == "PUT" and path.endswith("m.direct")


_MATRIX = "bot.adapters.matrix"
_NIO = "nio:AsyncClient"

STEPS = (
    *BEGINNING,
    Step(name="start: after coming in", where=f"{_MATRIX}.world:come_in", after=True, needs="start"),
    Step(name="start: before the first news is dealt with", where=f"{_MATRIX}.syncing:Syncing._take", needs="start"),
    Step(
        name="start: after the first news was dealt with",
        where=f"{_MATRIX}.syncing:Syncing.first",
        after=True,
        needs="start",
    ),
    Step(name="sync: after the answer was fetched", where=f"{_MATRIX}.syncing:fetched", after=True),
    Step(name="sync: after it was fed", where=f"{_MATRIX}.syncing:Syncing._fed", after=True),
    Step(name="inbox: before lines and place are written", where=f"{_MATRIX}.intake:Intake._write"),
    Step(name="inbox: after lines and place were written", where=f"{_MATRIX}.intake:Intake._write", after=True),
    Step(name="inbox: before a line is put down as dealt with", where=f"{_MATRIX}.intake:Intake.dealt_with"),
    Step(name="inbox: while what was heard is read again", where=f"{_MATRIX}.syncing:event_in", after=True),
    Step(name="ratchets: before they are moved on", where=f"{_MATRIX}.forward:ForwardStore.write"),
    Step(name="ratchets: after they were moved on", where=f"{_MATRIX}.forward:ForwardStore.write", after=True),
    Step(name="decide: before an answer is decided", where="bot.switchboard:Switchboard.hear"),
    Step(name="decide: after an answer was decided", where="bot.switchboard:Switchboard.hear", after=True),
    Step(
        name="keep: after an answer was put out for later",
        where=f"{_MATRIX}.answers:Later.put",
        after=True,
        needs="newcomer without",
    ),
    Step(name="keys: before they are shared", where=f"{_MATRIX}.sharing:Sharing._give"),
    Step(name="keys: after they were shared", where=f"{_MATRIX}.sharing:Sharing._give", after=True),
    Step(name="send: before the server is asked", where=f"{_NIO}.room_send"),
    Step(name="send: after the server accepted", where=f"{_NIO}.room_send", after=True),
    Step(name="ping: before it is sent", where=f"{_MATRIX}.world:MatrixWorld.tell", needs="ping"),
    Step(name="ping: after it was sent", where=f"{_MATRIX}.world:MatrixWorld.tell", after=True, needs="ping"),
    Step(
        name="one-time keys: before they are uploaded",
        where=f"{_MATRIX}.wire:Wire.ask",
        only=_uploading_one_time,
        needs="keys",
    ),
    Step(
        name="one-time keys: after the server has them",
        where=f"{_MATRIX}.wire:Wire.ask",
        after=True,
        only=_uploading_one_time,
        needs="keys",
    ),
    Step(
        name="one-time keys: after they were uploaded", where=f"{_MATRIX}.keys:Keys._upload", after=True, needs="keys"
    ),
    Step(
        name="fallback key: before it is uploaded",
        where=f"{_MATRIX}.wire:Wire.ask",
        only=_uploading_fallback,
        needs="keys",
    ),
    Step(
        name="fallback key: after the server has it",
        where=f"{_MATRIX}.wire:Wire.ask",
        after=True,
        only=_uploading_fallback,
        needs="keys",
    ),
    Step(
        name="invitation: after coming in, before it is kept",
        where=f"{_NIO}.join",
        after=True,
        needs="newcomer with a chat",
    ),
    Step(
        name="direct chat: after the room was made",
        where=f"{_MATRIX}.wire:Wire.ask",
        after=True,
        only=_making_a_room,
        needs="newcomer without",
    ),
    Step(
        name="direct chat: after it was kept",
        where=f"{_MATRIX}.wire:Wire.ask",
        after=True,
        only=_keeping_the_chats,
        needs="newcomer without",
    ),
    *WORKING,
)
