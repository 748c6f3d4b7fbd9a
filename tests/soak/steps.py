"""The moments at which the bot is killed, each by a name: just before or just after one method of its own.

A method that was renamed fails the test of this table, so that no moment drops out of the soak unseen.
"""

import functools
import importlib
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Passed = Callable[[], None]


def _always(*_: object, **__: object) -> bool:
    return True


def _keeping(opened: Any, *, keep: bool) -> bool:  # noqa: ANN401  Whatever holds the open transaction.
    return keep and bool(opened.kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A moment: before or `after` the method at `where`, if `only` says that this call is meant.

    `needs` is what the run must see to, so that the moment comes: "start", "ping", or what its world knows, or "".
    """

    name: str
    where: str
    after: bool = False
    only: Callable[..., bool] = _always
    needs: str = ""


BEGINNING = (
    Step(name="start: before the tables are brought up to date", where="bot.house:migrate", needs="start"),
    Step(name="start: after the tables were brought up to date", where="bot.house:migrate", after=True, needs="start"),
)
WORKING = (
    Step(name="keep: before the commit", where="bot.store.database:Open.finish", only=_keeping),
    Step(name="keep: after the commit", where="bot.store.database:Open.finish", after=True, only=_keeping),
    Step(name="mark: before what was sent is marked", where="bot.store.outbox:OutboxShelf.done"),
    Step(name="mark: after what was sent is marked", where="bot.store.outbox:OutboxShelf.done", after=True),
    Step(name="round: after what waits was claimed", where="bot.store.outbox:OutboxShelf.claim", after=True),
    Step(name="ping: before its step", where="bot.cogs.rota.upkeep:Upkeep.wake", needs="ping"),
    Step(name="ping: after its step", where="bot.cogs.rota.upkeep:Upkeep.wake", after=True, needs="ping"),
)


def named(name: str, steps: Iterable[Step]) -> Step:
    """Return the step of that name. Raises `KeyError`."""
    return {step.name: step for step in steps}[name]


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
