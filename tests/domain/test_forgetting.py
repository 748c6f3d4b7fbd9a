"""What others are still to hear, once it names somebody no more."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from whenever import Instant, TimeDelta

from bot.domain.forgetting import SOMEONE, without
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Departure, Fallback, Meeting, Message, Tidying
from bot.domain.saying import Arg, Choice, Say, line, say

NOON = Instant.from_utc(2026, 11, 23, 12)
HOUR = TimeDelta(hours=1)
GROUP = GroupId.of("fake", "group")
ASH, BEA, CAI = (PersonId.of("fake", name) for name in ("ash", "bea", "cai"))
ROOM = PlaceId.of("fake", "room")

ARGS: st.SearchStrategy[Arg] = st.recursive(
    st.sampled_from((ASH, BEA, CAI, ROOM, "words", 3)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple), inner.map(lambda arg: line("inner", arg=arg)), inner
    ),
    max_leaves=6,
)
SAYS = st.builds(
    Say,
    lines=st.lists(ARGS.map(lambda arg: line("said", arg=arg)), min_size=1, max_size=3).map(tuple),
    choices=st.lists(
        st.builds(
            Choice,
            label=ARGS.map(lambda arg: line("label", arg=arg)),
            command=st.just("sit pick"),
            undo=st.one_of(st.none(), ARGS.map(lambda arg: line("stands", arg=arg))),
        ),
        max_size=3,
    ).map(tuple),
    rings=st.lists(st.sampled_from((ASH, BEA)), max_size=2).map(tuple),
)


def message(said: Say, to: PersonId | PlaceId = BEA) -> Message:
    return Message(key="key", group=GROUP, to=to, say=said, not_before=NOON, expires_at=NOON + HOUR)


MEETING = Meeting(
    key="sit:a:room",
    group=GROUP,
    people=(ASH, BEA),
    card=say("sit-card"),
    missed=say("sit-missed"),
    not_before=NOON,
    expires_at=NOON + HOUR,
)


@given(said=SAYS, fallback=SAYS)
def test_nobody_hears_of_them_wherever_they_were_named(said: Say, fallback: Say) -> None:
    sending = replace(message(said), fallback=Fallback(place=ROOM, say=fallback))
    [after] = without(sending, ASH, NOON)

    assert ASH not in str(after)
    assert without(after, ASH, NOON) == (after,)


@given(said=SAYS)
def test_what_does_not_name_them_is_said_as_it_was(said: Say) -> None:
    assert without(message(said), PersonId.of("fake", "ashley"), NOON) == (message(said),)


def test_nothing_is_said_to_them_any_more() -> None:
    assert without(message(say("hello"), ASH), ASH, NOON) == ()


def test_they_are_someone_and_of_several_people_the_others_are_left() -> None:
    said = say("open", one=ASH, several=(ASH, BEA), alone=(ASH,), nobody=())
    [after] = without(message(said), ASH, NOON)

    assert isinstance(after, Message)
    assert dict(after.say.lines[0].args) == {"one": SOMEONE, "several": (BEA,), "alone": (SOMEONE,), "nobody": ()}


def test_they_can_be_picked_no_more_and_others_can() -> None:
    picks = tuple(Choice(label=line("sit-with", person=person), command="sit pick") for person in (ASH, CAI))
    [after] = without(message(say("offered").offering(*picks)), ASH, NOON)

    assert isinstance(after, Message)
    assert after.say.choices == picks[1:]


def test_a_meeting_with_them_is_called_off_and_the_other_hears_what_anybody_does() -> None:
    departure, told = without(MEETING, ASH, NOON)

    assert isinstance(departure, Departure)
    assert (departure.room, departure.closing) == (MEETING.key, True)
    assert isinstance(told, Message)
    assert (told.to, told.say) == (BEA, MEETING.missed)


def test_meetings_of_others_go_on() -> None:
    assert without(MEETING, CAI, NOON) == (MEETING,)
    departure = Departure(key="k", group=GROUP, room="r", closing=True, not_before=NOON, expires_at=NOON)
    assert without(departure, ASH, NOON) == (departure,)


def test_nothing_is_taken_away_from_them_any_more_and_from_others_it_is() -> None:
    theirs = Tidying(key="k", group=GROUP, of="said", to=ASH, not_before=NOON, expires_at=NOON + HOUR)

    assert (without(theirs, ASH, NOON), without(theirs, BEA, NOON)) == ((), (theirs,))
