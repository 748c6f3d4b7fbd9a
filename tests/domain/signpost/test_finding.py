"""The right card is found for what people type, nothing is found for what fits nothing, and nations never mix.

The needs as people type them come with the gathered material. Whoever wrote the aliases had read them, so the
figure is a floor to hold and not a promise.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Nation
from bot.domain.signpost.finding import MOST, find
from bot.domain.signpost.terms import stem, terms
from bot.store.packs import read_pack
from tests.domain.signpost.build import card, pack

ROOT = Path(__file__).parents[3]
UK = read_pack(ROOT / "config" / "signposts" / "uk")
TYPED = ROOT.parent / "shared" / "signposts" / "dev_queries.tsv"

needs_typed = pytest.mark.skipif(
    not TYPED.is_file(), reason="reads ../shared/signposts/dev_queries.tsv, needs as people type them, not here"
)
told_or_not = st.sampled_from([None, *Nation])


def found_ids(query: str, nation: Nation | None) -> list[set[str]]:
    return [{card.id for card in hit.cards} for hit in find(query, nation, UK).hits]


def typed() -> Iterator[tuple[str, Nation | None, set[str]]]:
    with TYPED.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            nation = None if row["nation"] == "-" else Nation(row["nation"])
            yield row["query"], nation, set(row["accept"].split(";"))


@needs_typed
def test_what_people_type_finds_an_accepted_card_among_the_first_three() -> None:
    ours = {card.id for card in UK.cards}
    answerable = [(query, nation, accepted) for query, nation, accepted in typed() if accepted & ours]

    good = [any(accepted & ids for ids in found_ids(query, nation)) for query, nation, accepted in answerable]

    assert len(answerable) == 40
    assert sum(good) / len(good) >= 0.85


@needs_typed
def test_small_talk_finds_nothing_nine_times_in_ten() -> None:
    talk = [query for query, _, accepted in typed() if accepted == {"NONE"}]

    answered = [query for query in talk if found_ids(query, None)]

    assert len(talk) == 20
    assert len(answered) <= 2


@pytest.mark.parametrize("nation", [None, *Nation])
def test_they_stopped_my_money_finds_the_decision_the_sanction_and_an_adviser(nation: Nation | None) -> None:
    ids = set().union(*found_ids("they stopped my money", nation))

    assert {"uc-sanction", "find-benefits-adviser"} <= ids
    assert ("adp-redetermination" in ids) == (nation in {None, Nation.SCOTLAND})
    assert ("pip-mandatory-reconsideration" in ids) == (nation is not Nation.SCOTLAND)


@pytest.mark.parametrize("typed", ["want to kill myself", "i feel suicidal", "i cant keep myself safe", "samaratans"])
def test_despair_in_many_words_finds_someone_to_talk_to(typed: str) -> None:
    assert "crisis-lines-247" in found_ids(typed, Nation.WALES)[0]


def test_another_nations_words_find_the_equivalent_of_ones_own() -> None:
    assert found_ids("pip refused", Nation.SCOTLAND)[0] == {"adp-redetermination"}
    assert found_ids("adult disability payment refused", Nation.NI)[0] == {"pip-mandatory-reconsideration"}


def test_with_no_nation_told_the_variants_count_as_one() -> None:
    assert found_ids("pip refused", None)[0] == {"pip-mandatory-reconsideration", "adp-redetermination"}


def test_a_card_that_only_another_nation_has_is_not_shown_and_that_is_said() -> None:
    found = find("homeless tonight", Nation.SCOTLAND, UK)

    assert found.hits == ()
    assert found.elsewhere


def test_nothing_typed_finds_nothing() -> None:
    assert find("", None, UK).hits == ()
    assert find("???", None, pack()).hits == ()


def test_a_misspelt_word_still_finds_its_card() -> None:
    cards = pack(card("hospital transport", "lift to hospital"), card("debt", "owing money"))

    assert [hit.cards[0].id for hit in find("hosptial", None, cards).hits] == ["hospital transport"]


def test_words_are_compared_by_their_stems_and_common_ones_do_not_count() -> None:
    assert terms("Where do I go, I\u2019ve been SANCTIONED me?") == ("sanction",)
    assert stem("sanctions") == stem("sanctioned")


@given(query=st.text(max_size=200), nation=told_or_not)
def test_no_text_raises_or_finds_another_nations_card(query: str, nation: Nation | None) -> None:
    holds(query, nation)


@given(
    query=st.lists(st.sampled_from([*(a for c in UK.cards for a in c.aliases), *(c.name for c in UK.cards)])).map(
        " ".join
    ),
    nation=told_or_not,
)
def test_nor_do_the_words_of_the_cards_themselves(query: str, nation: Nation | None) -> None:
    holds(query, nation)


def holds(query: str, nation: Nation | None) -> None:
    found = find(query, nation, UK)
    shown = [card for hit in found.hits for card in hit.cards]

    assert len(found.hits) <= MOST
    assert len({card.id for card in shown}) == len(shown)
    assert all(nation is None or nation in card.nations for card in shown)
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
