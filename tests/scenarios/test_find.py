"""Practical help, on every world."""

from tests.scenarios.stage import ASH, BEA, Stage


async def test_a_person_finds_a_card_in_their_own_words_and_only_they_see_it(stage: Stage) -> None:
    await stage.types(ASH, "find they stopped my money")
    card = await stage.reads(ASH, "Checked on")

    assert "anction" in card
    assert list(await stage.everything_read(BEA)) == []


async def test_now_shows_lines_for_the_nation_at_once(stage: Stage) -> None:
    await stage.types(ASH, "now scotland")
    lines = await stage.reads(ASH, "116 123")

    assert "Nobody is told" in lines
    assert "0808 808 8000" not in lines


async def test_help_and_about_tell_what_this_is(stage: Stage) -> None:
    await stage.types(ASH, "help")
    listed = await stage.reads(ASH, "You can ask me these things")
    await stage.types(ASH, "about")
    about = await stage.reads(ASH, "nobody’s service")

    assert all(command in listed for command in ("rota new", "sit open", "find", "now", "about"))
    assert "keep no messages" in about


async def test_what_cannot_be_understood_gets_a_kind_answer_in_private(stage: Stage) -> None:
    await stage.types(ASH, "qwertyuiop")
    answer = await stage.reads(ASH, "I did not understand that.")
    await stage.types(ASH, "roat new")
    near = await stage.reads(ASH, "Did you mean")

    assert "help" in answer
    assert "rota new" in near


async def test_a_command_in_the_room_is_answered_in_private(stage: Stage) -> None:
    await stage.says(ASH, "!now wales")
    lines = await stage.reads(ASH, "116 123")

    assert "Nobody is told" in lines
