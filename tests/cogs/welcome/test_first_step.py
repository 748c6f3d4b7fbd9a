"""A group's first step: who has not taken it is not asked and cannot offer, and asks for company like everybody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Time, TimeDelta

from bot.domain.firststep import FirstStep, Stay
from bot.domain.group import GroupWays
from bot.domain.ids import PersonId
from bot.domain.outgoing import Message
from bot.domain.people import Wish
from bot.domain.quiet import Quiet
from bot.domain.saying import Say
from bot.domain.sit.reading import Heard
from bot.domain.sit.wishes import Circle
from tests.cogs.sit.village import ASH, BEA, CAI, DEE, ELSEWHERE, EVE, EVERYBODY, GROUP, Village, done, names_in

DAY = TimeDelta(hours=24)
TWO_WEEKS, TWO_WELCOMES = FirstStep(days=14), FirstStep(welcomes=2)


def village_with(step: FirstStep, **days: int) -> Village:
    """Return a village that asks for a step; people are there for so many days, the others for a year."""
    made = Village()
    made.groups.kept[GROUP] = GroupWays(first_step=step)
    now = made.clock.now()
    made.stays.told = {
        person: Stay(here=True, since=now - days.get(person.native, 365) * DAY, exact=True) for person in EVERYBODY
    }
    return made


def ids(said: Say) -> list[str]:
    return [line.id for line in said.lines]


def welcomed(village: Village, person: PersonId, *by: PersonId) -> None:
    for each in by:
        village.does(each, "sit welcome", whom=person)


def asked(village: Village) -> set[PersonId]:
    """Let Ash ask, and return who was asked."""
    village.does(ASH, "sit ask")
    return {person for person in EVERYBODY if "sit-seen-now" in village.heard(person)}


# Who is asked, and who may say yes.


def test_an_ask_is_put_to_those_who_have_taken_the_step_and_the_others_need_do_nothing_to_be_asked_later() -> None:
    village = village_with(TWO_WEEKS, bea=13)
    for person in (BEA, CAI):
        village.does(person, "sit open")
    first = asked(village)
    village.does(ASH, "sit withdraw")
    village.goes_by(DAY)
    village.read.clear()

    assert first == {CAI}
    assert asked(village) == {BEA, CAI}


def test_being_open_is_kept_beforehand_and_its_answer_says_what_the_group_asks_for_and_from_when_on_that_is() -> None:
    village = village_with(TWO_WEEKS, bea=13)
    said = village.does(BEA, "sit open")
    at = (village.clock.now() + DAY).to_tz("Europe/London")

    assert ids(said) == ["sit-open-now", "first-step-days", "first-step-how-days"]
    assert (said.lines[1].args["days"], said.lines[2].args["at"]) == (14, at)
    assert (GROUP, BEA) in village.openings.kept


def test_who_has_taken_it_hears_a_yes_and_no_number() -> None:
    village = village_with(TWO_WELCOMES)
    welcomed(village, BEA, ASH, CAI, DEE)
    said = village.does(BEA, "sit open")

    assert ids(said) == ["sit-open-now", "first-step-taken"]
    assert dict(said.lines[1].args) == {}


@pytest.mark.parametrize(
    ("step", "told", "refusal", "how"),
    [
        (TWO_WEEKS, Stay(here=True, since=Village().clock.now(), exact=True), "days", "days"),
        (TWO_WEEKS, Stay(here=True, since=Village().clock.now(), exact=False), "untold", "untold"),
        (TWO_WEEKS, None, "untold", "untold"),
        (TWO_WELCOMES, None, "welcomes", "welcomes"),
    ],
)
def test_who_was_asked_before_the_group_set_a_step_cannot_say_yes_and_reads_what_would_work(
    step: FirstStep, told: Stay | None, refusal: str, how: str
) -> None:
    village = Village()
    village.does(BEA, "sit open")
    village.does(ASH, "sit ask")
    village.groups.kept[GROUP] = GroupWays(first_step=step)
    village.stays.told = {} if told is None else {BEA: told}
    said = village.does(BEA, "sit can")
    opened = village.does(BEA, "sit open")

    assert ids(said) == [f"first-step-refused-{refusal}"]
    assert ids(opened)[-1] == f"first-step-how-{how}"
    assert "sit-offered" not in village.heard(ASH)


def test_a_yes_from_before_the_group_set_a_step_stands_and_can_be_picked() -> None:
    village = Village()
    village.does(BEA, "sit open")
    village.does(ASH, "sit ask")
    village.does(BEA, "sit can")
    village.groups.kept[GROUP] = GroupWays(first_step=TWO_WELCOMES)
    again = village.does(BEA, "sit can")
    village.does(ASH, "sit pick")

    assert ids(again) == ["sit-can-already"]
    assert [set(room.people) for room in village.rooms] == [{ASH, BEA}]


def test_who_opens_before_they_have_taken_it_is_put_to_nothing_that_is_asked_already() -> None:
    village = village_with(TWO_WELCOMES)
    village.does(ASH, "sit ask")
    village.does(BEA, "sit open")

    assert village.heard(BEA) == ["sit-open-now"]


def test_who_opens_once_they_have_taken_it_is_put_to_what_is_asked_already() -> None:
    village = village_with(TWO_WELCOMES)
    village.does(BEA, "sit open")
    village.does(ASH, "sit ask")
    before = village.heard(BEA)
    welcomed(village, BEA, CAI, DEE)
    village.does(BEA, "sit open")

    assert "sit-seen-now" not in before
    assert village.heard(BEA)[-1] == "sit-seen-now"


@given(step=st.sampled_from([FirstStep(days=300), TWO_WELCOMES]), wanted=st.sampled_from(["quiet", "talk"]))
@settings(max_examples=10)
def test_asking_needs_no_first_step_ever(step: FirstStep, wanted: str) -> None:
    village = village_with(step, ash=0)
    welcomed(village, BEA, CAI, DEE)
    village.does(BEA, "sit open")
    preview = village.does(ASH, "sit", wanted=wanted)
    village.does(ASH, "sit ask", wanted=wanted)
    village.does(BEA, "sit can")
    village.does(ASH, "sit pick")

    assert [choice.command for choice in preview.choices] == ["sit ask"]
    assert [set(room.people) for room in village.rooms] == [{ASH, BEA}]


def test_no_world_is_asked_since_when_anybody_is_there_unless_the_step_is_one_of_days() -> None:
    for step in (FirstStep(), TWO_WELCOMES):
        village = village_with(step)
        village.does(BEA, "sit open")
        village.does(ASH, "sit ask")

        assert village.stays.asked == []


@given(
    steps=st.sampled_from([FirstStep(), TWO_WEEKS, FirstStep(days=3), FirstStep(welcomes=1), TWO_WELCOMES]),
    days=st.dictionaries(st.sampled_from(["bea", "cai", "dee", "eve"]), st.integers(0, 20)),
    welcomes=st.sets(st.tuples(st.sampled_from(EVERYBODY[1:]), st.sampled_from(EVERYBODY)), max_size=8),
)
@settings(max_examples=60)
def test_whoever_is_asked_could_say_yes_and_nobody_else_can(
    steps: FirstStep, days: dict[str, int], welcomes: set[tuple[PersonId, PersonId]]
) -> None:
    village = village_with(steps, **days)
    village.welcomes.kept = {(GROUP, person, by) for person, by in welcomes if person != by}
    for person in EVERYBODY[1:]:
        village.does(person, "sit open")
    there = asked(village)
    village.groups.kept[GROUP] = GroupWays()
    for person in EVERYBODY[1:]:
        village.does(person, "sit open")
    village.groups.kept[GROUP] = GroupWays(first_step=steps)
    for person in EVERYBODY[1:]:
        village.does(person, "sit can")

    [ask] = village.asks.kept.values()
    assert {offer.person for offer in ask.offers} == there


# Welcomes.


def test_a_welcome_is_kept_and_the_one_who_is_welcomed_hears_one_plain_sentence() -> None:
    village = village_with(TWO_WELCOMES)
    said = village.does(ASH, "sit welcome", whom=BEA)
    [told] = village.take_sent()

    assert ids(said) == ["welcome-kept"]
    assert isinstance(told, Message)
    assert (told.to, ids(told.say), told.say.choices) == (BEA, ["welcome-told"], ())
    assert village.welcomes.kept == {(GROUP, BEA, ASH)}


def test_it_can_be_taken_back_by_choice_or_by_name_and_nobody_hears_of_that() -> None:
    for typed in (True, False):
        village = village_with(TWO_WELCOMES)
        [back] = village.does(ASH, "sit welcome", whom=BEA).choices
        village.take_sent()
        said = village.does(ASH, "sit welcome", whom=BEA if typed else back.options["whom"], answer="off")

        assert back.typed == f"sit welcome {BEA.mark} off"
        assert ids(said) == ["welcome-gone"]
        assert village.welcomes.kept == set()
        assert village.take_sent() == []


def test_given_again_it_is_not_told_again() -> None:
    village = village_with(TWO_WELCOMES)
    for answer in ("on", "off", "on"):
        village.does(ASH, "sit welcome", whom=BEA, answer=answer)

    assert village.heard(BEA) == ["welcome-told"]


def test_taken_back_before_it_was_told_it_is_never_told() -> None:
    village = village_with(TWO_WELCOMES)
    village.cut_off = True
    welcomed(village, BEA, ASH)
    village.does(ASH, "sit welcome", whom=BEA, answer="off")
    village.cut_off = False
    village.deliver()

    assert BEA not in village.read


def test_in_quiet_hours_it_waits_until_they_are_over() -> None:
    village = village_with(TWO_WELCOMES)
    done(village.people.keep(GROUP, BEA, Wish(zone="UTC", quiet=Quiet(starts=Time(11), ends=Time(14)))))
    welcomed(village, BEA, ASH)
    before = village.heard(BEA)
    village.clock.move(TimeDelta(hours=2))
    village.deliver()

    assert (before, village.heard(BEA)) == ([], ["welcome-told"])


def test_what_was_never_given_is_not_taken_back_and_what_was_can_be_also_when_nothing_is_asked_any_more() -> None:
    village = village_with(TWO_WELCOMES)
    nothing = [village.does(ASH, "sit welcome", whom=whom, answer="off") for whom in (BEA, BEA.mark)]
    welcomed(village, BEA, ASH)
    village.groups.kept[GROUP] = GroupWays()
    gone = village.does(ASH, "sit welcome", whom=BEA, answer="off")

    assert [ids(said) for said in nothing] == [["welcome-not-given"]] * 2
    assert (ids(gone), village.welcomes.kept) == (["welcome-gone"], set())


@pytest.mark.parametrize(
    ("step", "whom", "stay", "refusal"),
    [
        (TWO_WELCOMES, ASH, Stay(here=True), "welcome-self"),
        (TWO_WELCOMES, BEA, Stay(here=False), "welcome-not-here"),
        (TWO_WELCOMES, BEA, None, "welcome-untold"),
        (FirstStep(), BEA, Stay(here=True), "welcome-nothing-asked"),
        (TWO_WELCOMES, "0123456789abcdef", Stay(here=True), "someone-unclear"),
    ],
)
def test_who_cannot_be_welcomed_is_not_and_nobody_hears_of_it(
    step: FirstStep, whom: PersonId | str, stay: Stay | None, refusal: str
) -> None:
    village = village_with(step)
    village.stays.told = {} if stay is None else dict.fromkeys(EVERYBODY, stay)
    said = village.does(ASH, "sit welcome", whom=whom)

    assert ids(said) == [refusal]
    assert village.take_sent() == []


def test_days_that_nobody_can_tell_of_are_made_up_for_by_two_members_welcome() -> None:
    village = village_with(TWO_WEEKS)
    village.stays.told[BEA] = Stay(here=True)
    welcomed(village, BEA, CAI)
    one = village.does(BEA, "sit open")
    welcomed(village, BEA, DEE)
    two = village.does(BEA, "sit open")

    assert (ids(one)[-1], ids(two)[-1]) == ("first-step-how-untold", "first-step-taken")


def test_shown_without_a_name_are_the_ones_a_person_welcomed_and_a_yes_or_no_about_themselves() -> None:
    village = village_with(TWO_WELCOMES)
    for by in (BEA, CAI, DEE):
        welcomed(village, ASH, by)
    welcomed(village, EVE, ASH)
    said = village.does(ASH, "sit welcome")
    nothing_asked = village.does(ASH, "sit welcome", group=ELSEWHERE)

    assert ids(said) == ["welcome-intro", "first-step-taken", "welcome-yours", "welcome-person", "welcome-how"]
    assert names_in(said) == {EVE}
    assert [dict(choice.options) for choice in said.choices] == [{"whom": EVE.mark, "answer": "off"}]
    assert ids(nothing_asked) == ["welcome-intro", "first-step-nothing", "welcome-how"]


# Never being paired.


def everything(*, lines: bool) -> tuple[object, ...]:
    """Return all that Ash, who is not to know of a line of Bea's, hears, and what is kept of welcomes."""
    village = village_with(TWO_WELCOMES)
    if lines:
        done(village.apart.keep(GROUP, BEA, ASH))
    welcomed(village, BEA, ASH, CAI)
    shown = village.does(ASH, "sit welcome")
    for answer in ("off", "on"):
        village.does(ASH, "sit welcome", whom=BEA, answer=answer)
    village.does(BEA, "sit welcome", whom=ASH)
    may = done(village.first_steps.may_offer(GROUP, frozenset(EVERYBODY), village.clock.now()))
    return village.read[ASH][:1], ids(shown), village.read[ASH], village.welcomes.kept, may


def test_a_line_changes_nothing_for_the_one_it_names_and_nothing_of_the_step() -> None:
    assert everything(lines=True) == everything(lines=False)


def test_who_wants_never_to_be_paired_with_somebody_hears_nothing_of_their_welcome_which_counts_all_the_same() -> None:
    village = village_with(FirstStep(welcomes=1))
    done(village.apart.keep(GROUP, BEA, ASH))
    welcomed(village, BEA, ASH)
    opened = village.does(BEA, "sit open")

    assert village.heard(BEA) == ["sit-open-now"]
    assert ids(opened)[-1] == "first-step-taken"


def test_named_before_it_was_told_it_is_never_told_and_stands() -> None:
    village = village_with(TWO_WELCOMES)
    village.cut_off = True
    welcomed(village, BEA, ASH)
    done(village.apart.keep(GROUP, BEA, ASH))
    done(village.welcoming.separate(GROUP, BEA, ASH, village.clock.now()))
    village.cut_off = False
    village.deliver()

    assert BEA not in village.read
    assert village.welcomes.kept == {(GROUP, BEA, ASH)}


@pytest.mark.parametrize(("welcomes", "answer"), [(0, "first-step-refused-welcomes"), (2, "sit-can-thanks")])
def test_who_is_kept_apart_from_the_asker_is_answered_by_the_step_alone_as_if_there_were_no_line(
    welcomes: int, answer: str
) -> None:
    said = []
    for lines in (False, True):
        village = Village()
        village.does(BEA, "sit open")
        village.does(ASH, "sit ask")
        if lines:
            done(village.apart.keep(GROUP, ASH, BEA))
        village.groups.kept[GROUP] = GroupWays(first_step=TWO_WELCOMES)
        village.welcomes.kept = {(GROUP, BEA, by) for by in (CAI, DEE)[:welcomes]}
        said.append(ids(village.does(BEA, "sit can")))

    assert said == [[answer], [answer]]


# What is read before an ask is sent.


def test_before_an_ask_is_sent_it_says_who_could_read_what_is_said_where_the_two_would_meet() -> None:
    for where in ("room", "direct"):
        preview = Village().does(ASH, "sit", where=where)
        readers = [line for line in preview.lines if line.id.endswith("-readers")]

        assert [(line.id, line.args["group"]) for line in readers] == [(f"{where}-readers", GROUP.native)]


def test_a_groups_own_words_on_emergencies_stand_once_in_the_place_of_the_usual_ones_and_the_lines_stay() -> None:
    village = Village()
    usual = village.does(ASH, "sit")
    village.groups.kept[GROUP] = GroupWays(stance="Ring Sam, day or night.")
    own = village.does(ASH, "sit")
    elsewhere = village.does(ASH, "sit", group=ELSEWHERE)

    assert ids(usual) == [
        "sit-preview",
        "sit-seen-now",
        "room-readers",
        "sit-stance",
        "stance-lines",
        "sit-preview-wait",
    ]
    assert ids(own) == [*ids(usual)[:3], "stance-own", *ids(usual)[4:]]
    assert own.lines[3].args["words"] == "Ring Sam, day or night."
    assert ids(elsewhere) == ids(usual)


@pytest.mark.parametrize("circle", [Circle.NAMED, Circle.SHIFT, Circle.OPEN])
def test_in_whichever_circle_they_are_who_has_not_taken_it_is_put_to_nothing(circle: Circle) -> None:
    village = village_with(TWO_WEEKS, bea=13)
    village.on_shift = frozenset({BEA, CAI})
    for person in (BEA, CAI):
        village.does(person, "sit open")
    village.does(ASH, "sit ask", who=Heard(circles=(circle,), named=frozenset({BEA, CAI})))

    assert ("sit-seen-now" in village.heard(BEA), "sit-seen-now" in village.heard(CAI)) == (False, True)


def test_an_ask_that_the_whole_room_reads_is_answered_only_by_those_who_have_taken_it() -> None:
    village = village_with(TWO_WEEKS, bea=13)
    village.does(ASH, "sit ask", who=Heard(circles=(Circle.ROOM,)))
    said = [ids(village.does(person, "sit can", ask=village.code(ASH))) for person in (BEA, CAI)]

    assert said == [["first-step-refused-days"], ["sit-can-thanks"]]
