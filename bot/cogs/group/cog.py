"""`group`: how a group has things. Any member may change them, and the room is told of every change."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from whenever import TimeDelta

from bot.cogs.group import telling
from bot.cogs.group.company import Company
from bot.cogs.group.telling import Telling
from bot.domain.commands import Asked, Command, Option, Trait
from bot.domain.group import GroupWays
from bot.domain.ids import PlaceId
from bot.domain.outgoing import Message
from bot.domain.people import Nation
from bot.domain.reading import NATIONS, OneOf, Place, Zone
from bot.domain.saying import Line, Refused, Say, line, say
from bot.ports.feature import Answer, Step
from bot.ports.groups import GroupShelf
from bot.ports.keeping import Outbox

# Returns what the bot may not do in a place, and what does not work without it. Raises `ChatError`.
Lacking: TypeAlias = Callable[[PlaceId], Awaitable[tuple[Line, ...]]]

NEWS_LASTS = TimeDelta(hours=24)
VERIFIED, ANY = "verified", "any"

GROUP = Command(name="group")
ZONE = Command(name="group zone", options=(Option(name="zone", kind=Zone(), required=True),))
NATION = Command(name="group nation", options=(Option(name="nation", kind=NATIONS, required=True),))
DEVICES = Command(
    name="group devices",
    options=(
        Option(
            name="devices",
            kind=OneOf(choices=(VERIFIED, ANY), also=(("verified only", VERIFIED), ("all", ANY), ("any device", ANY))),
            required=True,
        ),
    ),
    needs=Trait.DEVICES,
)
CHANNEL = Command(
    name="group channel",
    options=(Option(name="channel", kind=Place(), required=True),),
    needs=Trait.CHANNELS,
)


class Group:
    """Shows and changes a group's ways."""

    def __init__(self, *, shelf: GroupShelf, outbox: Outbox, telling: Telling, lacking: Lacking) -> None:
        self._shelf = shelf
        self._outbox = outbox
        self._telling = telling
        self._lacking = lacking
        self._company = Company(shelf=shelf, changed=self._changed)

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The commands; a language is only asked for where there is more than one."""
        answers: dict[Command, Answer] = {GROUP: self.show, ZONE: self.zone, NATION: self.nation}
        answers |= self._company.answers
        known = self._telling.languages.known
        if len(known) > 1:
            answers[language(known)] = self.language
        return answers | {CHANNEL: self.channel, DEVICES: self.devices}

    @property
    def steps(self) -> Mapping[str, Step]:
        """Nothing wakes it."""
        return {}

    async def show(self, asked: Asked) -> Say:
        """Show how the group has things."""
        return self._telling.shown(asked.group, await self._shelf.own(asked.group))

    async def zone(self, asked: Asked) -> Say:
        """Set the group's time zone."""
        zone = asked.need("zone", str)
        own = await self._shelf.own(asked.group)
        return await self._changed(asked, own, replace(own, zone=zone), line("group-zone-changed", zone=zone))

    async def nation(self, asked: Asked) -> Say:
        """Set the nation the group lives in."""
        nation = Nation(asked.need("nation", str))
        own = await self._shelf.own(asked.group)
        news = line("group-nation-changed", nation=telling.nation_name(nation))
        return await self._changed(asked, own, replace(own, nation=nation), news)

    async def language(self, asked: Asked) -> Say:
        """Set the group's language."""
        locale = asked.need("locale", str)
        own = await self._shelf.own(asked.group)
        return await self._changed(asked, own, replace(own, locale=locale), line("group-language-changed", to=locale))

    async def channel(self, asked: Asked) -> Say:
        """Set the channel that private rooms are made under, and say what the bot may not do there."""
        channel = asked.need("channel", PlaceId)
        own = await self._shelf.own(asked.group)
        news = line("group-channel-changed", channel=channel)
        said = await self._changed(asked, own, replace(own, channel=channel), news)
        return said.then(*await self._lacking(channel))

    async def devices(self, asked: Asked) -> Say:
        """Set which devices are given keys. Whoever wants verified ones has one, and so can take it back."""
        verified = asked.need("devices", str) == VERIFIED
        if verified and not asked.vouched:
            raise Refused("group-devices-unvouched")
        own = await self._shelf.own(asked.group)
        news = line("group-devices-now-verified") if verified else line("group-devices-now-any")
        return await self._changed(asked, own, replace(own, verified_only=verified), news)

    async def _changed(self, asked: Asked, before: GroupWays, after: GroupWays, news: Line) -> Say:
        """Keep it and tell the group's rooms; nothing that stands already is announced again."""
        if before == after:
            raise Refused("group-already")
        await self._shelf.keep(asked.group, after)
        for place in (asked.place, *sorted(asked.others)):
            message = Message(
                key=f"{asked.key}:news:{place}",
                group=asked.group,
                to=place,
                say=Say(lines=(news,)),
                not_before=asked.at,
                expires_at=asked.at + NEWS_LASTS,
            )
            await self._outbox.put(message)
        return say("group-kept").then(news)


def language(locales: Sequence[str]) -> Command:
    """Return the command that sets one of these languages."""
    return Command(
        name="group language", options=(Option(name="locale", kind=OneOf(choices=tuple(locales)), required=True),)
    )
