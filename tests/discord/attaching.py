"""Files that come with a message: each is what the message says it is, or the message is refused.

https://discord.com/developers/docs/reference#uploading-files
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from tests.discord import refusing
from tests.discord.asked import parts_of
from tests.discord.permissions import Json
from tests.discord.refusing import refuse
from tests.discord.world import World

_NAMED = re.compile(r"files\[(\d+)\]")
# https://discord.com/developers/docs/resources/message#attachment-object
_LONGEST_DESCRIPTION = 1024
_CDN = "https://cdn.discordapp.com/ephemeral-attachments"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    name: str
    content: bytes


async def with_files(request: web.Request, asked: Json, world: World, *, ephemeral: bool = False) -> Json:
    """Return a message as it is asked for, its attachments as they are shown, and keep what is in them. Refuses."""
    sent = await _sent(request)
    if any(len(each.content) > world.largest_file for each in sent.values()):
        refuse(refusing.TOO_LARGE)
    wanted = {str(each["id"]): each for each in asked.get("attachments") or []}
    if wanted.keys() != sent.keys():
        refuse(refusing.INVALID_FORM)
    shown = [_kept(world, sent[number], each, ephemeral=ephemeral) for number, each in wanted.items()]
    return asked | ({"attachments": shown} if "attachments" in asked else {})


def attached(world: World, url: str, name: str, content: bytes) -> Json:
    """Return a file as somebody gives it to a command; it is fetched there, with a signature and from nowhere else."""
    made = world.id()
    world.uploads[made] = content
    there = f"{url}/ephemeral-attachments/{made}/{name}?ex=1&is=1&hm=1"
    return {"id": made, "filename": name, "size": len(content), "url": there, "proxy_url": there, "ephemeral": True}


async def fetched(request: web.Request, world: World) -> web.Response:
    """Answer who fetches such a file."""
    content = world.uploads.get(request.match_info["file"])
    if content is None or "hm" not in request.query:
        raise web.HTTPNotFound
    return web.Response(body=content)


def _kept(world: World, sent: _Sent, asked: Json, *, ephemeral: bool) -> Json:
    made, name = world.id(), asked.get("filename") or sent.name
    world.uploads[made] = sent.content
    url = f"{_CDN}/{made}/{name}"
    about: Json = {"id": made, "filename": name, "size": len(sent.content), "url": url, "proxy_url": url}
    described = asked.get("description")
    if described and len(described) > _LONGEST_DESCRIPTION:
        refuse(refusing.INVALID_FORM)
    about |= {"description": described} if described else {}
    return about | ({"ephemeral": True} if ephemeral else {})


async def _sent(request: web.Request) -> Mapping[str, _Sent]:
    found = {}
    for part in await parts_of(request):
        named = _NAMED.fullmatch(str(part.get_param("name", header="content-disposition")))
        if named is not None:
            found[named[1]] = _Sent(name=part.get_filename() or "", content=bytes(part.get_payload(decode=True)))
    return found
