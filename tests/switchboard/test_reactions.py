"""A reaction answers the list it stands under; taking it back takes the answer back, once, also after a restart."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from whenever import TimeDelta

from bot.domain.outgoing import Message
from bot.domain.saying import choice, say
from bot.ports.chat import ChatError
from tests.scenarios.memory import MemoryStage
from tests.scenarios.stage import ASH, BEA, CAI
from tests.switchboard.caller import OTHER_GROUP, Caller, ids

ONE, TWO = "1\ufe0f\u20e3", "2\ufe0f\u20e3"
DAY = TimeDelta(hours=24)
LOST = ChatError("reply-lost", permanent=False)


@pytest.fixture
def bea(caller: Caller) -> Caller:
    return caller.of(BEA)


async def invited(caller: Caller, *, unheard: bool = False) -> Caller:
    """Let Bea be open, and Ash ask; return Bea, who was told of it last; where it is `unheard`, nobody knows that."""
    bea = caller.of(BEA)
    await bea.types("sit open")
    # The first goes to Ash.
    caller.stage.world.loses = [LOST, LOST] if unheard else []
    await caller.types("sit ask quiet")
    return bea


@asynccontextmanager
async def restarted(caller: Caller) -> AsyncGenerator[Callable[[str], Caller]]:
    """Close the house, and open it again on the same file; people are found by name."""
    url = str(caller.stage.house.plan.database)
    world, time = caller.stage.world, caller.stage.clock.time
    await caller.stage.house.close()
    stage = await MemoryStage.on(url)
    stage.world.natives, stage.world.said, stage.clock.time = world.natives, world.said, time
    yield lambda who: replace(caller, stage=stage, who=who)
    await stage.house.close()


@pytest.mark.parametrize("text", [ONE, "1", "1\u20e3", "I can", "i can."])
async def test_a_digit_or_the_words_of_a_choice_answer_it(caller: Caller, text: str) -> None:
    bea = await invited(caller)

    assert await bea.reacts(text) == ["sit-can-thanks"]


@pytest.mark.parametrize("text", ["\U0001f44d", TWO, "0", "", "I", "help", "sit open"])
async def test_any_other_reaction_is_let_go_without_a_word(caller: Caller, text: str) -> None:
    bea = await invited(caller)

    assert await bea.reacts(text) == []


async def test_where_no_reaction_counts_it_does_nothing_and_one_sentence_says_what_does(caller: Caller) -> None:
    bea = await invited(caller)
    strict = replace(bea, unvouched=frozenset({bea.group}))
    heard = [await strict.reacts(ONE), await strict.reacts("\U0001f44d", key="fake:other")]
    typed = await bea.types("1")

    assert heard == [["reaction-unvouched"], []]
    assert typed == ["sit-can-thanks"]


async def test_where_no_reaction_counts_none_is_taken_back(caller: Caller) -> None:
    bea = await invited(caller)
    await bea.reacts(ONE)
    strict = replace(bea, unvouched=frozenset({bea.group}))

    assert await strict.takes_back() == ["reaction-unvouched"]
    assert await bea.takes_back(key="fake:again") != []


async def test_the_same_reaction_heard_twice_is_one_answer(caller: Caller) -> None:
    bea = await invited(caller)
    invitation = bea.last_message
    heard = [await bea.reacts(ONE, invitation) for _ in range(2)]

    assert heard == [["sit-can-thanks"], []]


async def test_nobody_else_can_answer_a_list(caller: Caller) -> None:
    bea = await invited(caller)
    await caller.of(CAI).types("sit open")

    assert await caller.of(CAI).reacts(ONE, bea.last_message) == []
    assert await caller.of(BEA, OTHER_GROUP).reacts(ONE, bea.last_message) == []


@pytest.mark.parametrize("answer", [ONE, "I can"])
@pytest.mark.parametrize("minutes", [0, 10])
async def test_a_list_whose_sending_was_not_heard_of_is_answered_all_the_same(
    caller: Caller, answer: str, minutes: int
) -> None:
    caller.stage.clock.move(TimeDelta(minutes=minutes))
    bea = await invited(caller, unheard=True)

    assert await bea.reacts(answer) == ["sit-can-thanks"]
    assert sum("sit-invitation-free" in ids(said) for said in bea.stage.world.private[bea.person]) == 1


async def test_a_number_means_the_newest_list_also_when_its_sending_was_not_heard_of(caller: Caller) -> None:
    bea = caller.of(BEA)
    await bea.types("rota new Soup, daily 20:00")
    await invited(caller, unheard=True)

    assert await bea.types("1") == ["sit-can-thanks"]


async def test_a_list_is_answered_that_was_sent_just_before_the_house_went_down(caller: Caller) -> None:
    bea = await invited(caller, unheard=True)
    async with restarted(caller) as again:
        assert await again(BEA).reacts(ONE, bea.last_message) == ["sit-can-thanks"]


async def test_a_list_that_has_yet_to_come_is_no_answer_to_it(caller: Caller) -> None:
    """Only what may have come already is sent for a reaction's sake."""
    bea = await invited(caller)
    tomorrow = caller.stage.clock.now() + DAY
    ping = Message(
        key="ping",
        group=bea.group,
        to=bea.person,
        say=say("ping").offering(choice("rota-cannot", "rota leave")),
        not_before=tomorrow,
        expires_at=tomorrow + DAY,
    )
    async with caller.stage.house.database.transaction():
        await caller.stage.house.outbox.put(ping)

    assert await bea.reacts(ONE, "said ping") == []
    assert "ping" not in caller.stage.world.said


async def test_a_reaction_to_an_old_list_means_that_list(caller: Caller) -> None:
    bea = await invited(caller)
    invitation = bea.last_message
    await bea.types("rota new Soup, daily 20:00")
    await bea.types("help")

    assert await bea.reacts(ONE, invitation) == ["sit-can-thanks"]


async def test_a_list_is_answered_for_a_day_and_no_longer(caller: Caller) -> None:
    await caller.types("rota new Soup, daily 20:00")
    caller.stage.clock.move(DAY)

    assert await caller.reacts(ONE) == []
    await caller.stage.goes_by(TimeDelta(hours=1))
    assert (await caller.stage.rows())["lists"] == 0


async def test_a_yes_is_taken_back_with_its_reaction_and_can_be_said_again(caller: Caller) -> None:
    bea = await invited(caller)
    invitation = bea.last_message
    await bea.reacts(ONE, invitation)

    assert await bea.takes_back() == ["sit-taken-back"]
    assert await bea.takes_back() == []
    assert await bea.takes_back(key="fake:twice") == []
    assert await bea.reacts(ONE, invitation, key="fake:again") == ["sit-can-thanks"]


async def test_taking_back_a_yes_leaves_ones_own_ask_alone(caller: Caller) -> None:
    bea = await invited(caller)
    await bea.reacts(ONE)
    await bea.types("sit ask talk")

    assert await bea.takes_back() == ["sit-taken-back"]
    assert (await bea.types("sit ask talk")) == ["sit-already"]


async def test_an_ask_is_taken_back_and_no_later_one(caller: Caller) -> None:
    bea = caller.of(BEA)
    await bea.types("sit open")
    preview = await caller.hears("sit quiet")
    assert preview is not None
    caller.switchboard.told(caller.person, caller.group, preview, "preview")
    await caller.reacts("Send it", "preview")
    first = await caller.takes_back()
    await caller.reacts("Send it", "preview", key="fake:second")
    await caller.types("sit withdraw")
    await caller.types("sit ask talk")

    assert first == ["sit-withdrawn"]
    assert await caller.takes_back("fake:second", key="fake:late") == ["sit-over"]
    assert await caller.types("sit ask talk") == ["sit-already"]


async def test_a_pick_cannot_be_taken_back_and_one_sentence_says_what_can_be_done(caller: Caller) -> None:
    bea = await invited(caller)
    await bea.types("1")

    assert (await caller.reacts("Meet Bea"))[0] == "sit-you-picked-now"
    assert await caller.takes_back() == ["sit-pick-stands"]


async def test_joining_a_shift_is_taken_back_and_so_is_leaving_it(caller: Caller, bea: Caller) -> None:
    await caller.types("rota new Soup, daily 20:00")
    which = await bea.hears("rota join 1")
    assert which is not None
    bea.switchboard.told(bea.person, bea.group, which, "which")

    assert (await bea.reacts(TWO, "which"))[0] == "rota-joined"
    assert await bea.takes_back() == ["rota-left"]
    assert (await bea.reacts(TWO, "which", key="fake:again"))[0] == "rota-joined"
    assert await bea.reacts(ONE, bea.last_message, key="fake:leaves") == ["rota-left"]
    assert (await bea.takes_back("fake:leaves", key="fake:stays"))[0] == "rota-joined"


async def test_what_an_answer_did_not_do_is_not_undone(caller: Caller, bea: Caller) -> None:
    await caller.types("rota new Soup, daily 20:00")
    which = await bea.hears("rota join 1")
    assert which is not None
    bea.switchboard.told(bea.person, bea.group, which, "which")
    await bea.types("2")

    assert await bea.reacts(TWO, "which") == ["rota-join-already"]
    assert await bea.takes_back() == []
    assert (await bea.types("rota mine"))[:2] == ["rota-mine-heading", "rota-mine-shift"]


async def test_what_only_showed_something_is_taken_back_without_a_word(caller: Caller) -> None:
    await caller.types("rota new Soup, daily 20:00")

    assert (await caller.reacts("See it"))[:1] == ["rota-numbered"] or await caller.reacts(ONE)
    assert await caller.takes_back() == []


async def test_nobody_else_can_take_an_answer_back(caller: Caller) -> None:
    bea = await invited(caller)
    await bea.reacts(ONE)

    assert await caller.takes_back() == []
    assert await bea.takes_back() == ["sit-taken-back"]


async def test_a_reaction_after_a_restart_still_answers_and_is_taken_back_after_another(caller: Caller) -> None:
    await invited(caller)
    async with restarted(caller) as again:
        answered = await again(BEA).reacts(ONE)
        async with restarted(again(BEA)) as later:
            taken_back = await later(BEA).takes_back()
            repeated = await later(BEA).takes_back()

    assert (answered, taken_back, repeated) == (["sit-can-thanks"], ["sit-taken-back"], [])


async def test_a_number_or_the_words_still_answer_the_last_list_after_a_restart(caller: Caller) -> None:
    await invited(caller)
    async with restarted(caller) as again:
        assert await again(BEA).types("i can") == ["sit-can-thanks"]
        assert (await again(ASH).types("1"))[0] == "sit-you-picked-now"


async def test_a_number_after_a_restart_is_no_answer_to_a_list_that_was_put_away_before_it(caller: Caller) -> None:
    bea = await invited(caller)
    await bea.types("rota new")
    async with restarted(caller) as again:
        assert await again(BEA).types("1") == ["not-understood"]


async def test_a_choice_with_a_persons_name_is_kept_without_it_and_answered_by_number(caller: Caller) -> None:
    bea = await invited(caller)
    await bea.types("1")
    async with restarted(caller) as again:
        assert await again(ASH).types("Meet Bea") == ["not-understood-near"]
        assert (await again(ASH).reacts(ONE))[0] == "sit-you-picked-now"


async def test_a_line_in_private_is_about_the_group_of_the_list_it_answers(caller: Caller) -> None:
    bea = await invited(caller)
    board = caller.switchboard

    assert await board.group_of(bea.person, "1") == caller.group
    assert await board.group_of(bea.person, "sit open") is None
    assert await board.group_of(caller.of(CAI).person, "1") is None
    await caller.of(CAI, OTHER_GROUP).types("rota new")
    assert await board.group_of(caller.of(CAI).person, "Soup") == OTHER_GROUP
