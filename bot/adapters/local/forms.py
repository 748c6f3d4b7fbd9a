"""What a form sent, read strictly: anything that the page itself would not send is refused with one sentence."""

from collections.abc import Collection, Mapping

from whenever import Instant, TimeDelta

from bot.adapters.local.clock import until_morning
from bot.domain.commands import Reading
from bot.domain.ids import PersonId, PlaceId
from bot.domain.reading import Length
from bot.domain.saying import Refused

LONGEST = 500
OPTION = "option-"

_HOUR = TimeDelta(hours=1)
_MOVE = Length(least=TimeDelta(minutes=1), most=TimeDelta(hours=24 * 31))

Fields = Mapping[str, str]


def person_in(fields: Fields, people: Mapping[PersonId, str]) -> PersonId:
    """Return who is acting. Refuses anyone who is not in the room."""
    for person in people:
        if person.native == fields.get("as"):
            return person
    raise Refused("local-form-unclear")


def text_in(fields: Fields) -> str:
    """Return what was typed. Refuses nothing at all, and more than `LONGEST` characters."""
    text = fields.get("text", "").strip()
    if not text:
        raise Refused("local-text-empty")
    return short(text)


def short(text: str) -> str:
    """Return the text. Refuses more than `LONGEST` characters."""
    if len(text) > LONGEST:
        raise Refused("local-text-long", longest=LONGEST)
    return text


def command_in(fields: Fields) -> str:
    """Return the command that the form is for. Refuses none; whether there is one is for the bot to say."""
    command = short(fields.get("command", "").strip())
    if not command:
        raise Refused("local-form-unclear")
    return command


def place_in(fields: Fields, world: str) -> PlaceId:
    """Return the place that the form names; whether it is there is for the gathering to say."""
    return PlaceId.of(world, short(fields.get("place", "")))


def options_in(fields: Fields, files: Collection[str] = ()) -> Mapping[str, str]:
    """Return the options that were filled in, by name; those that are `files` may be as long as the door lets in."""
    given = {name.removeprefix(OPTION): value.strip() for name, value in fields.items() if name.startswith(OPTION)}
    return {name: value if name in files else short(value) for name, value in given.items() if value}


def move_in(fields: Fields, now: Instant, zone: str) -> TimeDelta:
    """Return how far to move the clock on. Refuses what is no length, and more than a month."""
    match fields.get("move"):
        case "hour":
            return _HOUR
        case "morning":
            return until_morning(now, zone)
        case "by":
            return _MOVE.read(text_in(fields), Reading(now=now, zone=zone))
        case _:
            raise Refused("local-form-unclear")
