"""Servers, their members and roles, people, and the bot itself, as the loopback Discord answers for them.

https://discord.com/developers/docs/resources/guild and https://discord.com/developers/docs/resources/user
"""

from collections.abc import Iterator

from aiohttp import web

from tests.discord import refusing
from tests.discord.asked import body_of
from tests.discord.making import without_what_is_only_told
from tests.discord.permissions import Json, in_guild
from tests.discord.refusing import answer, refuse
from tests.discord.routes import Route
from tests.discord.world import World

_USUAL_PAGE = 200
_APPLICATION: Json = {
    "name": "alongside",
    **dict.fromkeys(("description", "verify_key"), ""),
    **dict.fromkeys(("icon", "type", "team", "interactions_endpoint_url", "role_connections_verification_url")),
    **dict.fromkeys(("flags", "explicit_content_filter", "approximate_guild_count"), 0),
    **dict.fromkeys(("approximate_user_install_count", "approximate_user_authorization_count"), 0),
    "flags_new": "0",
    "redirect_uris": [],
    "eligible_oauth2_scopes": [],
    "bot_public": True,
    "bot_require_code_grant": False,
}


class Guilds:
    """Answers for `/guilds`, `/users`, the application and its commands."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Iterator[Route]:
        """Return what is answered, by method and path."""
        yield "GET", "/users/@me", self._who_am_i
        yield "GET", "/users/@me/guilds", self._where_am_i
        yield "GET", "/users/{user_id}", self._user
        yield "GET", "/oauth2/applications/@me", self._application
        yield "GET", "/gateway/bot", self._where_the_gateway_is
        yield "GET", "/applications/{application_id}/commands", self._commands
        yield "PUT", "/applications/{application_id}/commands", self._take_commands
        yield "GET", "/guilds/{guild_id}", self._guild
        yield "GET", "/guilds/{guild_id}/channels", self._channels
        yield "GET", "/guilds/{guild_id}/roles", self._roles
        yield "GET", "/guilds/{guild_id}/members/{user_id}", self._member

    async def _who_am_i(self, _request: web.Request) -> web.Response:
        return answer(self._world.me | {"mfa_enabled": False, "locale": "en-GB"})

    async def _where_am_i(self, request: web.Request) -> web.Response:
        before, after = request.query.get("before"), request.query.get("after")
        found = sorted(self._world.mine(), key=lambda each: int(each["id"]))
        found = [each for each in found if after is None or int(each["id"]) > int(after)]
        found = [each for each in found if before is None or int(each["id"]) < int(before)]
        most = int(request.query.get("limit", _USUAL_PAGE))
        return answer([self._partial(each) for each in (found[-most:] if before else found[:most])])

    def _partial(self, guild: Json) -> Json:
        mine = self._world.members[guild["id"]][self._world.me["id"]]
        partial = {name: guild[name] for name in ("id", "name", "features")}
        partial |= {"icon": None, "banner": None, "owner": False}
        return partial | {"permissions": str(int(in_guild(guild, mine)))}

    async def _user(self, request: web.Request) -> web.Response:
        return answer(self._world.users.get(request.match_info["user_id"]) or refuse(refusing.UNKNOWN_USER))

    async def _application(self, _request: web.Request) -> web.Response:
        return answer({**_APPLICATION, "id": self._world.me["id"], "owner": self._world.me, "bot": self._world.me})

    async def _where_the_gateway_is(self, _request: web.Request) -> web.Response:
        gateway = self._world.gateway
        return answer({"url": gateway.url, "shards": gateway.shards, "session_start_limit": gateway.start_limit()})

    async def _commands(self, request: web.Request) -> web.Response:
        self._is_me(request)
        return answer(self._world.commands)

    async def _take_commands(self, request: web.Request) -> web.Response:
        """Set the commands: one of the same name and kind keeps its id."""
        self._is_me(request)
        before = {(each["name"], each["type"]): each["id"] for each in self._world.commands}
        common = {"version": self._world.id(), "type": 1, "application_id": self._world.me["id"]}
        usual = {"contexts": None, "integration_types": [0], "default_member_permissions": None}
        said = [{name: value for name, value in each.items() if value is not None} for each in await body_of(request)]
        made = [common | usual | each for each in said]
        self._world.commands = [
            each | {"id": before.get((each["name"], each["type"])) or self._world.id()} for each in made
        ]
        return answer(self._world.commands)

    def _is_me(self, request: web.Request) -> None:
        if request.match_info["application_id"] != self._world.me["id"]:
            refuse(refusing.NOT_YOURS)

    async def _guild(self, request: web.Request) -> web.Response:
        return answer(without_what_is_only_told(self._world.guild_named(request.match_info["guild_id"])))

    async def _channels(self, request: web.Request) -> web.Response:
        return answer(self._world.guild_named(request.match_info["guild_id"])["channels"])

    async def _roles(self, request: web.Request) -> web.Response:
        return answer(self._world.guild_named(request.match_info["guild_id"])["roles"])

    async def _member(self, request: web.Request) -> web.Response:
        guild, user_id = self._world.guild_named(request.match_info["guild_id"]), request.match_info["user_id"]
        if user_id not in self._world.users:
            refuse(refusing.UNKNOWN_USER)
        return answer(self._world.members[guild["id"]].get(user_id) or refuse(refusing.UNKNOWN_MEMBER))
