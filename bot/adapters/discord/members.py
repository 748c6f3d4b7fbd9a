"""Members of servers, asked for one by one: no list of them is ever fetched, and none is told of by itself.

A name is held in memory for a while, since a button cannot mention anybody. Who is gone is learned from the answer.
"""

import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import TypeAlias

import discord
from whenever import Instant

from bot.adapters.discord.reaching import reaching
from bot.adapters.discord.servers import Servers
from bot.domain.firststep import Stay
from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Arg, Line, Say
from bot.ports.chat import ChatError

MOST_NAMES = 2000
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
NO_MEMBER, NO_USER = "discord-404-10007", "discord-404-10013"

# https://discord.com/developers/docs/reference#message-formatting
_ID = re.compile(r"<@!?([0-9]{1,20})>|([0-9]{1,20})")

# Is told of somebody who is not in a group any more.
Gone: TypeAlias = Callable[[GroupId, PersonId], Awaitable[None]]


class Members:
    """Asks for members. `gone` hears of each who turns out to have left."""

    def __init__(self, servers: Servers, gone: Gone) -> None:
        self._servers = servers
        self._gone = gone
        self._names: OrderedDict[tuple[GroupId, PersonId], str] = OrderedDict()
        self._stays: dict[tuple[GroupId, PersonId], Stay] = {}

    def called(self, person: PersonId, group: GroupId) -> str:
        """Return the person's name in the group; their id while it is not known."""
        return self._names.get((group, person), person.native)

    def meant(self, text: str, group: GroupId) -> PersonId | None:
        """Return the person of that mention or id. Not of a name: those that are known here are of who uses the bot."""
        found = _ID.fullmatch(text)
        return None if found is None else PersonId.of(group.world, found[1] or found[2])

    def met(self, user: discord.User | discord.Member, person: PersonId, group: GroupId) -> None:
        """Remember the name of somebody who just used something, and since when they are a member."""
        self._remember(person, group, user)

    async def stay(self, person: PersonId, group: GroupId) -> Stay:
        """Return whether somebody is a member, and since when, as Discord says it; a bot is none. Raises `ChatError`.

        What was learned in this life is not asked for again: whoever uses something or is looked up is seen anew. Who
        is gone is not told of here, as this is asked in the middle of something else.
        """
        known = self._stays.get((group, person))
        if known is not None:
            return known
        guild = await self._servers.guild(group)
        member = None if guild is None else await self._member(guild, person, group)
        return Stay(here=False) if member is None else _stay_of(member)

    async def learn(self, said: Say, group: GroupId) -> None:
        """Find out the names that the choices of a message need. What cannot be found out is left."""
        for person in {person for choice in said.choices for person in _people(choice.label)}:
            if (group, person) not in self._names:
                await self._asked(person, group)

    async def is_there(self, person: PersonId, group: GroupId) -> bool:
        """Return whether somebody is in the group; who is not is told of. Raises `ChatError`."""
        return await self.find(person, group) is not None

    async def find(self, person: PersonId, group: GroupId) -> discord.Member | None:
        """Return the member; None for somebody who is not in the group, and is told of. Raises `ChatError`."""
        guild = await self._servers.guild(group)
        if guild is None:
            return None
        member = await self._member(guild, person, group)
        if member is None:
            await self._gone(group, person)
        return member

    async def _member(self, guild: discord.Guild, person: PersonId, group: GroupId) -> discord.Member | None:
        try:
            with reaching():
                member = await guild.fetch_member(int(person.native))
        except ChatError as error:
            if error.kind not in {NO_MEMBER, NO_USER}:
                raise
            self._forget((group, person))
            return None
        self._remember(person, group, member)
        return member

    async def _asked(self, person: PersonId, group: GroupId) -> None:
        try:
            await self.find(person, group)
        except ChatError:
            return

    def _remember(self, person: PersonId, group: GroupId, user: discord.User | discord.Member) -> None:
        self._names[group, person] = user.display_name
        self._names.move_to_end((group, person))
        if isinstance(user, discord.Member):
            self._stays[group, person] = _stay_of(user)
        if len(self._names) > MOST_NAMES:
            self._forget(next(iter(self._names)))

    def _forget(self, who: tuple[GroupId, PersonId]) -> None:
        self._names.pop(who, None)
        self._stays.pop(who, None)


def _stay_of(member: discord.Member) -> Stay:
    """Return since when somebody is a member: whoever left and came back, since they came back."""
    since = None if member.joined_at is None else Instant(member.joined_at)
    return Stay(here=not member.bot, since=since, exact=since is not None)


def _people(arg: Arg) -> Iterator[PersonId]:
    match arg:
        case PersonId():
            yield arg
        case Line():
            yield from _all(arg.args.values())
        case tuple():
            yield from _all(arg)
        case _:
            return


def _all(args: Iterable[Arg]) -> Iterator[PersonId]:
    for arg in args:
        yield from _people(arg)
