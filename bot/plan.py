"""What a house is made from."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from bot.domain.commands import Trait
from bot.domain.ids import GroupId
from bot.domain.people import Ways
from bot.domain.saying import Line
from bot.domain.signpost.cards import Pack
from bot.ports.calendar import NewToken
from bot.ports.journal import Journal
from bot.ports.solving import Solver
from bot.ports.timing import Clock
from bot.solving.solver import HighsSolver
from bot.store.tombstones import Ground
from bot.words.catalogue import Catalogue

# 192 bits: docs.python.org/3/library/secrets.html asks for 128 at least, and calendars keep an address for years.
_TOKEN_BYTES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a house is made from. `ways`, `locales`, `readers`, `platforms` and `traits` are by the world's name.

    `ground` is what tombstones are laid with; None where no backup can be made. `key` opens an encrypted database.
    `feeds_at` is where calendars fetch feeds from, such as https://rota.example.org; None where there are none.
    """

    database: str
    words: Catalogue
    pack: Pack
    ways: Mapping[str, Ways]
    locales: Mapping[str, str] = field(default_factory=dict)
    readers: Mapping[str, tuple[Line, ...]]
    platforms: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    traits: Mapping[str, frozenset[Trait]] = field(default_factory=dict)
    clock: Clock
    journal: Journal
    ground: Ground | None = None
    key: str | None = field(default=None, repr=False)
    feeds_at: str | None = None
    new_token: NewToken = field(default=partial(secrets.token_urlsafe, _TOKEN_BYTES), repr=False)
    solver: Solver = field(default_factory=HighsSolver, repr=False)

    def ways_of(self, group: GroupId) -> Ways:
        """Return how people of a group want things, as whoever runs the bot set it for its world."""
        return self.ways.get(group.world, Ways())

    def traits_of(self, world: str) -> frozenset[Trait]:
        """Return what a world has that not all have."""
        return self.traits.get(world, frozenset())
