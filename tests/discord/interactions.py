"""Interactions: answered once, and in time, and for as long as their token lives.

https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from aiohttp import web

from tests.discord import making, refusing
from tests.discord.asked import body_of
from tests.discord.attaching import with_files
from tests.discord.making import EPHEMERAL, LOADING
from tests.discord.permissions import Json
from tests.discord.refusing import answer, refuse
from tests.discord.routes import Route
from tests.discord.world import World

# https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-type
COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
# https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
_FITS = {
    COMMAND: (MESSAGE, DEFERRED, MODAL),
    COMPONENT: (MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, MODAL),
    AUTOCOMPLETE: (CHOICES,),
    SUBMIT: (MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE),
}
_OF_THE_SOURCE = (DEFERRED_UPDATE, UPDATE)
_GROUP_DIRECT = 3


@dataclass(kw_only=True)
class Answered:
    """One interaction: who did what where, and what it was answered with.

    `acknowledged` is the kind of the first answer; `original` is the message it made, also while that is loading, or
    the one that it was used under; `choices` and `modal` are what was shown instead of a message.
    """

    interaction_id: str
    token: str
    kind: int
    channel: Json
    user: Json
    made_at: float
    source: Json | None = None
    acknowledged: int | None = None
    acknowledged_at: float | None = None
    ephemeral: bool = False
    original: Json | None = None
    followups: list[Json] = field(default_factory=list)
    choices: list[Json] | None = None
    modal: Json | None = None

    @property
    def thinking(self) -> bool:
        """Whether an answer was announced first."""
        return self.acknowledged == DEFERRED

    @property
    def messages(self) -> list[Json]:
        """The messages that it was answered with, and none that is loading."""
        own = [] if self.original is None or self.acknowledged in _OF_THE_SOURCE else [self.original]
        return [each for each in own + self.followups if not each["flags"] & LOADING]

    @property
    def contents(self) -> list[str]:
        """What the person reads."""
        return [message["content"] for message in self.messages]

    def find(self, message_id: str) -> Json:
        """Return one of its messages. Refuses."""
        if message_id == "@original":
            return self.original or refuse(refusing.UNKNOWN_MESSAGE)
        found = [each for each in (self.original, *self.followups) if each is not None and each["id"] == message_id]
        return found[0] if found else refuse(refusing.UNKNOWN_MESSAGE)


class Interactions:
    """All of them, by their token. `first_answer` and `lifetime` are in seconds.

    `only_for` has each message for one person's eyes, with whose they are, by its id.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.first_answer: float = 3
        self.lifetime: float = 15 * 60
        self.by_token: dict[str, Answered] = {}
        self.only_for: dict[str, tuple[str, Json]] = {}

    def routes(self) -> Iterator[Route]:
        """Return what is answered, by method and path."""
        message = "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
        original = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        yield "POST", "/interactions/{interaction_id}/{interaction_token}/callback", self._called_back
        yield "POST", "/webhooks/{webhook_id}/{webhook_token}", self._followed_up
        for path in (original, message):
            yield "GET", path, self._fetched
            yield "PATCH", path, self._edited
            yield "DELETE", path, self._deleted

    def began(self, kind: int, channel: Json, user: Json, source: Json | None) -> Answered:
        """Take up a new one."""
        made = Answered(
            interaction_id=self._world.id(),
            token=f"aT{self._world.id()}",
            kind=kind,
            channel=channel,
            user=user,
            made_at=self._world.clock.now(),
            source=source,
        )
        self.by_token[made.token] = made
        return made

    async def _called_back(self, request: web.Request) -> web.Response:
        answered = self.by_token.get(request.match_info["interaction_token"])
        body = await body_of(request)
        if answered is None or answered.interaction_id != request.match_info["interaction_id"]:
            refuse(refusing.UNKNOWN_INTERACTION)
        age = self._world.clock.now() - answered.made_at
        if answered.acknowledged is not None and age < self.lifetime:
            refuse(refusing.ALREADY_ACKNOWLEDGED)
        if age >= self.first_answer:
            refuse(refusing.UNKNOWN_INTERACTION)
        if body["type"] not in _FITS[answered.kind] or (body["type"] in _OF_THE_SOURCE and answered.source is None):
            refuse(refusing.INVALID_FORM)
        if answered.channel["id"] not in self._world.channels and answered.channel["type"] != _GROUP_DIRECT:
            refuse(refusing.UNKNOWN_CHANNEL)
        data = body.get("data") or {}
        is_private = bool((data.get("flags") or 0) & EPHEMERAL)
        self._acknowledge(answered, body["type"], await with_files(request, data, self._world, ephemeral=is_private))
        if request.query.get("with_response") in {"1", "true", "True"}:
            return answer(_told(answered))
        return answer(None, 204)

    def _acknowledge(self, answered: Answered, kind: int, data: Json) -> None:
        if kind == MESSAGE and not _says_something(data):
            refuse(refusing.EMPTY)
        answered.acknowledged, answered.acknowledged_at = kind, self._world.clock.now()
        answered.ephemeral = bool((data.get("flags") or 0) & EPHEMERAL)
        if kind == MESSAGE:
            answered.original = self._say(answered, data, ephemeral=answered.ephemeral)
        elif kind == DEFERRED:
            loading = {"flags": LOADING | (EPHEMERAL if answered.ephemeral else 0)}
            answered.original = self._say(answered, loading, ephemeral=answered.ephemeral)
        elif kind in _OF_THE_SOURCE:
            answered.original = answered.source
            if answered.original is not None:
                making.edit(answered.original, data)
        elif kind == CHOICES:
            answered.choices = data.get("choices") or []
        elif kind == MODAL:
            answered.modal = data

    async def _followed_up(self, request: web.Request) -> web.Response:
        answered, body = self._live(request), await body_of(request)
        if not _says_something(body):
            refuse(refusing.EMPTY)
        # https://discord.com/developers/docs/interactions/receiving-and-responding#create-followup-message
        if answered.original is not None and answered.original["flags"] & LOADING:
            put = await with_files(request, body, self._world, ephemeral=answered.ephemeral)
            return answer(self._finish(answered.original, put))
        is_private = bool((body.get("flags") or 0) & EPHEMERAL)
        said = await with_files(request, body, self._world, ephemeral=is_private)
        made = self._say(answered, said, ephemeral=is_private)
        answered.followups.append(made)
        return answer(made)

    async def _fetched(self, request: web.Request) -> web.Response:
        return answer(self._live(request).find(_message_id(request)))

    async def _edited(self, request: web.Request) -> web.Response:
        answered, body = self._live(request), await body_of(request)
        put = await with_files(request, body, self._world, ephemeral=answered.ephemeral)
        return answer(self._finish(answered.find(_message_id(request)), put))

    async def _deleted(self, request: web.Request) -> web.Response:
        answered = self._live(request)
        gone = answered.find(_message_id(request))
        if gone is answered.original:
            answered.original = None
        answered.followups[:] = [each for each in answered.followups if each is not gone]
        self.only_for.pop(gone["id"], None)
        there = self._world.messages.get(answered.channel["id"], [])
        there[:] = [each for each in there if each is not gone]
        return answer(None, 204)

    def files(self, answered: Answered) -> dict[str, bytes]:
        """Return what is in the files of an answer, by name."""
        attachments = [each for message in answered.messages for each in message["attachments"]]
        return {each["filename"]: self._world.uploads[each["id"]] for each in attachments}

    def _live(self, request: web.Request) -> Answered:
        """Return the interaction of a token that can still be used. Refuses."""
        answered = self.by_token.get(request.match_info["webhook_token"])
        if request.match_info["webhook_id"] != self._world.me["id"]:
            refuse(refusing.UNKNOWN_WEBHOOK)
        if answered is None or self._world.clock.now() - answered.made_at >= self.lifetime:
            refuse(refusing.INVALID_WEBHOOK_TOKEN)
        if answered.acknowledged is None:
            refuse(refusing.UNKNOWN_WEBHOOK)
        return answered

    def _say(self, answered: Answered, asked: Json, *, ephemeral: bool) -> Json:
        made = self._world.say(answered.channel, self._world.me, asked, is_kept=not ephemeral)
        if ephemeral:
            made["flags"] |= EPHEMERAL
            self.only_for[made["id"]] = (answered.user["id"], made)
        return made

    def _finish(self, message: Json, asked: Json) -> Json:
        making.edit(message, asked)
        if message["flags"] & LOADING:
            message["flags"] &= ~LOADING
        else:
            message["edited_timestamp"] = self._world.clock.written()
        return message


def _says_something(asked: Json) -> bool:
    return any(asked.get(name) for name in ("content", "embeds", "components", "attachments", "poll"))


def _message_id(request: web.Request) -> str:
    return request.match_info.get("message_id", "@original")


def _told(answered: Answered) -> Json:
    """https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback-response-object."""
    interaction: Json = {"id": answered.interaction_id, "type": answered.kind}
    if answered.original is not None:
        interaction["response_message_id"] = answered.original["id"]
        interaction["response_message_loading"] = bool(answered.original["flags"] & LOADING)
        interaction["response_message_ephemeral"] = bool(answered.original["flags"] & EPHEMERAL)
    if answered.acknowledged not in {MESSAGE, UPDATE}:
        return {"interaction": interaction}
    return {"interaction": interaction, "resource": {"type": answered.acknowledged, "message": answered.original}}
