"""The things of the loopback Discord, in the shapes that Discord gives them."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from tests.discord.permissions import USUAL, Json, May

# https://discord.com/developers/docs/resources/channel#channel-object-channel-types
TEXT, DIRECT, ANNOUNCEMENTS = 0, 1, 5
ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD = 10, 11, 12
FORUM, MEDIA = 15, 16
THREADS = (ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD)
FORUMS = (FORUM, MEDIA)
# https://discord.com/developers/docs/resources/message#message-object-message-flags
EPHEMERAL, LOADING = 1 << 6, 1 << 7
_DAY_IN_MINUTES = 1440
_EDITED = ("attachments", "content", "components", "embeds", "allowed_mentions")
_UNSET = (
    *("icon", "description", "home_header", "splash", "discovery_splash", "banner", "application_id"),
    *("afk_channel_id", "system_channel_id", "widget_channel_id", "vanity_url_code", "max_presences"),
    *("rules_channel_id", "safety_alerts_channel_id", "public_updates_channel_id", "incidents_data"),
)
_SIZES = {
    "afk_timeout": 300,
    "max_members": 500_000,
    "max_stage_video_channel_users": 50,
    "max_video_channel_users": 25,
    "premium_subscription_count": 0,
}
_CALLED = re.compile(r"<@!?(\d+)>")
# Only what is told over the gateway has it: https://discord.com/developers/docs/events/gateway-events#guild-create
_TOLD = ("joined_at", "large", "member_count", "voice_states", "members", "channels", "threads", "presences")
_TOLD_TOO = ("stage_instances", "guild_scheduled_events", "soundboard_sounds")


def user(user_id: str, name: str) -> Json:
    """Make a person."""
    made: Json = {"id": user_id, "username": name, "discriminator": "0", "avatar": None, "global_name": None}
    return made | {"flags": 0, "public_flags": 0, "primary_guild": None}


def role(role_id: str, name: str, permissions: May = USUAL, position: int = 0) -> Json:
    """Make a role."""
    made: Json = {"id": role_id, "name": name, "permissions": str(int(permissions)), "position": position}
    made |= {"icon": None, "unicode_emoji": None}
    made |= {"color": 0, "hoist": False, "managed": False, "mentionable": False, "flags": 0}
    return made | {"colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}}


def member(person: Json, since: str, roles: Iterable[str] = ()) -> Json:
    """Make somebody of a server."""
    made: Json = {"user": person, "roles": list(roles), "joined_at": since, "deaf": False, "mute": False, "flags": 0}
    made |= {"banner": None, "pending": False}
    return made | {"nick": None, "avatar": None, "premium_since": None, "communication_disabled_until": None}


def guild(guild_id: str, name: str, owner_id: str, since: str) -> Json:
    """Make a server with nothing in it, as it is told over the gateway."""
    return {
        "id": guild_id,
        "name": name,
        "owner_id": owner_id,
        **{name: [] for name in ("channels", "roles", "members", "threads", "emojis", "features", "stickers")},
        **{name: [] for name in ("presences", "voice_states")},
        **{name: [] for name in _TOLD_TOO},
        **dict.fromkeys(("verification_level", "default_message_notifications", "nsfw_level"), 0),
        **dict.fromkeys(("mfa_level", "explicit_content_filter", "premium_tier", "system_channel_flags"), 0),
        **dict.fromkeys(_UNSET),
        **dict.fromkeys(("widget_enabled", "premium_progress_bar_enabled", "nsfw"), False),
        **_SIZES,
        "region": "deprecated",
        "preferred_locale": "en-GB",
        "member_count": 0,
        "large": False,
        "joined_at": since,
    }


def without_what_is_only_told(whole: Json) -> Json:
    """Return a server as it is fetched."""
    return {name: value for name, value in whole.items() if name not in (*_TOLD, *_TOLD_TOO)}


def channel(channel_id: str, guild_id: str, name: str, kind: int = TEXT) -> Json:
    """Make a channel of a server."""
    made: Json = {"id": channel_id, "type": kind, "name": name, "guild_id": guild_id, "position": 0}
    made |= {"permission_overwrites": [], "parent_id": None, "nsfw": False, "topic": None, "flags": 0}
    return made | {"last_message_id": None} | ({"available_tags": []} if kind in FORUMS else {})


def thread(thread_id: str, parent: Json, owner_id: str, since: str, asked: Mapping[str, Any]) -> Json:
    """Make a thread as it was asked for."""
    made: Json = {"id": thread_id, "guild_id": parent["guild_id"], "parent_id": parent["id"], "owner_id": owner_id}
    made |= {"type": asked["type"], "name": asked["name"], "last_message_id": None, "flags": 0}
    made |= {"message_count": 0, "total_message_sent": 0, "member_count": 1}
    made["rate_limit_per_user"] = asked.get("rate_limit_per_user") or 0
    metadata: Json = {"archived": False, "archive_timestamp": since, "create_timestamp": since, "locked": False}
    metadata["auto_archive_duration"] = asked.get("auto_archive_duration") or _DAY_IN_MINUTES
    if asked["type"] == PRIVATE_THREAD:
        metadata["invitable"] = asked.get("invitable") is not False
    return made | {"thread_metadata": metadata}


def thread_member(thread_id: str, user_id: str, since: str) -> Json:
    """Make somebody of a thread."""
    return {"id": thread_id, "user_id": user_id, "join_timestamp": since, "flags": 0}


def direct(channel_id: str, recipient: Json) -> Json:
    """Make a channel between the bot and a person."""
    return {"id": channel_id, "type": DIRECT, "recipients": [recipient], "last_message_id": None, "flags": 0}


def message(message_id: str, channel_id: str, author: Json, at: str, asked: Mapping[str, Any]) -> Json:
    """Make a message as it was asked for. `allowed_mentions` stays with it, for tests to look at."""
    lists = ("mentions", "mention_roles", "attachments", "embeds")
    made: Json = {"id": message_id, "channel_id": channel_id, "author": author, "timestamp": at, "type": 0}
    made |= {"content": asked.get("content") or "", "components": numbered(asked.get("components"))}
    made |= {"flags": asked.get("flags") or 0, "edited_timestamp": None, "tts": False, "mention_everyone": False}
    made |= {"pinned": False, "allowed_mentions": asked.get("allowed_mentions")} | {name: [] for name in lists}
    made |= {"embeds": asked.get("embeds") or [], "attachments": asked.get("attachments") or []}
    return made | ({"nonce": asked["nonce"]} if asked.get("nonce") else {})


def edit(made: Json, asked: Mapping[str, Any]) -> None:
    """Change what is asked for in a message; what is set to nothing is empty."""
    made |= {name: asked[name] or type(made[name])() for name in _EDITED if name in asked}
    made["components"] = numbered(made["components"])


def numbered(components: Sequence[Json] | None) -> list[Json]:
    """Give every component an id that has none: https://discord.com/developers/docs/components/reference."""
    made = deepcopy(list(components or []))
    numbers = itertools.count(1)

    def number(each: Json) -> None:
        each.setdefault("id", next(numbers))
        for inner in (*(each.get("components") or []), each.get("accessory"), each.get("component")):
            if inner is not None:
                number(inner)

    for each in made:
        number(each)
    return made


def rung(content: str, allowed: Mapping[str, Any] | None) -> Sequence[str]:
    """Return the ids of the people that a message rings.

    https://discord.com/developers/docs/resources/message#allowed-mentions-object
    """
    called = list(dict.fromkeys(_CALLED.findall(content)))
    if allowed is None or "users" in (allowed.get("parse") or []):
        return called
    listed = {str(each) for each in allowed.get("users") or []}
    return [each for each in called if each in listed]
