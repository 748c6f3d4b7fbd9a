"""Threads and who is in them, as the loopback Discord answers for them.

https://discord.com/developers/docs/topics/threads
"""

from collections.abc import Iterator

from aiohttp import web

from tests.discord import refusing
from tests.discord.asked import body_of
from tests.discord.happening import Happening
from tests.discord.making import (
    ANNOUNCEMENT_THREAD,
    ANNOUNCEMENTS,
    FORUMS,
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    TEXT,
    THREADS,
)
from tests.discord.permissions import Json, May
from tests.discord.refusing import answer, refuse
from tests.discord.routes import Route
from tests.discord.sessions import MEMBERS
from tests.discord.world import World

_NEEDED = {PRIVATE_THREAD: May.CREATE_PRIVATE_THREADS}
_FITS = {
    TEXT: (PUBLIC_THREAD, PRIVATE_THREAD),
    ANNOUNCEMENTS: (ANNOUNCEMENT_THREAD,),
    **dict.fromkeys(FORUMS, (PUBLIC_THREAD,)),
}
_METADATA = ("archived", "locked", "invitable", "auto_archive_duration")
_WHO_MADE_IT_MAY = ("name", "archived", "auto_archive_duration", "invitable")
_USUAL_PAGE = 100


class Threads:
    """Answers for what is asked about threads."""

    def __init__(self, world: World, happening: Happening) -> None:
        self._world = world
        self._happening = happening

    def routes(self) -> Iterator[Route]:
        """Return what is answered, by method and path."""
        members = "/channels/{channel_id}/thread-members"
        yield "POST", "/channels/{channel_id}/threads", self._opened
        yield "GET", "/guilds/{guild_id}/threads/active", self._active
        yield "GET", "/channels/{channel_id}/users/@me/threads/archived/private", self._archived
        yield "GET", members, self._members
        yield "PUT", f"{members}/@me", self._joined
        yield "DELETE", f"{members}/@me", self._left
        yield "GET", f"{members}/{{user_id}}", self._member
        yield "PUT", f"{members}/{{user_id}}", self._added
        yield "DELETE", f"{members}/{{user_id}}", self._removed

    async def _opened(self, request: web.Request) -> web.Response:
        parent, body = self._world.channel_named(request.match_info["channel_id"]), await body_of(request)
        # https://discord.com/developers/docs/resources/channel#start-thread-without-message
        usual = PUBLIC_THREAD if parent["type"] in FORUMS else PRIVATE_THREAD
        kind = body.get("type") or usual
        if kind not in _FITS.get(parent["type"], ()):
            refuse(refusing.WRONG_KIND_OF_CHANNEL)
        in_forum = parent["type"] in FORUMS
        needed = May.SEND_MESSAGES if in_forum else _NEEDED.get(kind, May.CREATE_PUBLIC_THREADS)
        self._world.channel_named(parent["id"], needed)
        there = self._world.guilds[parent["guild_id"]]["threads"]
        if sum(not each["thread_metadata"]["archived"] for each in there) >= self._world.most_active_threads:
            refuse(refusing.TOO_MANY_THREADS)
        made = self._world.thread(parent, self._world.me, body | {"type": kind})
        await self._happening.told_of_thread("THREAD_CREATE", made, newly_created=True)
        shown = self._world.shown(made)
        if in_forum:
            shown["message"] = self._world.say(made, self._world.me, body["message"])
        return answer(shown, 201)

    async def _active(self, request: web.Request) -> web.Response:
        guild = self._world.guild_named(request.match_info["guild_id"])
        seen = [each for each in guild["threads"] if not each["thread_metadata"]["archived"]]
        page = self._page([each for each in seen if self._world.may(each) & May.VIEW_CHANNEL])
        return answer(page | {"has_more": False})

    async def _archived(self, request: web.Request) -> web.Response:
        channel = self._world.channel_named(request.match_info["channel_id"], May.READ_MESSAGE_HISTORY)
        before, most = request.query.get("before"), int(request.query.get("limit", _USUAL_PAGE))
        found = [
            each
            for each in self._world.guilds[channel["guild_id"]]["threads"]
            if each["parent_id"] == channel["id"] and each["type"] == PRIVATE_THREAD
            if each["thread_metadata"]["archived"] and self._is_in(each, self._world.me["id"])
            if before is None or int(each["id"]) < int(before)
        ]
        newest_first = sorted(found, key=_age)
        return answer(self._page(newest_first[:most]) | {"has_more": len(found) > most})

    async def _members(self, request: web.Request) -> web.Response:
        thread = self._thread(request)
        # https://discord.com/developers/docs/resources/channel#list-thread-members
        if not self._world.gateway.intents_allowed & MEMBERS:
            refuse(refusing.MISSING_ACCESS)
        return answer(list(self._world.thread_members[thread["id"]].values()))

    async def _member(self, request: web.Request) -> web.Response:
        thread, user_id = self._thread(request), self._user_id(request)
        found = self._world.thread_members[thread["id"]].get(user_id) or refuse(refusing.UNKNOWN_MEMBER)
        return answer(found)

    async def _added(self, request: web.Request) -> web.Response:
        thread, user_id = self._active_thread(request), self._user_id(request)
        self._world.channel_named(thread["id"], May.SEND_MESSAGES_IN_THREADS)
        if user_id not in self._world.users:
            refuse(refusing.UNKNOWN_USER)
        if user_id not in self._world.members[thread["guild_id"]]:
            refuse(refusing.UNKNOWN_MEMBER)
        # https://discord.com/developers/docs/topics/permissions#inherited-permissions-threads
        if not self._world.may(self._world.channels[thread["parent_id"]], user_id) & May.VIEW_CHANNEL:
            refuse(refusing.MISSING_ACCESS)
        is_closed = thread["type"] == PRIVATE_THREAD and not thread["thread_metadata"]["invitable"]
        if is_closed and thread["owner_id"] != self._world.me["id"]:
            self._world.channel_named(thread["id"], May.MANAGE_THREADS)
        self._world.into(thread, user_id)
        await self._tell_members(thread, added=[user_id])
        return answer(None, 204)

    async def _removed(self, request: web.Request) -> web.Response:
        thread, user_id = self._active_thread(request), self._user_id(request)
        is_mine = thread["type"] == PRIVATE_THREAD and thread["owner_id"] == self._world.me["id"]
        if not is_mine:
            self._world.channel_named(thread["id"], May.MANAGE_THREADS)
        self._world.out_of(thread, user_id)
        await self._tell_members(thread, removed=[user_id])
        return answer(None, 204)

    async def _joined(self, request: web.Request) -> web.Response:
        thread = self._active_thread(request)
        self._world.into(thread, self._world.me["id"])
        await self._tell_members(thread, added=[self._world.me["id"]])
        return answer(None, 204)

    async def _left(self, request: web.Request) -> web.Response:
        thread = self._active_thread(request)
        self._world.out_of(thread, self._world.me["id"])
        await self._tell_members(thread, removed=[self._world.me["id"]])
        return answer(None, 204)

    async def _tell_members(
        self, thread: Json, added: list[str] | None = None, removed: list[str] | None = None
    ) -> None:
        """Without the intent for members, a bot hears of itself alone."""
        me = self._world.me["id"]
        if me not in [*(added or []), *(removed or [])] and not self._world.gateway.intents_allowed & MEMBERS:
            return
        told: Json = {"id": thread["id"], "guild_id": thread["guild_id"], "member_count": thread["member_count"]}
        told["added_members"] = [self._world.thread_members[thread["id"]][each] for each in added or []]
        told["removed_member_ids"] = removed or []
        await self._world.gateway.tell("THREAD_MEMBERS_UPDATE", told, thread["guild_id"])

    def _thread(self, request: web.Request) -> Json:
        channel = self._world.channel_named(request.match_info["channel_id"])
        return channel if channel["type"] in THREADS else refuse(refusing.WRONG_KIND_OF_CHANNEL)

    def _active_thread(self, request: web.Request) -> Json:
        thread = self._thread(request)
        return thread if not thread["thread_metadata"]["archived"] else refuse(refusing.ARCHIVED)

    def _user_id(self, request: web.Request) -> str:
        return request.match_info["user_id"]

    def _is_in(self, thread: Json, user_id: str) -> bool:
        return user_id in self._world.thread_members[thread["id"]]

    def _page(self, threads: list[Json]) -> Json:
        mine = self._world.me["id"]
        newest_first = sorted(threads, key=_age)
        members = [self._world.thread_members[each["id"]][mine] for each in newest_first if self._is_in(each, mine)]
        return {"threads": newest_first, "members": members}


def _age(thread: Json) -> int:
    return -int(thread["id"])


def edited(world: World, thread: Json, body: Json) -> None:
    """Edit a thread as far as the bot may. Refuses.

    https://discord.com/developers/docs/topics/threads#editing-deleting-threads
    """
    metadata, asked = thread["thread_metadata"], {name: value for name, value in body.items() if value is not None}
    may_manage = bool(world.may(thread) & May.MANAGE_THREADS)
    made_it = thread["owner_id"] == world.me["id"]
    wakes = metadata["archived"] and asked.get("archived") is False
    if wakes and metadata["locked"] and not (may_manage or made_it):
        refuse(refusing.MISSING_PERMISSIONS)
    if metadata["archived"] and not wakes and asked.keys() - {"archived", "locked"}:
        refuse(refusing.ARCHIVED)
    for name in asked:
        is_enough = world.me["id"] in world.thread_members[thread["id"]] if name == "archived" and wakes else False
        if not (may_manage or is_enough or (made_it and name in _WHO_MADE_IT_MAY)):
            refuse(refusing.MISSING_PERMISSIONS)
    if asked.get("archived") not in (None, metadata["archived"]) or "auto_archive_duration" in asked:
        metadata["archive_timestamp"] = world.clock.written()
    metadata |= {name: value for name, value in asked.items() if name in _METADATA}
    thread |= {name: value for name, value in asked.items() if name not in _METADATA}
