"""Open to sitting again: both hear of it once both have said so. Before that nobody does, and nothing tells of it."""

from bot.cogs.sit import afterwards
from bot.cogs.sit.after_commands import SILENTLY
from bot.cogs.sit.ground import Ground
from bot.cogs.sit.looking import Looking
from bot.domain.commands import Asked
from bot.domain.ids import GroupId, PersonId
from bot.domain.reading import OFF
from bot.domain.saying import Refused, Say, say
from bot.domain.sit.again import STANDS, Willing, is_of
from bot.ports.sit_again import AgainShelf


class Again:
    """Keeps who would be open to sitting again, for a week at most."""

    def __init__(self, *, ground: Ground, shelf: AgainShelf, looking: Looking) -> None:
        self._ground = ground
        self._shelf = shelf
        self._looking = looking

    async def again(self, asked: Asked) -> Say:
        """Keep somebody's word, or take it back; by a name, invite that person to sit again some time."""
        code, off = asked.get("pair", str), asked.get("answer", str) == OFF
        if code is None:
            if "whom" not in asked.options:
                raise Refused("sit-again-how")
            return await (self._looking.end(asked, SILENTLY) if off else self._looking.invite(asked, None))
        if not off:
            return await self._open(asked, code)
        if not await self._shelf.drop(asked.group, code, asked.person):
            raise Refused("sit-again-gone")
        return say("sit-again-taken-back")

    async def _open(self, asked: Asked, code: str) -> Say:
        other = await self._other(asked, code)
        if other is None:
            until = asked.at + STANDS
            mine = Willing(group=asked.group, code=code, person=asked.person, until=until)
            await self._shelf.keep(mine)
            return afterwards.noted(code)
        for person in (asked.person, other):
            await self._shelf.drop(asked.group, code, person)
        await self._looking.tell_open(asked.group, other, asked.person, f"{code}:{asked.key}", asked.at)
        return afterwards.both_open(other)

    async def _other(self, asked: Asked, code: str) -> PersonId | None:
        """Return who said the same of those two whose code it is, and may be brought together with this person."""
        apart = await self._ground.apart.all(asked.group)
        for said in await self._shelf.said(asked.group, code):
            theirs = said.person != asked.person and is_of(code, asked.person, said.person)
            if theirs and said.until > asked.at and not apart.are(asked.person, said.person):
                return said.person
        return None

    async def without(self, group: GroupId, person: PersonId) -> None:
        """Let go of all that somebody said who left the group."""
        for said in await self._shelf.of(group, person):
            await self._shelf.drop(group, said.code, person)

    async def separate(self, group: GroupId, person: PersonId, other: PersonId) -> None:
        """Let go of what the person said of the other. What the other said stands, and is shown to nobody."""
        for said in await self._shelf.of(group, person):
            if is_of(said.code, person, other):
                await self._shelf.drop(group, said.code, person)
