"""Whatever can be said is packed and unpacked as the same value."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis.strategies import (
    SearchStrategy,
    binary,
    booleans,
    builds,
    characters,
    dates,
    dictionaries,
    integers,
    lists,
    none,
    recursive,
    sampled_from,
    text,
    times,
)
from whenever import Date, Instant, Time, TimeDelta

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Departure, Fallback, Meeting, Message, Sending, Tidying
from bot.domain.saying import Arg, Choice, File, Handed, Held, Line, Look, Say, Undo, line, say
from bot.store.sayings import beginning, packed, unpacked

GROUP = GroupId.of("fake", "group")
words = text(characters(exclude_categories=["Cs"]), max_size=20)
names = text("abcdefghij-", min_size=1, max_size=8)
people = words.map(lambda native: PersonId.of("fake", native))
moments = integers(0, 4_000_000_000).map(Instant.from_timestamp)
zones = sampled_from(["Europe/London", "UTC", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns"])
plain_args: SearchStrategy[Arg] = (
    words
    | integers(-(2**63), 2**63)
    | people
    | words.map(lambda native: PlaceId.of("fake", native))
    | builds(lambda moment, zone: moment.to_tz(zone), moments, zones)
    | dates(dt.date(1, 1, 1)).map(Date)
    | times().map(Time)
    | integers(-(10**12), 10**12).map(lambda number: TimeDelta(milliseconds=number))
    | words.map(lambda code: Held(code=code))
)
looks = sampled_from(Look)


def _line(args: SearchStrategy[Arg]) -> SearchStrategy[Line]:
    return builds(Line, id=names, args=dictionaries(names, args, max_size=3), look=looks)


args: SearchStrategy[Arg] = recursive(
    plain_args, lambda inner: lists(inner, max_size=3).map(tuple) | _line(inner), max_leaves=6
)
options = dictionaries(names, words, max_size=2)
undos = none() | builds(Undo, command=words, options=options) | _line(args)
choices = builds(Choice, label=_line(args), command=words, options=options, undo=undos)
says = builds(
    Say,
    lines=lists(_line(args), max_size=3).map(tuple),
    choices=lists(choices, max_size=2).map(tuple),
    rings=lists(people, max_size=2).map(tuple),
)
to = people | words.map(lambda native: PlaceId.of("fake", native))
whens = {"not_before": moments, "expires_at": moments}
vias = none() | words.filter(bool)
fallbacks = none() | builds(Fallback, place=words.map(lambda native: PlaceId.of("fake", native)), say=says)
messages = builds(
    Message,
    key=words,
    group=sampled_from([GROUP]),
    to=to,
    say=says,
    via=vias,
    fallback=fallbacks,
    tidied=booleans(),
    **whens,
)
tidyings = builds(Tidying, key=words, group=sampled_from([GROUP]), of=words, to=to, **whens)
meetings = builds(
    Meeting,
    key=words,
    group=sampled_from([GROUP]),
    people=lists(people, min_size=2, max_size=4).map(tuple),
    card=says,
    missed=says,
    **whens,
)

departures = builds(
    Departure,
    key=words,
    group=sampled_from([GROUP]),
    room=words,
    closing=booleans(),
    only=none() | people,
    **whens,
)


_A_PING_BEFORE = '{"person":"fake:ash","say":{"lines":[{"id":"hello","look":"plain","args":{}}],"choices":[]}}'
_AN_ANSWER_BEFORE = _A_PING_BEFORE[:-1] + ',"via":"interaction"}'


@given(messages | meetings | departures | tidyings)
def test_what_is_unpacked_equals_what_was_packed_kind_by_kind(sending: Sending) -> None:
    about = {name: getattr(sending, name) for name in ("key", "group", "not_before", "expires_at")}
    again = unpacked(packed(sending), about)

    assert again == sending
    assert repr(again) == repr(sending).replace("mappingproxy({})", "{}")


@pytest.mark.parametrize("only", [None, PersonId("fake:ash")])
def test_a_departure_says_who_goes_only_where_it_is_just_one(only: PersonId | None) -> None:
    moment = Instant.from_timestamp(0)
    going = Departure(key="k", group=GROUP, room="r", closing=True, not_before=moment, expires_at=moment, only=only)

    assert json.loads(packed(going)) == {"room": "r", "closing": True} | ({"only": "fake:ash"} if only else {})


def test_a_departure_packed_when_it_could_be_hastened_is_still_read() -> None:
    moment = Instant.from_timestamp(0)
    then = Departure(key="k", group=GROUP, room="r", closing=True, not_before=moment, expires_at=moment)

    assert read_again('{"room":"r","closing":true,"place":"fake:room"}', then) == then


def test_a_meeting_packed_when_it_said_how_long_the_bot_stays_is_still_read() -> None:
    moment, people = Instant.from_timestamp(0), (PersonId("fake:ash"), PersonId("fake:bea"))
    then = Meeting(
        key="k",
        group=GROUP,
        people=people,
        card=say("card"),
        missed=say("missed"),
        not_before=moment,
        expires_at=moment,
    )

    assert read_again(json.dumps(json.loads(packed(then)) | {"stays": "PT30M"}), then) == then


def read_again(body: str, sending: Sending) -> Sending:
    return unpacked(body, {name: getattr(sending, name) for name in ("key", "group", "not_before", "expires_at")})


def test_of_what_is_held_in_memory_alone_only_the_code_is_packed() -> None:
    said = say("sit-seen-note", note=Held(code="abcdefgh"))

    assert json.loads(packed(_to_a_person(said)))["say"]["lines"][0]["args"] == {"note": {"held": "abcdefgh"}}


@given(people | words.map(lambda native: PlaceId.of("fake", native)), says)
def test_to_whom_it_goes_keeps_its_kind(recipient: PersonId | PlaceId, said: Say) -> None:
    moment = Instant.from_timestamp(0)
    message = Message(key="k", group=GROUP, to=recipient, say=said, not_before=moment, expires_at=moment)
    about = {"key": "k", "group": GROUP, "not_before": moment, "expires_at": moment}
    again = unpacked(packed(message), about)

    assert isinstance(again, Message)
    assert type(again.to) is type(recipient)


@given(tidyings, people)
def test_what_takes_something_away_is_not_taken_for_what_is_to_be_said(tidying: Tidying, person: PersonId) -> None:
    """What begins so is sent again before an answer, to learn which message it became."""
    assert not packed(tidying).startswith(beginning(person))


@given(messages)
def test_a_row_holds_nothing_that_a_database_cannot(sending: Message) -> None:
    body = packed(sending)

    assert "\x00" not in body
    assert json.loads(body).keys() <= {"person", "place", "say", "via", "fallback", "since", "tidied"}


@pytest.mark.parametrize("body", [_A_PING_BEFORE, _AN_ANSWER_BEFORE])
def test_a_message_packed_before_there_was_more_is_still_read(body: str) -> None:
    moment = Instant.from_timestamp(0)
    message = unpacked(body, {"key": "k", "group": GROUP, "not_before": moment, "expires_at": moment})

    assert isinstance(message, Message)
    assert (message.to, message.say, message.fallback) == (PersonId("fake:ash"), say("hello"), None)
    assert message.since is None
    assert json.loads(packed(message)) == {**json.loads(body), "since": 0}


def test_a_message_that_was_put_off_says_since_when_it_was_to_be_said() -> None:
    first, later, last = (Instant.from_timestamp(hour * 3600) for hour in (1, 2, 3))
    message = Message(key="k", group=GROUP, to=PersonId("fake:ash"), say=say("hi"), not_before=first, expires_at=last)
    again = unpacked(packed(message), {"key": "k", "group": GROUP, "not_before": later, "expires_at": last})

    assert isinstance(again, Message)
    assert (again.not_before, again.since, again.first) == (later, first, first)
    assert (message.since, message.first) == (None, first)


@given(builds(File, name=words, kind=words, content=binary(max_size=20)), _line(args))
def test_of_files_and_of_the_text_in_their_place_nothing_is_packed(file: File, shown: Line) -> None:
    here = say("here").handing(Handed(files=(file,), in_text=(shown,), later=(line("later"),)))

    assert packed(_to_a_person(here)) == packed(_to_a_person(say("later")))


def _to_a_person(said: Say) -> Message:
    moment, place = Instant.from_timestamp(0), PlaceId(GROUP)
    return Message(
        key="k",
        group=GROUP,
        to=PersonId.of("fake", "ash"),
        say=said,
        fallback=Fallback(place=place, say=said),
        not_before=moment,
        expires_at=moment,
    )
