"""Cards suggested while a search is typed: the same that the search finds."""

from bot.cogs.signpost.signposts import FIND
from bot.domain.people import Nation
from tests.cogs.signpost.test_signposts import UK, asked, ids, signposts
from tests.domain.signpost.build import card


async def test_the_card_that_a_search_finds_is_suggested_and_its_name_finds_it() -> None:
    feature = signposts(Nation.WALES)
    [first, *_] = await feature.suggestions["find", "need"](asked("find"), "they stopped my mon")
    answer = await feature.find(asked(FIND.name, need=first.value))

    assert first.label.id == "signpost-name"
    assert answer.lines[0].args["name"] == first.value


async def test_with_nothing_typed_every_card_for_the_persons_nation_is_suggested() -> None:
    feature = signposts(Nation.SCOTLAND)
    found = await feature.suggestions["find", "need"](asked("find"), "")

    assert {one.value for one in found} == {one.name for one in UK.cards if Nation.SCOTLAND in one.nations}


async def test_a_card_is_suggested_by_name_and_opened_by_id() -> None:
    feature = signposts(None)
    found = await feature.suggestions["card", "id"](asked("card"), "debt")

    assert found
    for one in found:
        assert "card-unknown" not in ids(await feature.card(asked("card", id=one.value)))


async def test_to_whom_no_nation_was_told_a_card_says_for_which_nations_it_is() -> None:
    feature = signposts(None, card("rent", nations=(Nation.WALES,)), card("rents"))
    found = await feature.suggestions["find", "need"](asked("find"), "rent")

    assert sorted((one.value, one.label.id) for one in found) == [
        ("rent", "signpost-only-for"),
        ("rents", "signpost-name"),
    ]
