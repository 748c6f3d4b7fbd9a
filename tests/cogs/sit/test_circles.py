"""Who hears of an ask, in which order, and how it stands when nobody answers."""

from collections.abc import Sequence

import pytest
from whenever import TimeDelta

from bot.domain.ids import PersonId, PlaceId
from bot.domain.sit.ask import SILENT_AFTER
from bot.domain.sit.reading import Heard
from bot.domain.sit.wishes import Circle, Tick
from tests.cogs.sit.test_meeting import commands, ids
from tests.cogs.sit.village import ASH, BEA, CAI, DEE, EVE, GROUP, Village, names_in

HOUR, MINUTE = TimeDelta(hours=1), TimeDelta(minutes=1)
ROOM = PlaceId.of("fake", "room")


def village() -> Village:
    """Return one in which Bea is on shift and Cai is open."""
    made = Village(on_shift=frozenset({BEA}))
    made.does(CAI, "sit open")
    return made


def heard(*circles: Circle, named: Sequence[PersonId] = ()) -> Heard:
    return Heard(circles=circles, named=frozenset(named))


def asked(made: Village) -> list[PersonId]:
    """Return who heard of the ask so far."""
    return [person for person in (BEA, CAI, DEE, EVE) if "sit-seen-now" in made.heard(person)]


def test_circle_after_circle_hears_of_it_ten_minutes_apart() -> None:
    made = village()
    made.does(ASH, "sit ask", who=heard(Circle.SHIFT, Circle.OPEN, Circle.ROOM), wait=HOUR)
    first = asked(made)
    made.goes_by(MINUTE * 10)
    second, before = asked(made), made.posted
    quiet = dict(before)
    made.goes_by(MINUTE * 10)

    assert (first, second, quiet) == ([BEA], [BEA, CAI], {})
    assert [said.lines[0].id for said in made.posted[ROOM]] == ["sit-seen-now"]


def test_how_fast_it_widens_is_the_askers_choice() -> None:
    made = village()
    made.does(ASH, "sit ask", who=heard(Circle.SHIFT, Circle.OPEN), every=MINUTE * 25)
    made.goes_by(MINUTE * 24)
    before = asked(made)
    made.goes_by(MINUTE)

    assert (before, asked(made)) == ([BEA], [BEA, CAI])


def test_a_circle_with_nobody_in_it_is_not_waited_for() -> None:
    made = village()
    made.on_shift = frozenset()
    made.does(ASH, "sit ask", who=heard(Circle.SHIFT, Circle.OPEN))

    assert asked(made) == [CAI]


def test_it_widens_no_further_while_somebody_has_offered() -> None:
    made = village()
    made.does(ASH, "sit ask", who=heard(Circle.SHIFT, Circle.OPEN))
    made.does(BEA, "sit can")
    made.goes_by(MINUTE * 20)
    before = asked(made)
    made.does(BEA, "sit withdraw")
    made.goes_by(MINUTE)

    assert (before, asked(made)) == ([BEA], [BEA, CAI])


def test_people_who_are_named_hear_of_it_without_a_name_and_nobody_else_does() -> None:
    made = village()
    preview = made.does(ASH, "sit", who=heard(Circle.NAMED, named=[DEE]))
    options = preview.choices[0].options
    made.does(ASH, "sit ask", draft=options["draft"])

    assert names_in(preview) == {DEE}
    assert DEE not in options.values()
    assert (asked(made), names_in(made.read[DEE][-1])) == ([DEE], set())


def test_anybody_of_the_room_may_answer_what_the_room_heard() -> None:
    made = village()
    made.does(ASH, "sit ask", who=heard(Circle.ROOM))
    made.does(EVE, "sit can")
    answer = made.does(ASH, "sit can", ask=made.code(ASH))

    assert (made.heard(EVE), made.heard(ASH)[-2]) == (["sit-can-thanks"], "sit-offered")
    assert ids(answer) == ["sit-over"]
    assert names_in(made.posted[ROOM][0]) == set()


def test_the_preview_says_who_will_hear_of_it_and_in_which_order() -> None:
    made = village()
    [first, *_] = made.does(ASH, "sit").lines
    [one, *_] = made.does(ASH, "sit", who=heard(Circle.SHIFT)).lines
    several = made.does(ASH, "sit", who=heard(Circle.SHIFT, Circle.ROOM))

    assert [first.id, one.id, several.lines[0].id] == ["sit-preview", "sit-preview-one", "sit-preview-circles"]
    assert several.choices[0].options["who"] == "shift then everyone"


def test_what_is_too_much_for_a_button_is_held_and_sent_as_it_was_shown() -> None:
    made = village()
    ticks = frozenset(Tick)
    preview = made.does(ASH, "sit", ticks=ticks, who=heard(Circle.OPEN, Circle.ROOM), people=3)
    options = dict(preview.choices[0].options)
    made.does(ASH, "sit ask", GROUP, **options)
    [ask] = made.asks.kept.values()

    assert list(options) == ["draft"]
    assert (ask.terms.ticks, ask.terms.sitters, ask.hearing.heard) == (ticks, 3, (Circle.OPEN,))


def unanswered() -> Village:
    """Return one in which nobody answered Ash in time."""
    made = village()
    made.does(ASH, "sit ask")
    made.goes_by(MINUTE * 30)
    return made


def test_nobody_yet_comes_when_promised_with_all_that_can_be_done() -> None:
    made = unanswered()
    told = made.read[ASH][-1]

    assert ids(told)[0] == "sit-nobody"
    assert commands(told) == ["sit wait on", "sit widen", "sit later", "sit withdraw"]


def test_after_nobody_yet_silence_ends_it_without_a_word() -> None:
    made = unanswered()
    before = {person: list(said) for person, said in made.read.items()}
    made.goes_by(SILENT_AFTER)

    assert (made.read, made.asks.kept, made.diary.dues) == (before, {}, {})


def test_waiting_on_looks_for_as_long_again_and_says_until_when() -> None:
    made = unanswered()
    answer = made.does(ASH, "sit wait on", wait=HOUR)
    made.does(DEE, "sit open")
    made.goes_by(MINUTE * 59)
    before = made.heard(ASH).count("sit-nobody")
    made.goes_by(MINUTE)

    assert ids(answer) == ["sit-waiting-on"]
    assert asked(made) == [CAI, DEE]
    assert (before, made.heard(ASH).count("sit-nobody")) == (1, 2)


def test_widening_puts_it_to_those_the_asker_had_not_said_and_in_the_end_to_the_room() -> None:
    made = unanswered()
    first = made.does(ASH, "sit widen")
    on_shift = asked(made)
    second = made.does(ASH, "sit widen")
    third = made.does(ASH, "sit widen")

    assert [ids(said) for said in (first, second, third)] == [["sit-waiting-on"], ["sit-waiting-on"], ["sit-widest"]]
    assert (on_shift, len(made.posted[ROOM])) == ([BEA, CAI], 1)


def test_a_later_time_is_a_new_ask_that_begins_with_the_same_people() -> None:
    made = unanswered()
    at = made.clock.now() + HOUR * 20
    answer = made.does(ASH, "sit later", at=at)
    [ask] = made.asks.kept.values()

    assert ids(answer) == ["sit-asked"]
    assert (ask.starts_at, ask.answer_by, made.heard(CAI)[-1]) == (at, at, "sit-seen-later")


def test_a_later_time_that_is_over_is_refused_and_the_ask_stays() -> None:
    made = unanswered()

    assert ids(made.does(ASH, "sit later", at=made.clock.now())) == ["sit-later-past"]
    assert len(made.asks.kept) == 1


def test_an_offer_after_nobody_yet_is_as_good_as_one_before() -> None:
    made = unanswered()
    made.does(CAI, "sit can")
    made.does(ASH, "sit pick")

    assert made.rooms[0].people == (ASH, CAI)


@pytest.mark.parametrize("word", ["wait on", "widen", "later"])
def test_with_an_offer_there_is_nothing_to_wait_for(word: str) -> None:
    made = village()
    made.does(ASH, "sit ask")
    made.does(CAI, "sit can")
    options = {"at": made.clock.now() + HOUR} if word == "later" else {}

    assert ids(made.does(ASH, f"sit {word}", GROUP, **options)) == ["sit-someone-can"]


def test_never_paired_holds_in_every_circle_and_the_askers_view_is_that_of_silence() -> None:
    views = []
    for apart in (True, False):
        made = village()
        if apart:
            made.apart.lines.add((GROUP, BEA, ASH))
        made.does(ASH, "sit ask", who=heard(Circle.NAMED, Circle.SHIFT, Circle.ROOM, named=[BEA]))
        made.goes_by(HOUR)
        views.append([said.lines for said in made.read[ASH]])
        assert ("sit-seen-now" in made.heard(BEA)) is not apart

    assert views[0] == views[1]


def test_of_several_no_two_who_are_kept_apart_can_be_picked_together() -> None:
    made = village()
    made.does(DEE, "sit open")
    made.apart.lines.add((GROUP, CAI, DEE))
    made.does(ASH, "sit ask", people=2)
    made.does(CAI, "sit can")
    made.does(DEE, "sit can")
    picked = made.does(ASH, "sit pick", offer=1)

    assert commands(picked) == ["sit begin", "sit withdraw"]
    assert ids(made.does(ASH, "sit pick", offer=2)) == ["sit-no-such-offer"]


def test_of_several_whoever_is_kept_apart_from_one_who_was_picked_hears_what_all_hear_who_were_not() -> None:
    made = village()
    for person in (DEE, EVE):
        made.does(person, "sit open")
    made.apart.lines.add((GROUP, CAI, DEE))
    made.does(ASH, "sit ask", people=3)
    for person in (CAI, DEE, EVE):
        made.does(person, "sit can")
    for offer in (1, 3):
        made.does(ASH, "sit pick", offer=offer)
    again = made.does(DEE, "sit can", ask=made.code(ASH))
    made.does(ASH, "sit begin")

    assert ids(again) == ["sit-can-already"]
    assert (made.rooms[0].people, made.heard(DEE)[-1]) == ((ASH, CAI, EVE), "sit-thanks")
