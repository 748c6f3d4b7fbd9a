"""`group`: how a group has things. Any member may change them, and the room is told of every change."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from whenever import TimeDelta

from bot.cogs.group import telling
from bot.domain.commands import Asked, Command, Option
from bot.domain.group import GroupWays, Languages
from bot.domain.outgoing import Message
from bot.domain.people import Nation
from bot.domain.reading import NATIONS, OneOf, Zone
from bot.domain.saying import Line, Refused, Say, line, say
from bot.ports.feature import Answer, Step
from bot.ports.groups import GroupShelf
from bot.ports.keeping import Outbox
from bot.ports.people import UsualWays

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
)


class Group:
    """Shows and changes a group's ways. `usual` gives those of a group that has set none."""

    def __init__(self, *, shelf: GroupShelf, outbox: Outbox, usual: UsualWays, languages: Languages) -> None:
        self._shelf = shelf
        self._outbox = outbox
        self._usual = usual
        self._languages = languages

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The commands; a language is only asked for where there is more than one."""
        answers: dict[Command, Answer] = {GROUP: self.show, ZONE: self.zone, NATION: self.nation}
        if len(self._languages.known) > 1:
            answers[language(self._languages.known)] = self.language
        return answers | {DEVICES: self.devices}

    @property
    def steps(self) -> Mapping[str, Step]:
        """Nothing wakes it."""
        return {}

    async def show(self, asked: Asked) -> Say:
        """Show how the group has things."""
        own = await self._shelf.own(asked.group)
        return telling.shown(own, self._usual(asked.group), self._languages.shown(asked.group, own.locale))

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

    async def devices(self, asked: Asked) -> Say:
        """Set which devices are given keys."""
        verified = asked.need("devices", str) == VERIFIED
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
