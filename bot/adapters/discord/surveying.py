"""What Discord's permissions mean for people: who else can read a room, and what the bot cannot do in a channel.

Whoever has Manage Threads, or is an administrator, reads every private thread under the channels they see.
https://discord.com/developers/docs/topics/threads#permissions
"""

from collections.abc import Iterator, Mapping, Sequence

import discord

from bot.adapters.discord.servers import Server
from bot.domain.ids import PersonId, PlaceId
from bot.domain.saying import Line, Look, line

# What it takes to make a private room, and what does not work without it.
FOR_ROOMS: Mapping[str, str] = {
    "view_channel": "discord-lacks-view",
    "create_private_threads": "discord-lacks-create",
    "send_messages_in_threads": "discord-lacks-speak-in-threads",
}
FOR_NEWS: Mapping[str, str] = {"send_messages": "discord-lacks-speak"}
# With it the bot sees every private thread there, and only with it may it delete its own.
FOR_CLEARING: Mapping[str, str] = {"manage_threads": "discord-lacks-delete"}
_FOR_ITS_END: Mapping[str, str] = {"manage_threads": "discord-readers-stays"}
# So many of those who can read a room are named in a short sentence.
MOST_NAMED = 5


def can_hold_rooms(server: Server, channel: discord.TextChannel) -> bool:
    """Return whether the bot can make private rooms under a channel."""
    return not _lacking(server, channel, FOR_ROOMS)


def lacking(server: Server, channel: discord.TextChannel, world: str) -> tuple[Line, ...]:
    """Return what the bot may not do in a channel, and what does not work without it."""
    place = PlaceId.of(world, str(channel.id))
    wanted = {**FOR_ROOMS, **FOR_NEWS, **FOR_CLEARING}
    return tuple(Line(id=id_, args={"channel": place}, look=Look.ITEM) for id_ in _lacking(server, channel, wanted))


def readers(server: Server, channel: discord.TextChannel, world: str) -> tuple[Line, ...]:
    """Return who can read a private thread under a channel without being in it."""
    roles = [role.name for role in _reading_roles(server, channel)]
    named = _named(server, channel, world)
    stays = [line(id_, Look.ITEM) for id_ in _lacking(server, channel, _FOR_ITS_END)]
    return (
        line("discord-readers", Look.HEADING),
        *((line("discord-readers-roles", Look.ITEM, roles=tuple(roles)),) if roles else ()),
        *((line("discord-readers-people", Look.ITEM, people=named),) if named else ()),
        line("discord-readers-company", Look.ITEM),
        line("discord-readers-bot", Look.ITEM),
        *stays,
    )


def meeting_readers(server: Server, channel: discord.TextChannel, world: str) -> tuple[Line, ...]:
    """Return the same in a sentence or two, for who reads it before an ask is sent; a long list only in part."""
    roles = tuple(role.name for role in _reading_roles(server, channel))
    who = (*_named(server, channel, world), *roles)
    stays = map(line, _lacking(server, channel, _FOR_ITS_END))
    if not who:
        return (line("discord-meeting-general"), *stays)
    told = "discord-meeting-readers" if len(who) <= MOST_NAMED else "discord-meeting-readers-more"
    return (line(told, who=who[:MOST_NAMED]), *stays)


def _named(server: Server, channel: discord.TextChannel, world: str) -> tuple[PersonId, ...]:
    people = (server.guild.owner_id, *_reading_people(server, channel))
    return tuple(PersonId.of(world, str(id_)) for id_ in dict.fromkeys(people) if id_ is not None)


def _lacking(server: Server, channel: discord.TextChannel, wanted: Mapping[str, str]) -> Sequence[str]:
    allowed = channel.permissions_for(server.me)
    return [id_ for permission, id_ in wanted.items() if not getattr(allowed, permission)]


def _reading_roles(server: Server, channel: discord.TextChannel) -> Iterator[discord.Role]:
    """Give the roles that make a member see every private thread, the bot's own left out."""
    for role in reversed(server.guild.roles):
        ours = role.tags is not None and role.tags.bot_id == server.me.id
        if not ours and _reads(channel.permissions_for(role)):
            yield role


def _reading_people(server: Server, channel: discord.TextChannel) -> Iterator[int]:
    """Give the members who were allowed it in this channel by themselves."""
    for who, overwrite in channel.overwrites.items():
        if not isinstance(who, discord.Role) and getattr(who, "type", None) is not discord.Role:
            allowed, _ = overwrite.pair()
            if _reads(allowed) and who.id != server.me.id:
                yield who.id


def _reads(permissions: discord.Permissions) -> bool:
    return permissions.administrator or permissions.manage_threads
