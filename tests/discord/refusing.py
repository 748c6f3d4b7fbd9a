"""What Discord answers with when it does not do what it was asked.

https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

import json
from dataclasses import dataclass
from typing import Any, Never

from aiohttp import web


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A status, and the code and the words in the body."""

    status: int
    code: int
    message: str


class NotDone(Exception):  # noqa: N818  It is an answer, and no fault of ours.
    """Carries a refusal out of whatever was being done."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


UNAUTHORIZED = Refusal(status=401, code=0, message="401: Unauthorized")
NOT_FOUND = Refusal(status=404, code=0, message="404: Not Found")
NOT_ALLOWED = Refusal(status=405, code=0, message="405: Method Not Allowed")
UNKNOWN_CHANNEL = Refusal(status=404, code=10003, message="Unknown Channel")
UNKNOWN_GUILD = Refusal(status=404, code=10004, message="Unknown Guild")
UNKNOWN_MEMBER = Refusal(status=404, code=10007, message="Unknown Member")
UNKNOWN_MESSAGE = Refusal(status=404, code=10008, message="Unknown Message")
UNKNOWN_USER = Refusal(status=404, code=10013, message="Unknown User")
UNKNOWN_WEBHOOK = Refusal(status=404, code=10015, message="Unknown Webhook")
UNKNOWN_INTERACTION = Refusal(status=404, code=10062, message="Unknown interaction")
NOT_YOURS = Refusal(status=403, code=20012, message="You are not authorized to perform this action on this application")
IN_A_FORUM = Refusal(status=400, code=40058, message="Cannot send a message in a forum channel")
ALREADY_ACKNOWLEDGED = Refusal(status=400, code=40060, message="Interaction has already been acknowledged.")
MISSING_ACCESS = Refusal(status=403, code=50001, message="Missing Access")
ON_A_DIRECT_CHANNEL = Refusal(status=403, code=50003, message="Cannot execute action on a DM channel")
ANOTHERS_MESSAGE = Refusal(status=403, code=50005, message="Cannot edit a message authored by another user")
TOO_LARGE = Refusal(status=413, code=40005, message="Request entity too large")
EMPTY = Refusal(status=400, code=50006, message="Cannot send an empty message")
CLOSED = Refusal(status=403, code=50007, message="Cannot send messages to this user")
MISSING_PERMISSIONS = Refusal(status=403, code=50013, message="Missing Permissions")
WRONG_KIND_OF_CHANNEL = Refusal(status=400, code=50024, message="Cannot execute action on this channel type")
INVALID_WEBHOOK_TOKEN = Refusal(status=401, code=50027, message="Invalid Webhook Token")
INVALID_RECIPIENT = Refusal(status=400, code=50033, message="Invalid Recipient(s)")
INVALID_FORM = Refusal(status=400, code=50035, message="Invalid Form Body")
ARCHIVED = Refusal(status=400, code=50083, message="Thread is archived")
INVALID_JSON = Refusal(status=400, code=50109, message="The request body contains invalid JSON.")
NO_SHARED_GUILD = Refusal(
    status=403, code=50278, message="Cannot send messages to this user due to having no mutual guilds"
)
LOCKED = Refusal(status=400, code=160005, message="Thread is locked")
TOO_MANY_THREADS = Refusal(status=400, code=160006, message="Maximum number of active threads reached")


def refuse(refusal: Refusal) -> Never:
    """Stop there, and answer with it."""
    raise NotDone(refusal)


def answer(content: Any, status: int = 200) -> web.Response:  # noqa: ANN401  JSON.
    """Answer with JSON, and with nothing where the status says so."""
    if status == 204:
        return web.Response(status=204)
    # Discord's own type, to the letter: discord.py reads nothing else as JSON.
    return web.Response(body=json.dumps(content).encode(), status=status, headers={"Content-Type": "application/json"})


def refused(refusal: Refusal, errors: Any = None) -> web.Response:  # noqa: ANN401  JSON.
    """Answer with a refusal, and with what was wrong where something in the request was."""
    body: dict[str, Any] = {"message": refusal.message, "code": refusal.code}
    return answer(body | ({"errors": errors} if errors else {}), refusal.status)
