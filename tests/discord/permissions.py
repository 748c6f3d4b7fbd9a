"""What somebody may do on the loopback Discord, worked out from roles and overwrites as Discord works it out.

https://discord.com/developers/docs/topics/permissions
"""

from collections.abc import Mapping, Sequence
from enum import IntFlag
from typing import Any

Json = dict[str, Any]


class May(IntFlag):
    """https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags."""

    NOTHING = 0
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40


EVERYTHING = May((1 << 53) - 1)
WATCHING = May.VIEW_CHANNEL | May.READ_MESSAGE_HISTORY
# What a new server lets everybody do, as far as it matters here.
USUAL = (
    WATCHING
    | May.SEND_MESSAGES
    | May.SEND_MESSAGES_IN_THREADS
    | May.CREATE_PUBLIC_THREADS
    | May.CREATE_PRIVATE_THREADS
    | May.USE_APPLICATION_COMMANDS
    | May.ADD_REACTIONS
    | May.EMBED_LINKS
    | May.ATTACH_FILES
)
# https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-structure
IN_A_DIRECT_MESSAGE = May.ATTACH_FILES | May.EMBED_LINKS | May.MENTION_EVERYONE | May.USE_EXTERNAL_EMOJIS
_ONLY_WHERE_ONE_MAY_SEND = May.MENTION_EVERYONE | May.ATTACH_FILES | May.EMBED_LINKS


def in_guild(guild: Json, member: Json, *, timed_out: bool = False) -> May:
    """Return what the member may do in the whole server."""
    user_id = member["user"]["id"]
    if user_id == guild["owner_id"]:
        return EVERYTHING
    mine = {guild["id"], *member["roles"]}
    allowed = May.NOTHING
    for role in guild["roles"]:
        if role["id"] in mine:
            allowed |= May(int(role["permissions"]))
    if allowed & May.ADMINISTRATOR:
        return EVERYTHING
    return allowed & WATCHING if timed_out else allowed


def in_channel(guild: Json, member: Json, channel: Json, *, timed_out: bool = False) -> May:
    """Return what the member may do in a channel of the server that is no thread."""
    allowed = in_guild(guild, member)
    if allowed == EVERYTHING:
        return EVERYTHING
    overwrites = {each["id"]: each for each in channel["permission_overwrites"]}
    roles = [overwrites[role] for role in member["roles"] if role in overwrites]
    everyone = [overwrites[guild["id"]]] if guild["id"] in overwrites else []
    own = [overwrites[member["user"]["id"]]] if member["user"]["id"] in overwrites else []
    for layer in (everyone, roles, own):
        allowed = _overwritten(allowed, layer)
    if timed_out:
        allowed &= WATCHING
    return _implied(allowed)


def overwrite(target: Mapping[str, Any], *, is_role: bool, allow: May, deny: May) -> Json:
    """Return what a channel says about a role or a person apart from the server."""
    return {"id": target["id"], "type": 0 if is_role else 1, "allow": str(int(allow)), "deny": str(int(deny))}


def _overwritten(allowed: May, layer: Sequence[Json]) -> May:
    for each in layer:
        allowed &= ~May(int(each["deny"]))
    for each in layer:
        allowed |= May(int(each["allow"]))
    return allowed


def _implied(allowed: May) -> May:
    if not allowed & May.VIEW_CHANNEL:
        return May.NOTHING
    return allowed if allowed & May.SEND_MESSAGES else allowed & ~_ONLY_WHERE_ONE_MAY_SEND
