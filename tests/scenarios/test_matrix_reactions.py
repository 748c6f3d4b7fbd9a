"""Reactions on a real Synapse, with the whole house: answered, taken back, and both over a restart."""

from tests.scenarios.matrix import MatrixStage
from tests.scenarios.stage import ASH, BEA, CAI

ONE = "1\ufe0f\u20e3"
INVITATION = "Someone would like"


async def _asked(stage: MatrixStage, *people: str) -> None:
    """Let people be open, and Ash ask."""
    for who in people:
        await stage.types(who, "sit open")
        await stage.reads(who, "You are open")
    await stage.types(ASH, "sit ask quiet")
    for who in people:
        await stage.reads(who, INVITATION)


async def test_a_yes_by_reaction_is_taken_back_with_it_also_when_the_bot_was_down_for_both(
    matrix: MatrixStage,
) -> None:
    await _asked(matrix, BEA)
    await matrix.end()
    reaction = await matrix.reacts(BEA, INVITATION, ONE)
    await matrix.begin()
    await matrix.reads(BEA, "Thank you. I have told")
    await matrix.reads(ASH, f"{BEA} can sit with you")
    await matrix.end()
    await matrix.takes_back(BEA, reaction)
    await matrix.begin()
    await matrix.reads(BEA, "That is fine. I have taken your offer back.")
    told = await matrix.reads(ASH, f"{BEA} cannot make it after all")

    assert f"Meet {BEA}" not in told


async def test_what_was_already_taken_back_when_the_bot_comes_is_no_answer(matrix: MatrixStage) -> None:
    await _asked(matrix, BEA)
    await matrix.end()
    await matrix.takes_back(BEA, await matrix.reacts(BEA, INVITATION, ONE))
    await matrix.begin()
    await matrix.types(BEA, "sit pause")
    await matrix.reads(BEA, "Paused.")
    await matrix.settled()

    assert not [text for text in await matrix.everything_read(BEA) if "Thank you" in text]


async def test_a_reaction_of_somebody_else_or_of_another_kind_is_let_go_without_a_word(matrix: MatrixStage) -> None:
    await _asked(matrix, BEA)
    await matrix.reacts(BEA, INVITATION, "\U0001f49c")
    await matrix.lets_in(BEA, CAI)
    await matrix.reacts(CAI, INVITATION, ONE, of=BEA)
    await matrix.says(CAI, "!me")
    await matrix.reads(CAI, "This is how I do things for you")
    await matrix.settled()
    told = [text for who in (BEA, CAI) for text in await matrix.everything_read(who)]

    assert not [text for text in told if "Thank you" in text or "did not understand" in text]


async def test_a_reaction_to_an_old_list_means_that_list_after_another_one_came(matrix: MatrixStage) -> None:
    await _asked(matrix, BEA)
    await matrix.types(BEA, "find rent")
    await matrix.reads(BEA, "To answer, type the number")
    await matrix.types(BEA, "rota new Soup, daily 20:00")
    await matrix.reads(BEA, "is kept")
    await matrix.reacts(BEA, INVITATION, "1")
    await matrix.reads(BEA, "Thank you. I have told")

    assert await matrix.reads(ASH, f"{BEA} can sit with you")


async def test_an_answer_that_cannot_be_taken_back_says_so(matrix: MatrixStage) -> None:
    await _asked(matrix, BEA)
    await matrix.reacts(BEA, INVITATION, "I can")
    await matrix.reads(ASH, f"{BEA} can sit with you")
    reaction = await matrix.reacts(ASH, f"{BEA} can sit with you", f"Meet {BEA}")
    await matrix.reads(ASH, "are meeting")
    await matrix.takes_back(ASH, reaction)

    assert "You can step away at any time" in await matrix.reads(ASH, "I cannot take that back")
