"""Channels, direct messages and what is said in them, as the loopback Discord answers for them.

https://discord.com/developers/docs/resources/channel and https://discord.com/developers/docs/resources/message
"""

from collections.abc import Iterator

from aiohttp import web

from tests.discord import making, refusing
from tests.discord.about_threads import edited
from tests.discord.asked import body_of
from tests.discord.attaching import with_files
from tests.discord.happening import Happening
from tests.discord.making import DIRECT, FORUMS, THREADS
from tests.discord.permissions import Json, May
from tests.discord.refusing import answer, refuse
from tests.discord.routes import Route
from tests.discord.world import World

_LONGEST = 2000
_USUAL_PAGE = 50
# The documentation says "the past few minutes":
# https://discord.com/developers/docs/resources/message#create-message
NONCES_ARE_KEPT_SECONDS = 300


class Channels:
    """Answers for `/channels` and what is said there."""

    def __init__(self, world: World, happening: Happening) -> None:
        self._world = world
        self._happening = happening

    def routes(self) -> Iterator[Route]:
        """Return what is answered, by method and path."""
        yield "POST", "/users/@me/channels", self._opened
        yield "GET", "/channels/{channel_id}", self._fetched
        yield "PATCH", "/channels/{channel_id}", self._edited
        yield "DELETE", "/channels/{channel_id}", self._deleted
        yield "GET", "/channels/{channel_id}/messages", self._listed
        yield "POST", "/channels/{channel_id}/messages", self._said
        yield "GET", "/channels/{channel_id}/messages/{message_id}", self._message
        yield "PATCH", "/channels/{channel_id}/messages/{message_id}", self._message_edited
        yield "DELETE", "/channels/{channel_id}/messages/{message_id}", self._message_deleted

    async def _opened(self, request: web.Request) -> web.Response:
        user_id = str((await body_of(request))["recipient_id"])
        if user_id not in self._world.users or user_id == self._world.me["id"]:
            refuse(refusing.INVALID_RECIPIENT)
        return answer(self._world.direct(user_id))

    async def _fetched(self, request: web.Request) -> web.Response:
        return answer(self._world.shown(self._world.channel_named(request.match_info["channel_id"])))

    async def _edited(self, request: web.Request) -> web.Response:
        channel, body = self._world.channel_named(request.match_info["channel_id"]), await body_of(request)
        if channel["type"] in THREADS:
            edited(self._world, channel, body)
            await self._happening.told_of_thread("THREAD_UPDATE", channel)
        else:
            if channel["type"] == DIRECT:
                refuse(refusing.ON_A_DIRECT_CHANNEL)
            self._world.channel_named(channel["id"], May.MANAGE_CHANNELS)
            channel |= {name: value for name, value in body.items() if name in channel}
            await self._world.gateway.tell("CHANNEL_UPDATE", channel, channel["guild_id"])
        return answer(self._world.shown(channel))

    async def _deleted(self, request: web.Request) -> web.Response:
        channel = self._world.channel_named(request.match_info["channel_id"])
        if channel["type"] != DIRECT:
            needed = May.MANAGE_THREADS if channel["type"] in THREADS else May.MANAGE_CHANNELS
            self._world.channel_named(channel["id"], needed)
            await self._happening.channel_deleted(channel)
        return answer(channel)

    async def _listed(self, request: web.Request) -> web.Response:
        channel = self._world.channel_named(request.match_info["channel_id"])
        said = list(self._world.messages.get(channel["id"], []))
        if not self._world.may(channel) & May.READ_MESSAGE_HISTORY:
            said = []
        most = int(request.query.get("limit", _USUAL_PAGE))
        if "after" in request.query:
            later = [each for each in said if int(each["id"]) > int(request.query["after"])]
            return answer(later[:most][::-1])
        if "before" in request.query:
            said = [each for each in said if int(each["id"]) < int(request.query["before"])]
        return answer(said[-most:][::-1])

    async def _said(self, request: web.Request) -> web.Response:
        channel, body = self._world.channel_named(request.match_info["channel_id"]), await body_of(request)
        self._may_speak(channel, body)
        key = (channel["id"], str(body.get("nonce")))
        if body.get("enforce_nonce") and key in self._world.nonces:
            at, made = self._world.nonces[key]
            if at + NONCES_ARE_KEPT_SECONDS > self._world.clock.now():
                return answer(made)
        made = self._world.say(channel, self._world.me, await with_files(request, body, self._world))
        self._world.nonces[key] = (self._world.clock.now(), made)
        if channel["type"] in THREADS and channel["thread_metadata"]["archived"]:
            channel["thread_metadata"] |= {"archived": False, "archive_timestamp": self._world.clock.written()}
            await self._happening.told_of_thread("THREAD_UPDATE", channel)
        await self._tell("MESSAGE_CREATE", channel, made)
        return answer(made)

    def _may_speak(self, channel: Json, body: Json) -> None:
        """Refuse where the bot may not speak, and what cannot be said."""
        if channel["type"] in FORUMS:
            refuse(refusing.IN_A_FORUM)
        if channel["type"] in THREADS:
            self._may_speak_in_thread(channel)
        elif channel["type"] == DIRECT:
            self._may_speak_to(channel["recipients"][0]["id"])
        else:
            self._world.channel_named(channel["id"], May.SEND_MESSAGES)
        if not any(
            body.get(name) for name in ("content", "embeds", "components", "attachments", "poll", "sticker_ids")
        ):
            refuse(refusing.EMPTY)
        if len(body.get("content") or "") > _LONGEST:
            refuse(refusing.INVALID_FORM)

    def _may_speak_in_thread(self, thread: Json) -> None:
        """https://discord.com/developers/docs/topics/threads#locked-threads."""
        allowed = self._world.may(thread)
        if not allowed & May.SEND_MESSAGES_IN_THREADS:
            refuse(refusing.MISSING_PERMISSIONS)
        metadata = thread["thread_metadata"]
        if metadata["locked"] and metadata["archived"]:
            refuse(refusing.ARCHIVED)
        if metadata["locked"] and not allowed & May.MANAGE_THREADS:
            refuse(refusing.LOCKED)
        # Whoever speaks in a thread is in it.
        self._world.into(thread, self._world.me["id"])

    def _may_speak_to(self, user_id: str) -> None:
        if user_id in self._world.closed_to_me:
            refuse(refusing.CLOSED)
        if not self._world.shares_a_guild(user_id):
            refuse(refusing.NO_SHARED_GUILD)

    async def _message(self, request: web.Request) -> web.Response:
        channel = self._world.channel_named(request.match_info["channel_id"], May.READ_MESSAGE_HISTORY)
        return answer(self._world.message_named(channel, request.match_info["message_id"]))

    async def _message_edited(self, request: web.Request) -> web.Response:
        channel, body = self._world.channel_named(request.match_info["channel_id"]), await body_of(request)
        message = self._world.message_named(channel, request.match_info["message_id"])
        if message["author"]["id"] != self._world.me["id"]:
            refuse(refusing.ANOTHERS_MESSAGE)
        self._is_open(channel)
        making.edit(message, body)
        message["edited_timestamp"] = self._world.clock.written()
        await self._tell("MESSAGE_UPDATE", channel, message)
        return answer(message)

    async def _message_deleted(self, request: web.Request) -> web.Response:
        channel = self._world.channel_named(request.match_info["channel_id"])
        message = self._world.message_named(channel, request.match_info["message_id"])
        if message["author"]["id"] != self._world.me["id"]:
            if channel["type"] == DIRECT:
                refuse(refusing.ON_A_DIRECT_CHANNEL)
            self._world.channel_named(channel["id"], May.MANAGE_MESSAGES)
        self._world.messages[channel["id"]].remove(message)
        await self._tell("MESSAGE_DELETE", channel, {"id": message["id"], "channel_id": channel["id"]})
        return answer(None, 204)

    def _is_open(self, channel: Json) -> None:
        """Refuse to edit in an archived thread, and in a locked one without the permission for it."""
        if channel["type"] not in THREADS:
            return
        if channel["thread_metadata"]["archived"]:
            refuse(refusing.ARCHIVED)
        if channel["thread_metadata"]["locked"] and not self._world.may(channel) & May.MANAGE_THREADS:
            refuse(refusing.LOCKED)

    async def _tell(self, name: str, channel: Json, message: Json) -> None:
        guild_id = channel.get("guild_id")
        more = {"guild_id": guild_id} if guild_id else {}
        await self._world.gateway.tell(name, message | more, guild_id)
