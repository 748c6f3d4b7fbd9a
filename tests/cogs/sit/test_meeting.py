"""They meet: the card, what changes it, stepping away, the gentle word, and the end."""

from collections.abc import Iterable

import pytest
from whenever import Instant, TimeDelta

from bot.domain.commands import Trait
from bot.domain.ids import PersonId, PlaceId
from bot.domain.saying import Held, Say
from bot.domain.sit.ask import LINGERS, MINDED, OPENS_WITHIN
from bot.domain.sit.wishes import Tick
from tests.cogs.sit.village import ASH, BEA, CAI, DEE, GROUP, Village, names_in

HOUR, MINUTE = TimeDelta(hours=1), TimeDelta(minutes=1)
STAYS = frozenset({Trait.CLEARING})


def meeting(traits: frozenset[Trait] = STAYS, people: Iterable[PersonId] = (BEA,), **options: object) -> Village:
    """Return a village in which Ash and these have just come together, for an hour."""
    village = Village(traits=traits)
    them = list(people)
    for person in them:
        village.does(person, "sit open")
    village.does(ASH, "sit ask", GROUP, length=HOUR, people=len(them), **options)
    for number, person in enumerate(them, start=1):
        village.does(person, "sit can")
        village.does(ASH, "sit pick", offer=number)
    return village


def room_of(village: Village) -> PlaceId:
    """Return where they are."""
    return PlaceId.of("fake", village.rooms[-1].key)


def posted(village: Village) -> list[str]:
    """Return the ids of the first sentences said in the room."""
    return [said.lines[0].id for said in village.posted[room_of(village)]]


def ids(said: Say) -> list[str]:
    """Return the ids of its sentences."""
    return [line.id for line in said.lines]


def commands(said: Say) -> list[str]:
    """Return what can be chosen."""
    return [choice.command for choice in said.choices]


def test_the_card_says_who_how_long_what_was_agreed_and_how_to_step_away() -> None:
    village = meeting(wanted="voice", ticks=frozenset({Tick.NO_ADVICE, Tick.HUMOUR}))
    [card] = village.posted[room_of(village)]

    assert ids(card) == [
        "sit-card",
        "sit-card-people",
        "sit-card-kind",
        "sit-card-length",
        "sit-off",
        "sit-ticks-welcome",
        "sit-card-voice",
        "sit-card-leave",
        "sit-card-change",
        "sit-card-clears",
    ]
    assert (names_in(card), commands(card)) == ({ASH, BEA}, ["sit leave"])


@pytest.mark.parametrize(
    ("traits", "after", "said"),
    [(STAYS, "goes", "sit-card-clears"), (STAYS, "stays", "sit-card-stays"), (frozenset(), "goes", "sit-card-bot")],
)
def test_the_card_says_what_becomes_of_the_room(traits: frozenset[Trait], after: str, said: str) -> None:
    village = meeting(traits, after=after)

    assert ids(village.posted[room_of(village)][0])[-1] == said


@pytest.mark.parametrize("who", [ASH, BEA])
def test_either_steps_away_with_a_word_and_the_room_is_closed_to_both(who: PersonId) -> None:
    village = meeting()
    other = BEA if who == ASH else ASH
    answer = village.does(who, "sit leave")
    told = village.read[other][-1]

    assert (ids(answer)[0], ids(told)[0]) == ("sit-stepped-away", "sit-one-stepped-away")
    assert names_in(told) == set()
    assert (village.inside, village.gone) == ({}, [village.rooms[0].key])
    assert (village.asks.kept, village.diary.dues) == ({}, {})


def test_where_the_bot_has_left_the_other_hears_the_same_and_whoever_goes_is_told_how() -> None:
    village = meeting(traits=frozenset())
    answer = village.does(BEA, "sit leave")

    assert (ids(answer)[0], village.heard(ASH)[-1]) == ("sit-stepped-away-yourself", "sit-one-stepped-away")
    assert village.asks.kept == {}


def test_after_a_step_away_nothing_more_is_said() -> None:
    village = meeting()
    village.does(BEA, "sit leave")
    before = [len(village.read[person]) for person in (ASH, BEA)]
    village.goes_by(HOUR * 48)

    assert [len(village.read[person]) for person in (ASH, BEA)] == before
    assert ids(village.does(BEA, "sit leave")) == ["sit-in-none"]


def test_one_word_that_withdraws_also_steps_away() -> None:
    village = meeting()
    village.does(ASH, "sit withdraw")

    assert village.heard(BEA)[-1] == "sit-one-stepped-away"


def test_at_the_agreed_time_there_is_one_gentle_word_and_a_while_later_all_of_it_goes() -> None:
    village = meeting()
    village.goes_by(HOUR)
    word = village.posted[room_of(village)][-1]
    village.goes_by(LINGERS - MINUTE)
    before = posted(village)
    village.goes_by(MINUTE)

    assert (ids(word), commands(word)) == (["sit-time-come"], ["sit longer", "sit leave"])
    assert before == ["sit-card", "sit-time-come"]
    assert [village.heard(person)[-1] for person in (ASH, BEA)] == ["sit-done", "sit-done"]
    assert village.gone == [village.rooms[0].key]
    assert (village.asks.kept, village.diary.dues) == ({}, {})


def test_a_room_that_is_left_to_them_is_left_and_nobody_is_put_out() -> None:
    village = meeting(after="stays")
    village.goes_by(HOUR * 2)

    assert (village.gone, village.inside[village.rooms[0].key]) == ([], {ASH, BEA})
    assert village.asks.kept == {}


def test_where_the_bot_has_left_the_word_and_the_end_come_to_each_alone() -> None:
    village = meeting(traits=frozenset())
    village.goes_by(HOUR * 2)

    for person in (ASH, BEA):
        assert village.heard(person)[-2:] == ["sit-time-come", "sit-done"]
    assert posted(village) == ["sit-card"]


def test_longer_is_shown_to_nobody_before_all_would_like_it_and_then_it_goes_on() -> None:
    village = meeting()
    village.goes_by(HOUR)
    before = [list(village.read[ASH]), posted(village)]
    one = village.does(BEA, "sit longer")
    after = [list(village.read[ASH]), posted(village)]
    village.does(ASH, "sit longer")
    village.goes_by(TimeDelta(minutes=29))
    quiet = posted(village)
    village.goes_by(MINUTE)

    assert (ids(one), before) == (["sit-longer-wished"], after)
    assert quiet == ["sit-card", "sit-time-come", "sit-longer-for-all"]
    assert posted(village) == [*quiet, "sit-time-come"]


def test_longer_is_asked_for_when_the_time_is_over_and_not_before() -> None:
    village = meeting()

    assert ids(village.does(BEA, "sit longer")) == ["sit-longer-not-now"]


def test_a_change_is_put_to_the_other_and_is_so_with_their_yes() -> None:
    village = meeting()
    asked = village.does(BEA, "sit change", wanted="talk", length=MINUTE * 20)
    wished = village.posted[room_of(village)][-1]
    yes = village.does(ASH, "sit agree")
    village.goes_by(MINUTE * 20)

    assert (ids(asked), ids(yes)) == (["sit-change-proposed"], ["sit-change-agreed"])
    assert (ids(wished)[0], commands(wished)) == ("sit-change-wished", ["sit agree"])
    assert posted(village) == ["sit-card", "sit-change-wished", "sit-card-changed", "sit-time-come"]


def test_a_change_that_nobody_says_yes_to_changes_nothing_and_no_no_is_heard() -> None:
    village = meeting()
    village.does(BEA, "sit change", length=MINUTE * 20)
    village.goes_by(HOUR - MINUTE)

    assert posted(village) == ["sit-card", "sit-change-wished"]
    assert ids(village.does(BEA, "sit agree")) == ["sit-change-gone"]


def test_a_change_must_say_what() -> None:
    assert ids(meeting().does(ASH, "sit change")) == ["sit-change-how"]


def test_of_several_all_meet_in_one_room_and_who_steps_away_goes_alone() -> None:
    village = meeting(people=(BEA, CAI))
    key = village.rooms[-1].key
    together = set(village.inside[key])
    answer = village.does(ASH, "sit leave")

    assert together == {ASH, BEA, CAI}
    assert (ids(answer)[0], posted(village)[-1]) == ("sit-stepped-away", "sit-one-of-several-away")
    assert village.inside[key] == {BEA, CAI}
    village.does(BEA, "sit leave")
    assert (village.gone, village.asks.kept, village.heard(CAI)[-1]) == ([key], {}, "sit-one-stepped-away")


def test_of_several_the_picked_hear_so_at_once_and_the_asker_may_meet_before_there_are_all() -> None:
    village = Village(traits=STAYS)
    for person in (BEA, CAI):
        village.does(person, "sit open")
    village.does(ASH, "sit ask", people=3)
    for person in (BEA, CAI):
        village.does(person, "sit can")
    picked = village.does(ASH, "sit pick", offer=2)
    heard, rooms = village.heard(CAI)[-1], len(village.rooms)
    village.does(ASH, "sit begin")

    assert (ids(picked), commands(picked)) == (["sit-picked-one"], ["sit pick", "sit begin", "sit withdraw"])
    assert (heard, rooms) == ("sit-picked-you-of-several", 0)
    assert (village.rooms[0].people, village.heard(BEA)[-1]) == ((ASH, CAI), "sit-thanks")
    assert "sit-picked-you-now" in village.heard(CAI)


def test_of_several_those_picked_meet_when_the_time_for_finding_more_is_over() -> None:
    village = Village(traits=STAYS)
    for person in (BEA, CAI):
        village.does(person, "sit open")
    village.does(ASH, "sit ask", people=3)
    village.does(BEA, "sit can")
    village.does(ASH, "sit pick")
    village.goes_by(TimeDelta(minutes=30))

    assert village.rooms[0].people == (ASH, BEA)
    assert "sit-you-picked-now" in village.heard(ASH)


@pytest.mark.parametrize("fault", ["no room", "one does not come"])
def test_when_the_room_does_not_come_about_all_hear_the_same_and_nothing_is_left(fault: str) -> None:
    village = Village(traits=STAYS, no_rooms=fault == "no room", absent=frozenset({BEA} if fault != "no room" else ()))
    village.does(BEA, "sit open")
    village.does(ASH, "sit ask")
    village.does(BEA, "sit can")
    village.does(ASH, "sit pick")

    assert [village.heard(person)[-1] for person in (ASH, BEA)] == ["sit-missed", "sit-missed"]
    assert (village.asks.kept, village.diary.dues) == ({}, {})


def slow() -> Village:
    """Return a village in which the room of Ash and Bea is still on its way."""
    village = Village(traits=STAYS, slow=True)
    village.does(BEA, "sit open")
    village.does(ASH, "sit ask")
    village.does(BEA, "sit can")
    village.does(ASH, "sit pick")
    return village


def test_who_steps_away_before_the_room_is_open_calls_it_off_and_a_room_that_still_comes_is_closed() -> None:
    village = slow()
    village.does(BEA, "sit withdraw")
    told = village.heard(ASH)[-1]
    village.slow = False
    village.deliver()
    village.rooms_come_about()
    village.deliver()

    assert told == "sit-one-stepped-away"
    assert village.inside == {}
    assert village.asks.kept == {}


def test_a_room_that_the_platform_never_speaks_of_again_is_given_up_in_the_end() -> None:
    village = slow()
    village.goes_by(OPENS_WITHIN + MINDED)

    assert [village.heard(person)[-1] for person in (ASH, BEA)] == ["sit-missed", "sit-missed"]
    assert (village.asks.kept, village.diary.dues) == ({}, {})


def test_whoever_sits_with_somebody_is_not_asked_meanwhile() -> None:
    village = meeting()
    village.does(DEE, "sit ask")

    assert village.heard(BEA)[-1] != "sit-seen-now"
    assert village.heard(DEE)[-1] == "sit-asked-nobody-open"


def test_whoever_is_in_two_sits_says_which_one_or_is_understood_in_its_room() -> None:
    village = meeting()
    village.does(CAI, "sit open")
    village.does(BEA, "sit ask")
    village.does(CAI, "sit can")
    village.does(BEA, "sit pick")
    unclear = village.does(BEA, "sit leave")
    village.here = room_of(village)
    village.does(BEA, "sit leave")

    assert ids(unclear) == ["sit-which"]
    assert (village.heard(CAI)[-1], village.gone) == ("sit-one-stepped-away", [village.rooms[1].key])


@pytest.mark.parametrize("word", ["leave", "change", "agree", "longer"])
def test_nobody_else_can_do_anything_in_a_sit(word: str) -> None:
    village = meeting()
    [ask] = village.asks.kept.values()

    assert ids(village.does(CAI, f"sit {word}", ask=ask.id)) == ["sit-over"]


def test_when_somebody_leaves_the_group_their_sit_ends_as_if_they_had_stepped_away() -> None:
    village = meeting()
    village.leaves(BEA)

    assert (village.heard(ASH)[-1], village.asks.kept) == ("sit-one-stepped-away", {})


def test_a_house_that_was_away_past_the_end_says_no_word_that_is_hours_late() -> None:
    village = meeting()
    village.clock.time += HOUR * 9
    village.goes_by(MINUTE)

    assert posted(village) == ["sit-card"]
    assert (village.asks.kept, village.gone) == ({}, [village.rooms[0].key])


def test_a_line_of_ones_own_stands_in_memory_and_goes_with_the_sit() -> None:
    village = Village(traits=STAYS)
    village.does(BEA, "sit open")
    preview = village.does(ASH, "sit", note="please just sit there")
    draft = preview.choices[0].options["draft"]
    village.does(ASH, "sit ask", draft=draft)
    code = village.code(ASH)
    held = village.memory.recall(code)
    invitation = village.read[BEA][-1]
    village.does(BEA, "sit can")
    village.does(ASH, "sit pick")
    [card] = village.posted[room_of(village)]
    village.does(BEA, "sit leave")

    assert held == "please just sit there"
    for said in (invitation, card):
        assert [line.args["note"] for line in said.lines if "note" in line.args] == [Held(code=code)]
    assert "just sit there" not in str([village.asks.kept, village.outbox, village.diary, invitation, card, preview])
    assert village.memory.recall(code) is None


def test_a_line_that_went_with_the_process_is_asked_for_again_when_it_matters() -> None:
    village = Village()
    village.does(BEA, "sit open")
    village.does(ASH, "sit ask", note="please just sit there")
    village.memory.drop(village.code(ASH))
    village.does(BEA, "sit can")
    told = ids(village.read[ASH][-1])
    again = village.does(ASH, "sit note", note="as I said")

    assert told == ["sit-offered", "sit-note-lost"]
    assert (ids(again), village.memory.recall(village.code(ASH))) == (["sit-note-held"], "as I said")


def test_what_was_shown_and_is_gone_is_not_sent() -> None:
    village = Village()

    assert ids(village.does(ASH, "sit ask", draft="aaaaaaaa")) == ["sit-draft-gone"]
    assert village.asks.kept == {}


def test_the_end_is_told_with_what_may_follow_and_leaving_it_leaves_nothing() -> None:
    village = meeting()
    village.goes_by(HOUR * 2)
    for person in (ASH, BEA):
        said = village.read[person][-1]
        assert "sit-after-free" in ids(said)
        assert "sit" in commands(said)
    village.goes_by(HOUR * 24 * 8)

    assert (village.asks.kept, village.diary.dues, village.outbox.waiting) == ({}, {}, {})


def test_time_begins_when_they_are_together_however_long_the_room_took() -> None:
    village = slow()
    village.goes_by(MINUTE * 20)
    village.slow = False
    village.rooms_come_about()
    [ask] = village.asks.kept.values()
    begun: Instant = village.clock.now()

    assert ask.ends_at == begun + MINUTE * 30
