"""Cards suggested while a search is typed."""

import pytest

from bot import settings
from bot.domain.people import Nation
from bot.domain.signpost.finding import find, near
from bot.store.packs import read_pack
from tests.domain.signpost.build import card, pack

UK = read_pack(settings.shipped() / "signposts" / "uk")


@pytest.mark.parametrize("nation", [None, *Nation])
def test_every_card_suggested_is_the_first_that_its_own_name_finds(nation: Nation | None) -> None:
    cards = near("", nation, UK)

    assert cards
    assert [one.id for one in cards if one not in find(one.name, nation, UK).hits[0].cards] == []


def test_what_the_search_finds_goes_before_names_that_hold_what_was_typed() -> None:
    cards = pack(card("rent and money"), card("debt advice", "they stopped my money"), card("bed"))

    assert [one.id for one in near("they stopped my money", None, cards)] == ["debt advice"]
    assert [one.id for one in near("Nd  mo", None, cards)] == ["rent and money"]
    assert near("elephants", None, cards) == ()
    assert [one.id for one in near("rent", None, pack(card("torrent"), card("rent")))] == ["rent", "torrent"]


def test_no_card_of_another_nation_is_suggested() -> None:
    cards = pack(card("rent help", nations=(Nation.WALES,)), card("rent fund", nations=(Nation.NI,)))

    assert [one.id for one in near("rent", Nation.NI, cards)] == ["rent fund"]
    assert [one.id for one in near("", Nation.WALES, cards)] == ["rent help"]
