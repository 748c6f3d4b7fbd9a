"""A refusal changes nothing, is said to the one who typed, and says what would work."""

import pytest

from tests.scenarios.stage import ASH, BEA
from tests.switchboard.caller import OTHER_GROUP, Caller


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("rota new Soup, daily 20:00, elephants, and more", ["line-unclear"]),
        ("rota new @everyone, daily 20:00", ["option-unclear", "text-mention"]),
        ("rota new Soup, daily 20:00, people: 99", ["option-unclear", "whole-unclear"]),
        ("rota new Tea, daily 20:00", ["rota-name-taken"]),
        ("rota join 7", ["rota-unknown"]),
        ("rota join 1 3 december 2030", ["rota-unknown"]),
        ("sit quiet, 25 hours", ["option-unclear", "length-unclear"]),
        ("sit 5 people", ["option-unclear", "whole-unclear"]),
        ("sit people 5", ["option-unclear", "whole-unclear"]),
        ("sit quiet no advise", ["option-unclear", "sit-ticks-unclear"]),
        ("sit who nobody", ["option-unclear", "sit-who-unclear"]),
        ("sit quiet note:", ["option-unclear", "text-empty"]),
        ("sit note just be there", ["sit-note-first"]),
        ("sit later yesterday", ["option-unclear", "moment-unclear"]),
        ("sit change the weather", ["line-unclear"]),
        ("sit change", ["sit-in-none"]),
        ("sit leave", ["sit-in-none"]),
        ("sit ask length: 10 hours", ["option-unclear", "length-unclear"]),
        ("sit can aaaaaaaa", ["sit-over"]),
        ("sit pick 3", ["sit-over"]),
        ("sit withdraw", ["sit-nothing"]),
        ("card no-such-card", ["option-unclear", "card-unknown"]),
        ("help elephants", ["help-no-such-topic"]),
        ("find " + "x" * 401, ["line-long"]),
        ("elephants", ["not-understood"]),
    ],
)
async def test_nothing_is_changed_and_nobody_else_hears(caller: Caller, line: str, expected: list[str]) -> None:
    await caller.types("rota new Tea, daily 20:00")
    rows, heard = await caller.stage.rows(), len(caller.stage.world.public)
    before = {who: len(said) for who, said in caller.stage.world.private.items() if who != caller.person}

    assert await caller.types(line) == expected
    assert await caller.stage.rows() == rows
    assert len(caller.stage.world.public) == heard
    assert {who: len(said) for who, said in caller.stage.world.private.items() if who != caller.person} == before


async def test_an_unknown_option_of_a_form_is_refused(caller: Caller) -> None:
    assert await caller.asks("sit pause", elephants="yes") == ["option-unknown"]


async def test_an_unknown_command_of_a_form_is_refused(caller: Caller) -> None:
    assert await caller.asks("elephants") == ["not-understood"]


async def test_an_unknown_word_in_a_room_is_left_alone(caller: Caller) -> None:
    assert [await caller.types(line, private=False) for line in ("elephants", "", "8ball will it rain")] == [[], [], []]


async def test_a_near_miss_in_a_room_is_answered_in_private(caller: Caller) -> None:
    assert await caller.types("roat new", private=False) == ["not-understood-near"]
    assert not caller.stage.world.public


async def test_another_groups_rotas_do_not_exist(caller: Caller) -> None:
    await caller.types("rota new Soup, daily 20:00")
    rows = await caller.stage.rows()
    theirs = caller.of(BEA, OTHER_GROUP)

    assert [
        await theirs.types(line) for line in ("rota show 1", "rota join 1 tomorrow", "rota end Soup", "rota mine")
    ] == [
        ["rota-none"],
        ["rota-none"],
        ["rota-none"],
        ["rota-mine-none"],
    ]
    assert await caller.stage.rows() == rows


async def test_another_groups_asks_and_offers_do_not_exist(caller: Caller) -> None:
    bea = caller.of(BEA)
    await bea.types("sit open")
    await caller.types("sit ask quiet")
    [invitation] = [said for said in caller.stage.world.private[bea.person] if said.choices]
    code = invitation.choices[0].options["ask"]
    await bea.types(f"sit can {code}")
    rows = await caller.stage.rows()
    elsewhere = caller.of(ASH, OTHER_GROUP), caller.of(BEA, OTHER_GROUP)

    assert [
        await elsewhere[1].types(f"sit can {code}"),
        await elsewhere[0].types("sit pick 1"),
        await elsewhere[0].types("sit withdraw"),
        await elsewhere[1].types("sit withdraw"),
    ] == [["sit-over"], ["sit-over"], ["sit-nothing"], ["sit-nothing"]]
    assert await caller.stage.rows() == rows


async def test_what_a_person_told_in_one_group_stays_there(caller: Caller) -> None:
    await caller.types("me zone dublin")
    shown = await caller.of(ASH, OTHER_GROUP).hears("me")

    assert shown is not None
    assert [line.args["zone"] for line in shown.lines if "zone" in line.args] == ["Europe/London"]


async def test_an_answer_to_a_question_or_a_number_counts_only_in_its_own_group(caller: Caller) -> None:
    await caller.types("rota new")

    assert await caller.of(ASH, OTHER_GROUP).types("Sunday soup") == ["not-understood"]
