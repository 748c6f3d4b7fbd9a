"""The whole house as a bot on a loopback Discord: what it keeps outlives it, so it can be stopped and started."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from whenever import Instant, TimeDelta

from bot.adapters.discord import DiscordWorld
from bot.clockwork.clock import MovableClock
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Message
from bot.domain.people import Ways
from bot.domain.saying import say
from bot.house import House
from bot.operator.serving import DISCORD_HAS
from bot.plan import Plan
from bot.ports.timing import Clock
from bot.store.database import Database
from bot.store.outbox import OutboxShelf
from tests import shipped
from tests.discord.loopback import Loopback
from tests.discord.permissions import Json
from tests.fakes.journal import FakeJournal
from tests.tables import with_tables

NAME = "discord"


def group(guild: Json) -> GroupId:
    return GroupId.of(NAME, guild["id"])


def place(channel: Json) -> PlaceId:
    return PlaceId.of(NAME, channel["id"])


def person(user: Json) -> PersonId:
    return PersonId.of(NAME, user["id"])


@dataclass(kw_only=True)
class Host:
    """Runs a house for one bot; `database` is a file of its own where it is left out."""

    loopback: Loopback
    folder: Path
    journal: FakeJournal = field(default_factory=FakeJournal)
    clock: MovableClock = field(default_factory=MovableClock)
    database: str | None = None
    token: str | None = None
    shard_count: int | None = None
    shard_ids: Sequence[int] | None = None
    serving: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[House]:
        """Start everything, serve, and stop it again."""
        house = await House.ready(self._plan())
        serving = None
        try:
            world = self._world(house)
            house.worlds[NAME] = world
            await world.start()
            serving = self.serving = asyncio.create_task(house.serve())
            yield house
        finally:
            if serving is not None:
                serving.cancel()
                await asyncio.wait([serving])
            await house.close()

    def waits(self, house: House) -> None:
        """Let the time go by after which the bot tries again."""
        self.clock.move(TimeDelta(minutes=1))
        house.works.ring()

    @contextlib.asynccontextmanager
    async def dying(self) -> AsyncIterator[House]:
        """Start everything and serve, until the process is killed: nothing that was begun is put away."""
        house = await House.ready(self._plan())
        world = self._world(house)
        house.worlds[NAME] = world
        await world.start()
        serving = asyncio.create_task(house.serve())
        try:
            yield house
        finally:
            serving.cancel()
            await asyncio.wait([serving])
            await world.stop()
            await house.database.close()

    @contextlib.asynccontextmanager
    async def not_started(self) -> AsyncIterator[DiscordWorld]:
        """Make everything, and start nothing."""
        house = await House.ready(self._plan())
        world = self._world(house)
        try:
            yield world
        finally:
            await world.stop()
            await house.database.close()

    def _plan(self) -> Plan:
        database = self.database or with_tables(self.folder / "alongside.db")
        return plan_on(database, clock=self.clock, journal=self.journal)

    def _world(self, house: House) -> DiscordWorld:
        token = self.token or self.loopback.token
        world = world_of(house, token=token, shard_count=self.shard_count, shard_ids=self.shard_ids)
        # Here all servers are told at once, so there is nothing to wait for.
        world.client._connection.guild_ready_timeout = 0.2  # noqa: SLF001
        return world


async def put_out_pings(database: str, whom: Iterable[tuple[Json, Json]]) -> None:
    """Leave a ping that is due in the outbox at that URL, for each server and person in it."""
    opened, now = Database.at(database), Instant.now()
    async with opened.transaction():
        for guild, user in whom:
            await OutboxShelf(opened).put(
                Message(
                    key=f"ping:{guild['id']}:{user['id']}",
                    group=group(guild),
                    to=person(user),
                    say=say("too-fast"),
                    not_before=now,
                    expires_at=now + TimeDelta(hours=1),
                )
            )
    await opened.close()


def plan_on(database: str, *, clock: Clock, journal: FakeJournal) -> Plan:
    """Return what a house with all that is shipped is made from, for Discord alone."""
    return Plan(
        database=database,
        words=shipped.words(),
        pack=shipped.pack(),
        ways={NAME: Ways()},
        readers={},
        traits={NAME: DISCORD_HAS},
        clock=clock,
        journal=journal,
    )


def world_of(
    house: House, *, token: str, shard_count: int | None = None, shard_ids: Sequence[int] | None = None
) -> DiscordWorld:
    """Return a house's Discord, wired as the command line does it."""
    return DiscordWorld(
        name=NAME,
        token=token,
        words=house.words,
        locales=house.words.locales,
        answering=house.switchboard,
        outbox=house.outbox,
        ledger=house.database,
        groups=house.groups,
        choosing=house.group_ways,
        turns=house.turns,
        clock=house.plan.clock,
        journal=house.plan.journal,
        locale_of=house.locale_of,
        shard_count=shard_count,
        shard_ids=shard_ids,
    )
