"""The whole house as a bot on the simulated Discord, in one process and without a socket.

Its clock stands still until time goes by. Nothing serves it: whoever acts lets it go round until it has settled.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import discord
import simcord
from whenever import TimeDelta

from bot.adapters.discord import DiscordWorld
from bot.adapters.discord.comings import Comings
from bot.house import House
from bot.operator.serving import DISCORD_HAS
from tests.discord.house import NAME, plan_on, world_of
from tests.discord.simulated import recorded_faults
from tests.fakes.journal import FakeJournal
from tests.fakes.timing import FakeClock
from tests.tables import with_tables

# What the bot asks for when it is added, and what the simulation wants besides before a thread may be deleted.
FOR_THE_BOT = discord.PermissionOverwrite(manage_threads=True, manage_channels=True)

_Whom: TypeAlias = (
    "simcord.RoleHandle | simcord.MemberActor | simcord.UserHandle"
    " | discord.Role | discord.Member | discord.User | discord.ClientUser"
)


class Simulation:
    """One bot, that can be started anew on what the one before it kept; as a version of it that `has` less, too."""

    house: House
    world: DiscordWorld
    env: simcord.Env

    def __init__(self, database: str) -> None:
        self.clock = FakeClock()
        self.journal = FakeJournal()
        self.has = DISCORD_HAS
        self._database = database

    def text_channel(
        self,
        guild: simcord.GuildHandle,
        name: str,
        allowed: Mapping[_Whom, discord.PermissionOverwrite] | None = None,
    ) -> simcord.ChannelHandle:
        """Make a channel in which the bot may do all that it asks for, and some people what is `allowed` to them."""
        me = self.env.bot.user
        assert me is not None
        return guild.create_text_channel(name, overwrites={me: FOR_THE_BOT, **(allowed or {})})

    async def settled(self) -> None:
        """Go round, and let everything that is under way come to its end."""
        with self.env.time_context():
            await self.house.works.round()
            if await self.house.works.laboured():
                await self.house.works.round()
        await self.env.settle()

    async def goes_by(self, time: TimeDelta) -> None:
        """Let time go by, for the bot and for Discord."""
        self.clock.move(time)
        await self.env.advance_time(time.total("seconds"))
        await self.settled()

    async def restart(self) -> None:
        """Stop the bot, and start another that knows only what was kept."""
        before = self.house
        await self.build()
        await self.env.restart_bot(self.world.client)
        await before.close()

    async def build(self) -> None:
        """Make the house and its world; what was there before is left as it is."""
        plan = plan_on(self._database, clock=self.clock, journal=self.journal)
        self.house = await House.ready(replace(plan, traits={NAME: self.has}))
        self.world = self.house.worlds[NAME] = world_of(self.house, token="")

    @property
    def comings(self) -> Comings:
        """Return what looks round, now and then, for those who left."""
        found = self.world.client.happening
        assert isinstance(found, Comings)
        return found


@asynccontextmanager
async def simulation(folder: Path) -> AsyncIterator[Simulation]:
    """Start a bot on a file of its own; by the end, neither the house nor Discord's description found any fault."""
    made = Simulation(with_tables(folder / "alongside.db"))
    await made.build()
    made.env = simcord.Env(made.world.client, shard_count=1, approved_intents=discord.Intents.none())
    await made.env.start()
    try:
        yield made
    finally:
        await made.env.shutdown()
        await made.house.close()
    made.env.raise_errors()
    assert recorded_faults(made.env) == []
    # A fault is noted with what it was, after a space.
    assert [kind for kind in made.journal.kinds if " " in kind] == []
