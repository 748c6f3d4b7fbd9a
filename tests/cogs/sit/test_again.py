"""Open to sitting again: shown only when both said so, whoever else may know the code; all else is silence."""

from dataclasses import replace

import pytest
from whenever import Instant, Time, TimeDelta

from bot.cogs.sit import afterwards, together
from bot.domain.people import Wish
from bot.domain.quiet import Quiet
from bot.domain.saying import Undo
from bot.domain.sit import sitting
from bot.domain.sit.again import code_of
from bot.domain.sit.ask import Ask
from bot.domain.sit.table import Stage
from bot.domain.sit.wishes import Hearing, Terms
from tests.cogs.sit.green import ASH, BEA, CAI, DAY, DEE, GROUP, Green, ids

NOON = Instant.from_utc(2026, 11, 23, 12)
HOUR = TimeDelta(hours=1)
CODE = code_of("abcdefgh", ASH, BEA)


@pytest.fixture
def green() -> Green:
    return Green()


def a_sit(*sitters: str, after: str | None = "abcdefgh") -> Ask:
    """Return a sit of Ash with these."""
    return Ask(
        id="aaaaaaaa",
        group=GROUP,
        asker=ASH,
        place=None,
        terms=Terms(length=HOUR, sitters=len(sitters)),
        hearing=Hearing(ahead=(), every=HOUR),
        asked_at=NOON,
        starts_at=None,
        answer_by=NOON + HOUR,
        stage=Stage.OPEN,
        sitters=sitters,  # type: ignore[arg-type]
        ends_at=NOON + HOUR,
        after=after,
    )


async def test_what_one_says_is_shown_to_nobody(green: Green) -> None:
    answer = await green.does(ASH, "sit again", pair=CODE)
    await green.goes_by(DAY * 6)

    assert ids(answer) == ["sit-again-noted"]
    assert green.read == {}
    assert green.held_by(BEA) == []


async def test_once_both_say_it_both_hear_each_others_name_and_nothing_is_kept(green: Green) -> None:
    await green.does(ASH, "sit again", pair=CODE)
    answer = await green.does(BEA, "sit again", pair=CODE)
    [told] = green.read[ASH]

    assert ids(answer) == ids(told.say) == ["sit-again-both", "sit-again-ask", "sit-again-look", "sit-again-leave"]
    assert (answer.lines[0].args["person"], told.say.lines[0].args["person"]) == (ASH, BEA)
    assert list(green.read) == [ASH]
    assert green.held_by(ASH) == green.held_by(BEA) == []


async def test_said_twice_by_one_it_is_said_once(green: Green) -> None:
    answers = [await green.does(ASH, "sit again", pair=CODE) for _ in range(2)]

    assert answers[0] == answers[1]
    assert len(green.held_by(ASH)) == 1
    assert green.read == {}


async def test_whoever_is_not_of_the_two_learns_nothing_by_their_code_and_changes_nothing_of_theirs(
    green: Green,
) -> None:
    await green.does(ASH, "sit again", pair=CODE)
    kept = green.held_by(ASH)
    stranger = await green.does(CAI, "sit again", pair=CODE)
    alone = await green.does(DEE, "sit again", pair="zzzzzzzz")

    assert ids(stranger) == ids(alone) == ["sit-again-noted"]
    assert green.held_by(ASH) == kept
    assert green.read == {}
    assert ids(await green.does(BEA, "sit again", pair=CODE))[0] == "sit-again-both"
    assert green.heard(CAI) == []


@pytest.mark.parametrize("made_by", [(ASH, BEA), (BEA, ASH)])
async def test_to_two_who_are_kept_apart_it_is_as_if_the_other_had_said_nothing(
    green: Green, made_by: tuple[str, str]
) -> None:
    silent = Green()
    for each in (green, silent):
        await each.apart.keep(GROUP, *made_by)  # type: ignore[arg-type]
        await each.does(ASH, "sit again", pair=CODE)
    answer = await green.does(BEA, "sit again", pair=CODE)

    assert ids(answer) == ["sit-again-noted"]
    assert green.held_by(ASH) == silent.held_by(ASH)
    assert green.read == silent.read == {}
    assert len(green.held_by(BEA)) == 1


async def test_it_can_be_taken_back_until_then(green: Green) -> None:
    answer = await green.does(ASH, "sit again", pair=CODE)
    [back] = answer.choices
    taken = await green.does(ASH, back.command, **back.options)
    other = await green.does(BEA, "sit again", pair=CODE)
    again = await green.does(ASH, back.command, **back.options)

    assert ids(taken) == ["sit-again-taken-back"]
    assert ids(other) == ["sit-again-noted"]
    assert ids(again) == ["sit-again-gone"]
    assert green.read == {}


async def test_after_a_week_it_counts_no_more(green: Green) -> None:
    await green.does(ASH, "sit again", pair=CODE)
    await green.goes_by(DAY * 7)
    late = await green.does(BEA, "sit again", pair=CODE)

    assert ids(late) == ["sit-again-noted"]
    assert green.read == {}


async def test_what_somebody_said_goes_when_they_leave_or_would_be_kept_apart(green: Green) -> None:
    with_cai = code_of("abcdefgh", ASH, CAI)
    for code in (CODE, with_cai):
        await green.does(ASH, "sit again", pair=code)
    await green.does(BEA, "sit again", pair=code_of("zzzzzzzz", ASH, BEA))
    await green.separates(ASH, BEA)
    left = {said.code for said in green.said.kept.values() if said.person == ASH}
    bea = green.held_by(BEA)
    await green.leaves(ASH)

    assert left == {with_cai}
    assert len(bea) == 1
    assert green.held_by(ASH) == []
    assert green.held_by(BEA) == bea


async def test_the_one_who_said_it_first_is_told_when_it_is_not_quiet_for_them(green: Green) -> None:
    await green.people.keep(GROUP, ASH, Wish(quiet=Quiet(starts=Time(11), ends=Time(15))))
    await green.does(ASH, "sit again", pair=CODE)
    await green.does(BEA, "sit again", pair=CODE)
    soon = green.heard(ASH)
    await green.goes_by(HOUR * 4)

    assert (soon, green.heard(ASH)) == ([], ["sit-again-both"])


async def test_with_neither_a_code_nor_a_name_it_says_what_would_work(green: Green) -> None:
    assert ids(await green.does(ASH, "sit again")) == ["sit-again-how"]


def test_each_of_two_is_offered_to_say_it_with_the_same_code_and_a_way_back() -> None:
    sit = a_sit(BEA)
    ash, bea = (next(afterwards.choices(sit, person)) for person in (ASH, BEA))

    assert ash.label.id == "sit-again-please"
    assert ash.options == bea.options == {"pair": CODE}
    assert ash.undo == Undo(command="sit again", options={"answer": "off", "pair": CODE})


def test_of_several_each_is_offered_to_say_it_of_each_by_name() -> None:
    sit = a_sit(BEA, CAI)
    offered = {person: list(afterwards.choices(sit, person))[:-1] for person in (ASH, BEA, CAI)}

    assert [choice.label.args for choice in offered[BEA]] == [{"person": ASH}, {"person": CAI}]
    assert offered[ASH][0].options == offered[BEA][0].options == {"pair": CODE}
    assert len({choice.options["pair"] for choices in offered.values() for choice in choices}) == 3


def test_somebody_to_reflect_with_is_always_offered_and_a_sit_without_a_code_offers_nothing_else() -> None:
    [only] = afterwards.choices(a_sit(BEA, after=None), ASH)

    assert (only.label.id, only.command, only.options) == ("sit-reflect-with", "sit", {"wanted": "reflect"})


def test_who_steps_away_from_several_is_offered_nothing_that_the_others_could_not_answer() -> None:
    three, two = a_sit(BEA, CAI), a_sit(BEA)
    early = together.stepped_away(three, sitting.away(three, BEA), BEA, clears=True)
    last = together.stepped_away(two, sitting.away(two, BEA), BEA, clears=True)

    assert [choice.label.id for choice in early.choices] == ["sit-reflect-with"]
    assert [choice.label.id for choice in last.choices] == ["sit-again-please", "sit-reflect-with"]


def test_all_hear_at_the_end_what_they_may_do_afterwards() -> None:
    sit = replace(a_sit(BEA, CAI), stage=Stage.OVER)
    told = {message.to: [choice.label.id for choice in message.say.choices] for message in together.done(sit, NOON)}

    assert set(told) == {ASH, BEA, CAI}
    assert all(labels == ["sit-again-with", "sit-again-with", "sit-reflect-with"] for labels in told.values())
