"""The moments at which the bot is killed, each by a name: just before or just after one method of its own.

A method that was renamed fails the test of this table, so that no moment drops out of the soak unseen.
"""

import functools
import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Passed = Callable[[], None]


def _always(*_: object, **__: object) -> bool:
    return True


def _keeping(opened: Any, *, keep: bool) -> bool:  # noqa: ANN401  Whatever holds the open transaction.
    return keep and bool(opened.kept)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A moment: before or `after` the method at `where`, if `only` says that this call is meant.

    `needs` is what the run must see to, so that the moment comes: "start", "ping", "keys", "newcomer …", or "".
    """

    name: str
    where: str
    after: bool = False
    only: Callable[..., bool] = _always
    needs: str = ""


_MATRIX = "bot.adapters.matrix"
_NIO = "nio:AsyncClient"

STEPS = (
    Step(name="start: before the tables are brought up to date", where="bot.house:migrate", needs="start"),
    Step(name="start: after the tables were brought up to date", where="bot.house:migrate", after=True, needs="start"),
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
    Step(name="keep: before the commit", where="bot.store.database:Open.finish", only=_keeping),
    Step(name="keep: after the commit", where="bot.store.database:Open.finish", after=True, only=_keeping),
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
    Step(name="mark: before what was sent is marked", where="bot.store.outbox:OutboxShelf.done"),
    Step(name="mark: after what was sent is marked", where="bot.store.outbox:OutboxShelf.done", after=True),
    Step(name="round: after what waits was claimed", where="bot.store.outbox:OutboxShelf.claim", after=True),
    Step(name="ping: before its step", where="bot.cogs.rota.upkeep:Upkeep.wake", needs="ping"),
    Step(name="ping: after its step", where="bot.cogs.rota.upkeep:Upkeep.wake", after=True, needs="ping"),
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
)


def named(name: str) -> Step:
    """Return the step of that name. Raises `KeyError`."""
    return {step.name: step for step in STEPS}[name]


def found(step: Step) -> tuple[Any, str, Callable[..., Any]]:
    """Return what holds the method, its name there, and the method. Raises `AttributeError` when it is not there."""
    module, _, path = step.where.partition(":")
    *owners, name = path.split(".")
    owner = functools.reduce(getattr, owners, importlib.import_module(module))
    # Where it stands, and not where it was inherited from.
    method = vars(owner)[name] if name in vars(owner) else getattr(owner, name)
    return owner, name, method


def watch(step: Step, passed: Passed) -> None:
    """Call `passed` whenever the moment comes."""
    owner, name, method = found(step)
    setattr(owner, name, _watched(step, method, passed))


def _watched(step: Step, method: Callable[..., Any], passed: Passed) -> Callable[..., Any]:
    @functools.wraps(method)
    def plain(*args: object, **named: object) -> object:
        if not step.after and step.only(*args, **named):
            passed()
        answer = method(*args, **named)
        if step.after and step.only(*args, **named):
            passed()
        return answer

    @functools.wraps(method)
    async def waiting(*args: object, **named: object) -> object:
        if not step.after and step.only(*args, **named):
            passed()
        answer = await method(*args, **named)
        if step.after and step.only(*args, **named):
            passed()
        return answer

    return waiting if inspect.iscoroutinefunction(method) else plain
