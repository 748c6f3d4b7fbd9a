"""What people do with the bot: slash commands, buttons, menus and forms, wherever they are.

What Discord would not have let them do raises `NotOffered`.
"""

from typing import Any

from tests.discord.choosing import Given, NotOffered, chosen, component, filled_in, given, leaf
from tests.discord.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMIT, Answered, Interactions
from tests.discord.making import DIRECT, FORUMS, THREADS
from tests.discord.permissions import IN_A_DIRECT_MESSAGE, Json, May, in_guild
from tests.discord.world import World

# https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-context-types
IN_A_GUILD, WITH_THE_BOT, ELSEWHERE = 0, 1, 2
# https://discord.com/developers/docs/resources/application#application-object-application-integration-types
FOR_A_GUILD, FOR_A_PERSON = 0, 1
_GROUP_DIRECT = 3
_LARGEST_FILE = 10 * 1024 * 1024


class People:
    """Everybody who is not the bot. Where somebody does something is a server, a channel or a thread; None is a DM."""

    def __init__(self, world: World, interactions: Interactions) -> None:
        self._world = world
        self._interactions = interactions

    async def slash(self, where: Json | None, user: Json, path: str, /, **options: Any) -> Answered:  # noqa: ANN401  Any.
        """Use a slash command; return what it will be answered with. People, roles and channels are given as such."""
        return await self._command(COMMAND, where, user, path, given=given(options))

    async def autocomplete(
        self,
        where: Json | None,
        user: Json,
        path: str,
        focused: str,
        **options: Any,  # noqa: ANN401  As above.
    ) -> Answered:
        """Type into an option; return what will be suggested."""
        return await self._command(AUTOCOMPLETE, where, user, path, given=given(options, focused))

    async def press(self, message: Json, user: Json, label: str) -> Answered:
        """Press a button under a message, by what stands on it or its `custom_id`."""
        button = component(message, label)
        return await self._under(message, user, {"custom_id": button["custom_id"], "component_type": button["type"]})

    async def select(self, message: Json, user: Json, *values: Any, menu: str | None = None) -> Answered:  # noqa: ANN401  As above.
        """Choose from a menu under a message, by labels or values; people, roles and channels as such."""
        found = component(message, menu, menus=True)
        data = {"custom_id": found["custom_id"], "component_type": found["type"], **chosen(found, values)}
        return await self._under(message, user, data)

    async def submit(self, shown: Answered, **fields: Any) -> Answered:  # noqa: ANN401  As above.
        """Fill in the form that an interaction was answered with, by `custom_id`, and send it."""
        if shown.modal is None:
            raise NotOffered("no form was shown")
        data = {"custom_id": shown.modal["custom_id"], **filled_in(shown.modal, fields)}
        return await self._use(SUBMIT, shown.channel, shown.user, data, source=shown.source)

    async def elsewhere(self, user: Json, path: str, **options: Any) -> Answered:  # noqa: ANN401  As above.
        """Use a slash command in a group chat, where only those can who have the bot for themselves."""
        channel = {
            "id": self._world.id(),
            "type": _GROUP_DIRECT,
            "recipients": [],
            "name": None,
            "owner_id": user["id"],
        }
        return await self._command(COMMAND, channel, user, path, given=given(options))

    async def _command(self, kind: int, where: Json | None, user: Json, path: str, *, given: Given) -> Answered:
        channel = self._channel(where, user)
        words = path.split()
        command = next((each for each in self._world.commands if each["name"] == words[0]), None)
        if command is None:
            raise NotOffered(f"there is no /{words[0]}")
        self._may_use(command, channel, user)
        data: Json = {"id": command["id"], "name": words[0], "type": command["type"]}
        if channel.get("guild_id"):
            data["guild_id"] = channel["guild_id"]
        options, resolved = given.read(leaf(command, words[1:]))
        for word, level in zip(reversed(words[1:]), (1, 2), strict=False):
            options = [{"type": level, "name": word, "options": options}]
        data["options"] = options
        return await self._use(kind, channel, user, data | self._resolved(channel, resolved), command=command)

    async def _under(self, message: Json, user: Json, data: Json) -> Answered:
        channel = self._world.channels.get(message["channel_id"])
        if channel is None:
            raise NotOffered("the channel is gone")
        source = self._seen(channel, message["id"], user)
        data |= self._resolved(channel, data.pop("chosen", []))
        return await self._use(COMPONENT, channel, user, data, source=source)

    def _seen(self, channel: Json, message_id: str, user: Json) -> Json:
        """Return a message as it is now, if somebody sees it."""
        if message_id in self._interactions.only_for:
            eyes, message = self._interactions.only_for[message_id]
            if eyes != user["id"]:
                raise NotOffered("only somebody else sees it")
            return message
        found = [each for each in self._world.messages.get(channel["id"], []) if each["id"] == message_id]
        if not found:
            raise NotOffered("the message is gone")
        return found[0]

    async def _use(
        self,
        kind: int,
        channel: Json,
        user: Json,
        data: Json,
        *,
        source: Json | None = None,
        command: Json | None = None,
    ) -> Answered:
        owners = self._owners(channel, user, command)
        where = self._who(channel, user)
        event: Json = {
            "application_id": self._world.me["id"],
            "type": kind,
            "data": data,
            "channel_id": channel["id"],
            "channel": channel | {"permissions": str(int(self._allowed(channel, user)))},
            "version": 1,
            "app_permissions": str(int(self._app_allowed(channel))),
            "locale": self._world.locales.get(user["id"], "en-GB"),
            "entitlements": [],
            "authorizing_integration_owners": owners,
            "context": _context(channel),
            "attachment_size_limit": _LARGEST_FILE,
            **where,
            **({} if source is None else {"message": source}),
        }
        answered = self._interactions.began(kind, channel, user, source)
        event |= {"id": answered.interaction_id, "token": answered.token}
        await self._world.gateway.tell("INTERACTION_CREATE", event, channel.get("guild_id"))
        return answered

    def _channel(self, where: Json | None, user: Json) -> Json:
        if where is None:
            return self._world.direct(user["id"])
        channel: Json = where["channels"][0] if "channels" in where else where
        if channel["type"] in FORUMS:
            raise NotOffered("nothing can be typed into a forum but in a post of it")
        if channel["type"] != _GROUP_DIRECT and channel["id"] not in self._world.channels:
            raise NotOffered("the channel is gone")
        return channel

    def _who(self, channel: Json, user: Json) -> Json:
        guild_id = channel.get("guild_id")
        if guild_id is None:
            if channel["type"] == DIRECT and channel["recipients"][0]["id"] != user["id"]:
                raise NotOffered("somebody else's direct messages")
            return {"user": user}
        guild = self._world.guilds[guild_id]
        member = self._member(guild, user)
        if not self._world.may(channel, user["id"]) & May.VIEW_CHANNEL:
            raise NotOffered("the channel is not to be seen")
        allowed = str(int(self._world.may(channel, user["id"])))
        partial = {"id": guild_id, "locale": guild["preferred_locale"], "features": guild["features"]}
        member |= {"permissions": allowed}
        return {"guild_id": guild_id, "guild": partial, "guild_locale": guild["preferred_locale"], "member": member}

    def _member(self, guild: Json, user: Json) -> Json:
        """Return somebody of a server; whoever was never there comes in for it."""
        if (guild["id"], user["id"]) in self._world.gone:
            raise NotOffered("they left the server")
        return dict(self._world.join(guild, user))

    def _may_use(self, command: Json, channel: Json, user: Json) -> None:
        context = _context(channel)
        if context not in (command.get("contexts") or (IN_A_GUILD, WITH_THE_BOT, ELSEWHERE)):
            raise NotOffered(f"/{command['name']} is not for there")
        if context != IN_A_GUILD:
            return
        guild = self._world.guilds[channel["guild_id"]]
        member = self._member(guild, user)
        needed = command.get("default_member_permissions")
        allowed = in_guild(guild, member)
        if needed is not None and May(int(needed)) & ~allowed | (May.ADMINISTRATOR & ~allowed if needed == "0" else 0):
            raise NotOffered(f"/{command['name']} is not for them")
        if not self._world.may(channel, user["id"]) & May.USE_APPLICATION_COMMANDS:
            raise NotOffered("no commands for them there")
        if channel["type"] in THREADS and channel["thread_metadata"]["archived"]:
            raise NotOffered("the thread is archived")

    def _owners(self, channel: Json, user: Json, command: Json | None) -> Json:
        """https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object."""
        kinds = (FOR_A_GUILD, FOR_A_PERSON) if command is None else command.get("integration_types") or (FOR_A_GUILD,)
        owners: Json = {}
        guild_id = channel.get("guild_id")
        if FOR_A_GUILD in kinds and channel["type"] == DIRECT:
            owners["0"] = "0"
        elif FOR_A_GUILD in kinds and guild_id and self._world.me["id"] in self._world.members[guild_id]:
            owners["0"] = guild_id
        if FOR_A_PERSON in kinds and user["id"] in self._world.installed_for:
            owners["1"] = user["id"]
        if not owners:
            raise NotOffered("the bot is not there, and they do not have it for themselves")
        return owners

    def _allowed(self, channel: Json, user: Json) -> May:
        return IN_A_DIRECT_MESSAGE if channel["type"] == _GROUP_DIRECT else self._world.may(channel, user["id"])

    def _app_allowed(self, channel: Json) -> May:
        if channel["type"] == _GROUP_DIRECT:
            return IN_A_DIRECT_MESSAGE & ~May.USE_EXTERNAL_EMOJIS
        return IN_A_DIRECT_MESSAGE if channel["type"] == DIRECT else self._world.may(channel)

    def _resolved(self, channel: Json, things: list[tuple[str, Json]]) -> Json:
        """https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure."""
        resolved: dict[str, Json] = {}
        there = self._world.members.get(channel.get("guild_id") or "", {})
        for kind, thing in things:
            shown = thing
            if kind == "channels":
                shown = thing | {"permissions": str(int(self._world.may(thing)))}
            elif kind == "users" and thing["id"] in there:
                hidden = ("user", "deaf", "mute")
                member = {name: value for name, value in there[thing["id"]].items() if name not in hidden}
                resolved.setdefault("members", {})[thing["id"]] = member | {"permissions": "0"}
            resolved.setdefault(kind, {})[thing["id"]] = shown
        return {"resolved": resolved} if resolved else {}


def _context(channel: Json) -> int:
    if channel.get("guild_id"):
        return IN_A_GUILD
    return WITH_THE_BOT if channel["type"] == DIRECT else ELSEWHERE
