"""A line of the check for each thing about one bot on Discord, in plain words."""

from collections.abc import AsyncIterator, Mapping

from bot import settings
from bot.adapters.discord.looking import Looking, Seen, looking
from bot.domain.ids import GroupId, PlaceId
from bot.operator.report import Found, fine, missing, note
from bot.operator.sentences import of_world
from bot.ports.chat import ChatError
from bot.settings import DiscordWorld, Read
from bot.words.catalogue import Catalogue


async def discord_lines(world: DiscordWorld, read: Read, chosen: Mapping[GroupId, PlaceId]) -> AsyncIterator[Found]:
    """Give what is so of the bot and of each server. `chosen` are the channels that groups chose."""
    path = read.data / world.name
    try:
        async with looking(read.secret(world.token_file), world.name) as look:
            account = look.account
            yield fine(f"{world.name} token", f"it is good for {account.name}, application {account.id}")
            yield note(f"{world.name} invitation", f"whoever looks after a server adds the bot with {account.link}")
            async for each in _servers(world.name, look, chosen):
                yield each
    except ChatError as error:
        yield missing(world.name, of_world(world.name, path, error).removeprefix(f"{world.name}: "))


async def _servers(name: str, look: Looking, chosen: Mapping[GroupId, PlaceId]) -> AsyncIterator[Found]:
    groups = await look.groups()
    if not groups:
        yield note(f"{name} servers", "the bot is in none yet")
    for group in groups:
        seen = await look.server(group, chosen.get(group))
        if seen is not None:
            yield _server(name, seen)


def _server(name: str, seen: Seen) -> Found:
    about = f"{name} server {seen.name}"
    if seen.channel is None:
        return missing(
            about,
            "there is no channel in which the bot can make private rooms (View Channel, Create Private Threads, "
            "Send Messages in Threads): without one nobody can meet in a room of the bot's",
        )
    how = "the channel the group chose" if seen.chosen else "the first that works, for the group has chosen none"
    where = f"private rooms are made under #{seen.channel}, {how}"
    if not seen.lacks:
        return fine(about, where)
    words = Catalogue((settings.shipped() / "words",))
    told = [
        "".join(f"#{seen.channel}" if isinstance(span, PlaceId) else str(span) for span in words.spans(line, "en-GB"))
        for line in seen.lacks
    ]
    return missing(about, " ".join((f"{where}.", *told)).removesuffix("."))
