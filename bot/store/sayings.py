"""Outgoing things to JSON and back: ids of sentences, and their arguments, each with its kind. Files are never kept."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from whenever import Date, Instant, Time, TimeDelta, ZonedDateTime

from bot.domain.ids import PersonId, PlaceId
from bot.domain.outgoing import Departure, Fallback, Meeting, Message, Sending, Tidying
from bot.domain.saying import Arg, Choice, Held, Line, Look, Say, Undo, line

Json = dict[str, Any]

_PACKED: Json = {"separators": (",", ":"), "ensure_ascii": False}


def packed(sending: Sending) -> str:
    """Return the part of an outgoing thing that goes once it is sent."""
    match sending:
        case Message():
            body: Json = _to(sending.to) | {"say": _say(sending.say)}
            body |= {"via": sending.via} if sending.via else {}
            body |= {"tidied": True} if sending.tidied else {}
            body |= _fallback(sending.fallback) | {"since": _moment(sending.first)}
            body |= {"members_only": True} if sending.members_only else {}
        case Tidying():
            body = {"tidies": sending.of} | _to(sending.to)
        case Meeting():
            body = {"people": sending.people, "card": _say(sending.card), "missed": _say(sending.missed)}
        case Departure():
            body = {"room": sending.room, "closing": sending.closing}
            body |= {"only": sending.only} if sending.only else {}
    return json.dumps(body, **_PACKED)


def beginning(person: PersonId) -> str:
    """Return how what `packed` gives begins for a message to this person."""
    return json.dumps({"person": person}, **_PACKED).removesuffix("}") + ","


def unpacked(text: str, about: Json) -> Sending:
    """Return the outgoing thing; `about` holds its key, group and times."""
    body = json.loads(text)
    if "people" in body:
        people = tuple(PersonId(person) for person in body["people"])
        card, missed = _read_say(body["card"]), _read_say(body["missed"])
        return Meeting(people=people, card=card, missed=missed, **about)
    if "room" in body:
        only = PersonId(body["only"]) if "only" in body else None
        return Departure(room=body["room"], closing=body["closing"], only=only, **about)
    to = PersonId(body["person"]) if "person" in body else PlaceId(body["place"])
    if "tidies" in body:
        return Tidying(of=body["tidies"], to=to, **about)
    fallback = _read_fallback(body["fallback"]) if "fallback" in body else None
    message = Message(
        to=to,
        say=_read_say(body["say"]),
        via=body.get("via"),
        fallback=fallback,
        tidied=body.get("tidied", False),
        members_only=body.get("members_only", False),
        **about,
    )
    is_moved = "since" in body and body["since"] != _moment(message.not_before)
    return replace(message, since=Instant.from_timestamp(body["since"], unit="millisecond")) if is_moved else message


def packed_choices(choices: Sequence[Choice]) -> str:
    """Return choices to be kept for longer than a message: without any name or text that may stand in a label."""
    return json.dumps([_choice(_bare(one)) for one in choices], **_PACKED)


def unpacked_choices(text: str) -> tuple[Choice, ...]:
    """Return the choices; one whose label was not kept is labelled with the line to type."""
    return tuple(_read_choice(one) for one in json.loads(text))


def _bare(choice: Choice) -> Choice:
    """Return the choice, its label a plain one if it holds a person or text: a group's own words, or another's name."""
    label = line("list-choice", typed=choice.typed) if _tells(choice.label) else choice.label
    stands = isinstance(choice.undo, Line) and _tells(choice.undo)
    return replace(choice, label=label, undo=None if stands else choice.undo)


def _tells(arg: Arg) -> bool:
    match arg:
        case Line():
            return any(_tells(inner) for inner in arg.args.values())
        case tuple():
            return any(_tells(inner) for inner in arg)
        case _:
            return isinstance(arg, str)


def _moment(at: Instant) -> int:
    return at.timestamp(unit="millisecond")


def _to(to: PersonId | PlaceId) -> Json:
    return {"person" if isinstance(to, PersonId) else "place": to}


def _fallback(fallback: Fallback | None) -> Json:
    return {} if fallback is None else {"fallback": {"place": fallback.place, "say": _say(fallback.say)}}


def _read_fallback(body: Json) -> Fallback:
    return Fallback(place=PlaceId(body["place"]), say=_read_say(body["say"]))


def _say(message: Say) -> Json:
    said = message.to_be_kept
    packed: Json = {"lines": [_line(one) for one in said.lines], "choices": [_choice(one) for one in said.choices]}
    return packed | ({"rings": said.rings} if said.rings else {})


def _line(one: Line) -> Json:
    return {"id": one.id, "look": one.look, "args": {name: _arg(arg) for name, arg in one.args.items()}}


def _choice(one: Choice) -> Json:
    packed: Json = {"label": _line(one.label), "command": one.command, "options": dict(one.options)}
    match one.undo:
        case Undo():
            return packed | {"undo": {"command": one.undo.command, "options": dict(one.undo.options)}}
        case Line():
            return packed | {"stands": _line(one.undo)}
        case None:
            return packed


def _arg(arg: Arg) -> Json | str | int:
    match arg:
        case PersonId():
            return {"person": arg}
        case PlaceId():
            return {"place": arg}
        case str() | int():
            return arg
        case Line():
            return {"line": _line(arg)}
        case tuple():
            return {"list": [_arg(one) for one in arg]}
        case _:
            return _value(arg)


def _value(arg: Held | ZonedDateTime | Date | Time | TimeDelta) -> Json:
    return {"held": arg.code} if isinstance(arg, Held) else {_TIMES[type(arg)]: arg.format_iso()}


_TIMES = {ZonedDateTime: "moment", Date: "day", Time: "time", TimeDelta: "length"}


def _read_say(body: Json) -> Say:
    return Say(
        lines=tuple(_read_line(one) for one in body["lines"]),
        choices=tuple(_read_choice(one) for one in body["choices"]),
        rings=tuple(PersonId(person) for person in body.get("rings", ())),
    )


def _read_choice(body: Json) -> Choice:
    undo = Undo(**body["undo"]) if "undo" in body else None
    stands = _read_line(body["stands"]) if "stands" in body else None
    return Choice(
        label=_read_line(body["label"]), command=body["command"], options=body["options"], undo=undo or stands
    )


def _read_line(body: Json) -> Line:
    args = {name: _read_arg(arg) for name, arg in body["args"].items()}
    return Line(id=body["id"], look=Look(body["look"]), args=args)


def _read_list(body: list[Any]) -> tuple[Arg, ...]:
    return tuple(_read_arg(one) for one in body)


_READERS: dict[str, Callable[[Any], Arg]] = {
    "person": PersonId,
    "place": PlaceId,
    "held": lambda code: Held(code=code),
    "line": _read_line,
    "list": _read_list,
    "moment": ZonedDateTime.parse_iso,
    "day": Date.parse_iso,
    "time": Time.parse_iso,
    "length": TimeDelta.parse_iso,
}


def _read_arg(body: Json | str | int) -> Arg:
    if isinstance(body, str | int):
        return body
    [(kind, value)] = body.items()
    return _READERS[kind](value)
