"""Whatever reads or writes rows does so for one group, or is named here with the reason why it need not."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any

import bot.store
from bot.domain.hello.hello import Hello
from bot.domain.ids import GroupId
from bot.domain.outgoing import Due, Message, Sending
from bot.domain.rota.rota import Rota
from bot.domain.rota.sheet import Sheet
from bot.domain.sit.again import Willing
from bot.domain.sit.ask import Ask
from bot.domain.sit.looking import Look
from bot.domain.together.hour import Hour
from bot.ports.lists import Answered
from bot.ports.queues import Claimed
from bot.store.database import Database

# Values that hold the group they are of.
OF_A_GROUP = (GroupId, Ask, Hello, Hour, Look, Rota, Sheet, Due, Message, Sending, Claimed, Answered, Willing)

_FOUND = "its key holds the id of an ask or a rota, and whoever has that found it through the group"
_PUMP = "the pump and the clockwork go round for all groups; nothing of it is shown to anybody but whom it was put for"
_PURGE = "lets go of what is past its end, in all groups, and shows nothing"
_WORLD = "a world looks after its own groups, and shows none of it to people"
_PLACE = "a place is one group's; the world it is in says that it is gone, or became another"
_MESSAGE = "the list is given to nobody but the person who was told it; the switchboard looks who that is, and where"
_THEIRS = "what is kept of one person, in every group, is that person's own to see and to let go of"
_MARKS = "marks of a world, and not of people or groups"

NEED_NOT: Mapping[str, str] = {
    "OutboxShelf.put_new": "each of them says itself which group it belongs to, as what is put alone does",
    "OutboxShelf.withdraw": _FOUND,
    "OutboxShelf.holds": "the key of an event, which no person can choose; it says only that it was heard",
    "OutboxShelf.claim": _PUMP,
    "OutboxShelf.begun": "what is on its way to one person, to be sent to that person",
    "OutboxShelf.done": _PUMP,
    "OutboxShelf.stands": _PUMP,
    "OutboxShelf.next_at": _PUMP,
    "OutboxShelf.release": _PUMP,
    "DiaryShelf.strike": _FOUND,
    "DiaryShelf.kept": "its key holds the id of the group that somebody asks in",
    "DiaryShelf.take": _PUMP,
    "DiaryShelf.next_at": _PUMP,
    "RotaStore.groups": _WORLD,
    "InboxShelf.keep": _WORLD,
    "InboxShelf.waiting": _WORLD,
    "InboxShelf.done": _WORLD,
    "BookmarkShelf.read": _MARKS,
    "BookmarkShelf.keep": _MARKS,
    "TurnsShelf.turn": _MARKS,
    "ListsShelf.keep": _MESSAGE,
    "ListsShelf.last": _MESSAGE,
    "ListsShelf.under": _MESSAGE,
    "ListsShelf.by": _MESSAGE,
    "ListsShelf.forget": _MESSAGE,
    "ListsShelf.purge": _PURGE,
    "GroupStore.channels": _WORLD,
    "GroupStore.invite": _PLACE,
    "GroupStore.invited": _WORLD,
    "GroupStore.take": _PLACE,
    "BelongingsStore.known": _WORLD,
    "BelongingsStore.forget_place": _PLACE,
    "BelongingsStore.rename": _PLACE,
    "BelongingsStore.homes": _WORLD,
    "BelongingsStore.house": _WORLD,
    "BelongingsStore.worlds": "a restore asks which worlds a backup is of",
    "TraceStore.groups": _THEIRS,
    "TraceStore.erase": _THEIRS,
    "SayingsStore.unname": _THEIRS,
    "TombstoneStore.all": "digests, which tell of no group and of nobody",
    "TombstoneStore.purge": _PURGE,
    "UsesShelf.unused": _PURGE,
    "FeedStore.whose": "whoever has the token was given it; it says whose feed it is, and of which group",
    "WipingStore.daily": _PURGE,
    "WipingStore.wipe": _PURGE,
}


def _shelves() -> Iterator[type]:
    """Give every class of the store that is made from a database."""
    for module in pkgutil.walk_packages(bot.store.__path__, "bot.store."):
        if ".migrations" in module.name:
            continue
        for made in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(made) and made.__module__ == module.name and _is_shelf(made):
                yield made


def _is_shelf(made: type) -> bool:
    return Database in getattr(vars(made).get("__init__"), "__annotations__", {}).values()


def _methods() -> Mapping[str, Any]:
    return {
        f"{shelf.__name__}.{name}": method
        for shelf in _shelves()
        for name, method in vars(shelf).items()
        if not name.startswith("_") and inspect.isfunction(method)
    }


def _takes_a_group(method: Any) -> bool:  # noqa: ANN401  Any method.
    kinds = [each.annotation for each in inspect.signature(method).parameters.values()]
    return any(kind in OF_A_GROUP for kind in kinds)


def test_every_method_of_every_shelf_is_of_one_group_or_is_named_with_a_reason() -> None:
    methods = _methods()
    needing = {name for name, method in methods.items() if not _takes_a_group(method)}

    assert needing - NEED_NOT.keys() == set()
    assert NEED_NOT.keys() - needing == set()
    assert len(methods) > 50


def test_no_other_class_of_the_store_has_a_database_of_its_own() -> None:
    """What gets at rows some other way would not be looked at above."""
    assert {shelf.__module__.removeprefix("bot.store.") for shelf in _shelves()} == {
        *("apart", "asking", "belongings", "drafts", "feeds", "groups", "hello", "house", "inbox", "lists", "naming"),
        *("openings", "outbox"),
        *("proposals", "purging", "rota", "sit", "sit_again", "together", "tombstones", "traces"),
        *("uses", "welcomes", "wiping"),
    }
