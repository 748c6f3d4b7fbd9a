"""The pack of the UK is complete, and a pack with a slip in it is refused."""

import csv
import re
from pathlib import Path

import pytest
from whenever import Date

from bot.domain.people import Nation
from bot.domain.signpost.cards import Card, Pack, digits
from bot.store.packs import PackError, read_pack

ROOT = Path(__file__).parents[2]
UK = ROOT / "config" / "signposts" / "uk"
MATERIAL = ROOT.parent / "shared" / "signposts"

needs_material = pytest.mark.skipif(
    not MATERIAL.is_dir(), reason="reads ../shared/signposts, the gathered material, which is not here"
)

HEAD = 'id: here\nnow: ["116 123"]\n'
CARD = """
- id: lines
  name: Someone to talk to
  nations: [england, scotland, wales, ni]
  description: People who listen.
  steps: [{text: Ring.}]
  phones:
    - name: Samaritans
      number: 116 123
      round_the_clock: true
      assurance: {source: "https://example.org", checked_on: 2026-11-22, review_by: 2027-05-22}
  pages: []
  left_out: [{text: Nobody.}]
  aliases: [somebody to talk to]
"""


@pytest.fixture(scope="module")
def uk() -> Pack:
    return read_pack(UK)


def pack_of(folder: Path, card: str = CARD, head: str = HEAD) -> Pack:
    (folder / "pack.yaml").write_text(head, encoding="utf-8")
    (folder / "crisis.yaml").write_text(card, encoding="utf-8")
    return read_pack(folder)


def test_a_card_takes_its_category_from_the_name_of_its_file(tmp_path: Path) -> None:
    pack = pack_of(tmp_path)

    assert [(card.id, card.category) for card in pack.cards] == [("lines", "crisis")]
    assert Date(2027, 5, 22) == pack.cards[0].phones[0].assurance.review_by


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("phones:", "fones:", "fones is not a part of a card"),
        ("number: 116 123", "number: 116 123\n      colour: blue", "colour is not a part of a card"),
        ("round_the_clock: true", "round_the_clock: false", "no crisis card has the round-the-clock number 116 123"),
        ("description: People who listen.", "", "missing required field `description`"),
        ("england", "narnia", "Invalid enum value 'narnia'"),
        ("2026-11-22", "yesterday", "a day is written like 2026-11-22"),
        ("- id: lines", "id: lines", "crisis.yaml"),
        ("steps: [{text: Ring.}]", "steps: [Ring.]", "Expected `object`"),
    ],
)
def test_a_slip_in_a_card_is_refused_with_what_is_wrong(tmp_path: Path, before: str, after: str, what: str) -> None:
    with pytest.raises(PackError, match=re.escape(what)):
        pack_of(tmp_path, CARD.replace(before, after))


def test_two_cards_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="two cards have the id lines"):
        pack_of(tmp_path, CARD + CARD)


def test_a_list_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="a card is a list of names and values"):
        pack_of(tmp_path, "- lines\n")


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=re.escape("pack.yaml")):
        read_pack(tmp_path)


def test_ten_cards_come_with_the_house(uk: Pack) -> None:
    assert len(uk.cards) == 14


def test_every_card_says_what_to_do_for_each_of_its_nations(uk: Pack) -> None:
    for card in uk.cards:
        for nation in card.nations:
            assert [step for step in card.steps if not step.nations or nation in step.nations], card.id
        assert card.left_out, card.id
        assert card.phones or card.pages, card.id
        assert len(card.aliases) >= 5, card.id


def test_every_card_has_a_source_and_a_day_for_each_of_its_nations(uk: Pack) -> None:
    for card in uk.cards:
        for nation in card.nations:
            assert card.assured_date(nation), card.id


def test_every_fact_is_to_be_looked_at_again_within_a_year_of_the_day_it_was_checked(uk: Pack) -> None:
    for card in uk.cards:
        for assurance in card.assurances(None):
            assert assurance.source.startswith("https://"), card.id
            assert assurance.checked_on < assurance.review_by <= assurance.checked_on.add(years=1), card.id


def test_parts_of_a_card_are_only_for_nations_of_that_card(uk: Pack) -> None:
    for card in uk.cards:
        facts = [fact.nations for fact in (*card.steps, *card.deadlines, *card.left_out)]
        contacts = [phone.nations for phone in card.phones] + [page.nations for page in card.pages]
        assert set().union(*facts, *contacts) <= set(card.nations), card.id


@needs_material
def test_ids_categories_nations_names_and_equivalents_are_those_of_the_taxonomy(uk: Pack) -> None:
    with (MATERIAL / "taxonomy.tsv").open(encoding="utf-8") as file:
        rows = {row["id"]: row for row in csv.DictReader(file, delimiter="\t")}

    for card in uk.cards:
        assert rows[card.id]["category"] == card.category
        assert rows[card.id]["title"] == card.name
        assert nations_of(rows[card.id]["nations"]) == set(card.nations)
        assert rows[card.id]["equivalents"] == equivalents_written(card)


@needs_material
def test_every_number_stands_in_the_gathered_facts(uk: Pack) -> None:
    facts = re.sub(r"[\s*]", "", (MATERIAL / "facts.md").read_text(encoding="utf-8"))

    for card in uk.cards:
        for phone in card.phones:
            assert digits(phone.number) in facts, (card.id, phone.name)


def nations_of(written: str) -> set[Nation]:
    return set(Nation) if written == "uk" else {Nation(name) for name in written.split(",")}


def equivalents_written(card: Card) -> str:
    return ",".join(f"{nation.value}:{id_}" for nation, id_ in card.equivalents.items())
