"""Round-the-clock lines are few, in the pack's order, and only the nation's own."""

from pathlib import Path

import pytest

from bot.domain.people import Nation
from bot.domain.saying import Line
from bot.domain.signpost.now import lines_now, missing_now
from bot.store.packs import read_pack
from tests.domain.signpost.build import card, pack, phone

UK = read_pack(Path(__file__).parents[3] / "config" / "signposts" / "uk")

EVERYWHERE = {"116 123", "85258", "0800 068 4141", "999"}


def number(line: Line) -> object:
    inner = line.args.get("what")
    return number(inner) if isinstance(inner, Line) else line.args["number"]


def test_lines_come_in_the_order_the_pack_gives() -> None:
    signpost = card("a", phones=(phone("1 1"), phone("2")))

    lines = lines_now(pack(signpost, now=("2", "11")), Nation.WALES)

    assert [number(line) for line in lines] == ["2", "1 1"]


def test_another_nations_line_is_left_out_and_labelled_when_no_nation_is_told() -> None:
    signpost = card("a", phones=(phone("1", nations=(Nation.SCOTLAND,)), phone("2")))
    cards = pack(signpost, now=("1", "2"))

    assert [number(line) for line in lines_now(cards, Nation.NI)] == ["2"]
    assert [line.id for line in lines_now(cards, None)] == ["signpost-only-for", "signpost-phone-hours"]


def test_a_number_that_does_not_answer_day_and_night_is_missing() -> None:
    signpost = card("a", phones=(phone("1", round_the_clock=False), phone("2")))

    assert missing_now(pack(signpost, now=("1", "2", "3"))) == ("1", "3")


@pytest.mark.parametrize("nation", [Nation.ENGLAND, Nation.SCOTLAND, Nation.WALES])
def test_great_britain_has_111_and_not_lifeline(nation: Nation) -> None:
    assert {number(line) for line in lines_now(UK, nation)} == EVERYWHERE | {"111"}


def test_northern_ireland_has_lifeline_and_not_111() -> None:
    assert {number(line) for line in lines_now(UK, Nation.NI)} == EVERYWHERE | {"0808 808 8000"}


def test_with_no_nation_told_there_are_all_of_them_and_six_at_most() -> None:
    assert {number(line) for line in lines_now(UK, None)} == EVERYWHERE | {"111", "0808 808 8000"}
