"""Looking again: an invitation that may be left, a date that both hear of, and ends that tell nothing."""

from itertools import product

import pytest
from whenever import Time, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.people import Pause, Wish
from bot.domain.quiet import Quiet
from bot.domain.saying import Say
from tests.cogs.sit.green import ASH, BEA, CAI, DAY, GROUP, Green, ids

HOUR = TimeDelta(hours=1)
DIALOGUE = [
    *("sit-look-now", "sit-look-good", "sit-look-different", "sit-look-on"),
    "sit-look-leave",
]


@pytest.fixture
def green() -> Green:
    return Green()


async def invited(green: Green, days: int = 3) -> Say:
    """Let Ash invite Bea to look at how it is, so many days from now."""
    return await green.does(ASH, "sit look", whom=BEA, at=green.clock.now() + DAY * days)


async def agreed(green: Green, days: int = 3) -> None:
    """Let Ash and Bea agree on a date."""
    await invited(green, days)
    await green.picks(BEA, "sit-look-yes")


async def test_an_invitation_is_put_to_the_other_alone_and_leaves_them_nothing_to_do(green: Green) -> None:
    answer = await invited(green)
    [told] = green.read[BEA]

    assert ids(answer) == ["sit-look-asked", "sit-look-unanswered"]
    assert ids(told.say) == ["sit-look-invited", "sit-look-free"]
    assert [choice.label.id for choice in told.say.choices] == ["sit-look-yes"]
    assert told.members_only
    assert told.expires_at == green.clock.now() + DAY * 3
    assert green.held_by(BEA) == []


async def test_with_a_yes_both_know_and_on_the_date_each_hears_a_few_words_with_no_history(green: Green) -> None:
    await invited(green)
    answer = await green.picks(BEA, "sit-look-yes")
    [told] = green.read[ASH]
    await green.goes_by(DAY * 3)
    prompts = {person: green.read[person][-1].say for person in (ASH, BEA)}

    assert ids(answer) == ids(told.say) == ["sit-look-agreed", "sit-look-ends"]
    assert [ids(prompts[person]) for person in (ASH, BEA)] == [DIALOGUE, DIALOGUE]
    assert all(set(line.args) <= {"person"} for prompt in prompts.values() for line in prompt.lines)
    assert [choice.label.id for choice in prompts[ASH].choices] == [
        *("sit-look-another", "sit-look-end-kindly", "sit-look-end-silently"),
    ]


async def test_said_twice_a_yes_is_the_same(green: Green) -> None:
    await invited(green)
    answers = [await green.picks(BEA, "sit-look-yes") for _ in range(2)]

    assert answers[0] == answers[1]
    assert green.heard(ASH) == ["sit-look-agreed"]
    assert len(green.looks.kept) == 2


async def test_nobody_else_can_say_yes_and_what_they_are_told_is_what_is_told_of_nothing(green: Green) -> None:
    await invited(green)
    [choice] = green.read[BEA][0].say.choices
    others = [await green.does(person, "sit look", **choice.options) for person in (CAI, ASH)]
    nothing = await green.does(CAI, "sit look", answer="yes", pair="zzzzzzzz")

    assert [ids(each) for each in others] == [ids(nothing)] * 2 == [["sit-look-gone"]] * 2


async def test_a_silence_is_nothing_but_time_that_goes_by(green: Green) -> None:
    await invited(green)
    await green.goes_by(DAY * 3)
    late = await green.picks(BEA, "sit-look-yes")

    assert ids(late) == ["sit-look-gone"]
    assert green.heard(ASH) == []


async def test_nobody_is_asked_twice_in_a_week_by_the_same_person_whatever_for(green: Green) -> None:
    await invited(green, 1)
    again = await green.does(ASH, "sit again", whom=BEA)
    await green.does(ASH, "sit look", answer="end silently", whom=BEA)
    after = await invited(green)
    await green.goes_by(DAY * 7)
    later = await invited(green)

    assert ids(again) == ids(after) == ["sit-look-asked-already"]
    assert ids(later)[0] == "sit-look-asked"
    assert green.heard(BEA) == ["sit-look-invited", "sit-look-invited"]


async def test_an_invitation_can_be_taken_back_and_is_answered_no_more(green: Green) -> None:
    answer = await invited(green)
    [back] = answer.choices
    taken = await green.does(ASH, back.command, **back.options)
    late = await green.picks(BEA, "sit-look-yes")

    assert ids(taken) == ["sit-look-taken-back"]
    assert ids(late) == ["sit-look-gone"]
    assert green.heard(ASH) == []


async def test_one_to_sit_again_is_an_invitation_that_may_be_left_and_with_a_yes_both_hear_of_it(green: Green) -> None:
    answer = await green.does(ASH, "sit again", whom=BEA)
    told = await green.picks(BEA, "sit-look-yes")

    assert ids(answer)[0] == "sit-again-asked"
    assert green.heard(BEA) == ["sit-again-invited"]
    assert ids(told)[0] == "sit-again-both"
    assert green.heard(ASH) == ["sit-again-both"]
    assert not green.looks.kept


async def test_to_end_it_kindly_says_one_sentence_to_the_other_and_nothing_is_left(green: Green) -> None:
    await agreed(green)
    answer = await green.does(ASH, "sit look", answer="end kindly")
    await green.goes_by(DAY * 4)

    assert ids(answer) == ["sit-look-ended-kindly"]
    assert green.heard(BEA) == ["sit-look-invited", "sit-look-ended"]
    assert green.heard(ASH) == ["sit-look-agreed"]
    assert not green.looks.kept


async def test_of_a_silent_end_the_other_can_tell_nothing_by_anything_they_read_do_or_are_shown(green: Green) -> None:
    """Bea does the same where Ash ended it silently and where not, and sees the same to the letter."""
    other = Green()
    seen = []
    for each in (green, other):
        await agreed(each)
        if each is green:
            await each.does(ASH, "sit look", answer="end silently")
        answers = [await each.picks(BEA, "sit-look-yes"), await each.does(BEA, "sit look")]
        before = each.held_by(BEA)
        await each.goes_by(DAY * 3)
        answers.append(await each.does(BEA, "sit look"))
        read = [message.say for message in each.read[BEA]]
        kindly = await each.does(BEA, "sit look", answer="end kindly")
        seen.append((answers, before, read, kindly, each.held_by(BEA)))

    assert seen[0] == seen[1]
    assert green.heard(ASH) == ["sit-look-agreed"]
    assert other.heard(ASH) == ["sit-look-agreed", "sit-look-now", "sit-look-ended"]
    assert not green.looks.kept


async def test_after_the_date_another_can_be_set_which_is_an_invitation_again(green: Green) -> None:
    await agreed(green)
    await green.goes_by(DAY * 3)
    [another] = [one for one in green.read[BEA][-1].say.choices if one.command == "sit another"]
    await green.does(BEA, "sit another", at=green.clock.now() + DAY * 5, **another.options)
    await green.picks(ASH, "sit-look-yes")
    late = await green.does(BEA, "sit another", at=green.clock.now() + DAY, **another.options)
    dates = {(look.person, look.at) for look in green.looks.kept.values()}

    assert ids(late) == ["sit-look-gone"]
    assert dates == {(person, green.clock.now() + DAY * 5) for person in (ASH, BEA)}


async def test_a_week_after_the_date_nothing_more_can_be_done_with_it(green: Green) -> None:
    await agreed(green)
    await green.goes_by(DAY * 10)

    assert ids(await green.picks(BEA, "sit-look-end-kindly")) == ["sit-look-gone"]
    assert ids(await green.does(BEA, "sit look")) == ["sit-look-none", "sit-look-how"]
    assert "sit-look-ended" not in green.heard(ASH)


@pytest.mark.parametrize(
    ("wish", "heard"),
    [
        (Wish(pause=Pause()), []),
        (Wish(quiet=Quiet(starts=Time(11), ends=Time(15))), ["sit-look-invited"]),
        (Wish(), ["sit-look-invited"]),
    ],
    ids=["paused", "quiet", "neither"],
)
async def test_whoever_paused_is_not_asked_and_whoever_is_quiet_is_asked_later_with_the_same_answer(
    green: Green, wish: Wish, heard: list[str]
) -> None:
    usual = Green()
    await green.people.keep(GROUP, BEA, wish)
    answers = [await invited(usual), await invited(green)]
    soon = green.heard(BEA)
    await green.goes_by(HOUR * 3)

    assert answers[0] == answers[1]
    assert soon == ([] if wish != Wish() else heard)
    assert green.heard(BEA) == heard
    assert green.held_by(ASH) == usual.held_by(ASH)


async def test_a_pause_made_before_it_was_put_holds(green: Green) -> None:
    await green.people.keep(GROUP, BEA, Wish(quiet=Quiet(starts=Time(11), ends=Time(15))))
    await invited(green)
    await green.people.keep(GROUP, BEA, Wish(pause=Pause()))
    await green.goes_by(DAY * 3)

    assert green.heard(BEA) == []


async def test_the_words_on_the_date_wait_until_it_is_not_quiet(green: Green) -> None:
    await agreed(green)
    await green.people.keep(GROUP, BEA, Wish(quiet=Quiet(starts=Time(11), ends=Time(15))))
    await green.goes_by(DAY * 3)
    then = {person: "sit-look-now" in green.heard(person) for person in (ASH, BEA)}
    await green.goes_by(HOUR * 3)

    assert then == {ASH: True, BEA: False}
    assert green.heard(BEA)[-1] == "sit-look-now"


@pytest.mark.parametrize(("by", "of"), [(ASH, BEA), (BEA, ASH)])
async def test_to_two_who_are_kept_apart_nothing_is_put_and_whoever_asks_sees_what_they_would_see_anyway(
    green: Green, by: PersonId, of: PersonId
) -> None:
    silent = Green()
    await green.apart.keep(GROUP, by, of)
    answers = [await invited(silent), await invited(green)]
    for each in (silent, green):
        await each.goes_by(DAY * 7)

    assert answers[0] == answers[1]
    assert green.heard(BEA) == []
    assert green.held_by(ASH) == silent.held_by(ASH)
    assert green.heard(ASH) == silent.heard(ASH) == []


async def test_a_yes_said_by_one_who_is_kept_apart_is_as_if_it_had_not_been_said(green: Green) -> None:
    silent = Green()
    for each in (green, silent):
        await invited(each)
        await each.separates(BEA, ASH)
    answer = await green.picks(BEA, "sit-look-yes")
    for each in (green, silent):
        await each.goes_by(DAY * 2)

    assert ids(answer) == ["sit-look-gone"]
    assert green.kept() == silent.kept()
    assert green.read == silent.read


async def test_a_date_ends_silently_for_whoever_would_be_kept_apart_and_stands_as_it_was_for_the_other(
    green: Green,
) -> None:
    usual = Green()
    for each in (green, usual):
        await agreed(each)
    await green.separates(ASH, BEA)
    for each in (green, usual):
        await each.goes_by(DAY * 3)

    assert green.held_by(BEA) == usual.held_by(BEA)
    assert green.read[BEA] == usual.read[BEA]
    assert green.heard(ASH) == ["sit-look-agreed"]
    assert green.held_by(ASH) == []


async def test_what_was_on_its_way_to_whoever_would_be_kept_apart_comes_no_more(green: Green) -> None:
    await green.people.keep(GROUP, BEA, Wish(quiet=Quiet(starts=Time(11), ends=Time(15))))
    await invited(green)
    await green.separates(BEA, ASH)
    await green.apart.drop(GROUP, BEA, ASH)
    await green.goes_by(DAY)

    assert green.heard(BEA) == []


async def test_what_was_put_out_and_did_not_get_through_is_taken_back(green: Green) -> None:
    green.cut_off = True
    await invited(green)
    await green.separates(BEA, ASH)
    green.cut_off = False
    await green.settled()
    nothing = green.heard(BEA)
    await green.apart.drop(GROUP, BEA, ASH)
    await green.goes_by(DAY * 7)
    await agreed(green)
    green.cut_off = True
    await green.goes_by(DAY * 3)
    await green.does(ASH, "sit look", answer="end silently")
    green.cut_off = False
    await green.settled()

    assert nothing == []
    assert ("sit-look-now" in green.heard(ASH), "sit-look-now" in green.heard(BEA)) == (False, True)


@pytest.mark.parametrize(("who", "yes"), list(product([ASH, BEA], [True, False])))
async def test_all_of_it_goes_when_one_of_the_two_leaves(green: Green, who: PersonId, *, yes: bool) -> None:
    await invited(green)
    if yes:
        await green.picks(BEA, "sit-look-yes")
    await green.leaves(who)

    assert not green.looks.kept
    assert not green.diary.dues


async def test_what_cannot_be_is_refused_with_what_would_work(green: Green) -> None:
    now = green.clock.now()
    refused = [
        await green.does(ASH, "sit look", whom=ASH, at=now + DAY),
        await green.does(ASH, "sit look", whom=BEA, at=now),
        await green.does(ASH, "sit look", whom=BEA),
        await green.does(ASH, "sit look", at=now + DAY),
        await green.does(ASH, "sit look", whom="0123456789abcdef", at=now + DAY),
        await green.does(ASH, "sit look", answer="yes"),
        await green.does(ASH, "sit look", answer="end kindly"),
        await green.does(ASH, "sit another", at=now + DAY, pair="zzzzzzzz"),
    ]

    assert [ids(each) for each in refused] == [
        ["sit-look-self"],
        ["sit-later-past"],
        ["sit-look-how"],
        ["sit-look-how"],
        ["sit-look-whom-unclear"],
        ["sit-look-gone"],
        ["sit-look-nothing"],
        ["sit-look-gone"],
    ]
    assert not green.looks.kept


async def test_with_several_it_is_asked_whose_is_meant_and_each_is_shown_with_how_it_ends(green: Green) -> None:
    await agreed(green)
    await green.does(ASH, "sit look", whom=CAI, at=green.clock.now() + DAY * 2)
    which = await green.does(ASH, "sit look", answer="end silently")
    shown = await green.does(ASH, "sit look")
    ended = await green.does(ASH, "sit look", answer="end silently", whom=BEA.mark)

    assert ids(which) == ["sit-look-which"]
    assert sorted(ids(shown)) == ["sit-look-date", "sit-look-how", "sit-look-waits", "sit-look-yours"]
    assert sorted(choice.label.id for choice in shown.choices) == [
        *("sit-look-end-kindly-with", "sit-look-end-silently-with", "sit-look-take-back-with"),
    ]
    assert ids(ended) == ["sit-look-ended-silently"]
