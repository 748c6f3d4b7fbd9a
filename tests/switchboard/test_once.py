"""An event heard twice is done once and answered once."""

import pytest

from tests.scenarios.stage import BEA
from tests.switchboard.caller import Caller


@pytest.mark.parametrize(
    "line", ["rota new Soup, daily 20:00", "sit ask quiet, 30m", "sit open", "me zone dublin", "rota remind 15m"]
)
async def test_the_same_line_with_the_same_key_is_answered_once_and_changes_nothing_more(
    caller: Caller, line: str
) -> None:
    first = await caller.types(line, key="fake:event")
    rows = await caller.stage.rows()
    second = await caller.types(line, key="fake:event")

    assert len(first) >= 1
    assert second == []
    assert await caller.stage.rows() == rows


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("rota new Soup, daily 20:00", "rota join tomorrow"),
        ("rota new Soup, daily 20:00", "rota join every week"),
        ("sit open", "sit pause"),
    ],
)
async def test_a_line_heard_again_that_changes_nothing_any_more_is_not_answered_again(
    caller: Caller, before: str, line: str
) -> None:
    await caller.types(before)
    first = await caller.types(line, key="fake:event")
    second = await caller.types(line, key="fake:event")

    assert len(first) >= 1
    assert second == []


async def test_the_room_hears_of_a_new_rota_once(caller: Caller) -> None:
    for _ in range(3):
        await caller.types("rota new Soup, daily 20:00", key="fake:event")

    assert [len(said) for said in caller.stage.world.public.values()] == [1]


async def test_the_same_line_with_another_key_is_something_new(caller: Caller) -> None:
    await caller.types("rota new Soup, daily 20:00")

    assert await caller.types("rota new Soup, daily 20:00") == ["rota-name-taken"]


async def test_two_people_who_say_the_same_are_both_answered(caller: Caller) -> None:
    first = await caller.types("sit open")

    assert await caller.of(BEA).types("sit open") == first == ["sit-open-now"]
