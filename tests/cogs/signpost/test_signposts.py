"""What a person gets from `find`, `card` and `now`, as sentences on a phone."""

import itertools
from pathlib import Path

import pytest
from whenever import Date, Instant

from bot.cogs.signpost import Signposts
from bot.cogs.signpost.telling import Reader, whole
from bot.domain.commands import Asked, Reading
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.people import Nation, Wish
from bot.domain.saying import Line, Look, Refused, Say
from bot.domain.signpost.asking import CardName
from bot.domain.signpost.cards import Card, Fact
from bot.domain.typed import options_in
from bot.store.packs import read_pack
from bot.words.catalogue import Catalogue
from tests.domain.signpost.build import assurance, card, pack, phone
from tests.fakes.people import FakePeople

ROOT = Path(__file__).parents[3]
UK = read_pack(ROOT / "config" / "signposts" / "uk")
GROUP, PERSON, PLACE = GroupId("local:g"), PersonId("local:p"), PlaceId("local:r")
NOW = Instant.from_utc(2026, 11, 22, 20)
READING = Reading(now=NOW, zone="Europe/London")
LONGEST_ON_A_PHONE = 1800


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    patterns = tmp_path_factory.mktemp("words") / "en-GB"
    patterns.mkdir()
    (patterns / "patterns.ftl").write_text("pattern-day = d MMMM y\n", encoding="utf-8")
    return Catalogue([patterns.parent, ROOT / "config" / "words"])


def signposts(nation: Nation | None = None, *cards: Card) -> Signposts:
    people = FakePeople(wishes={(GROUP, PERSON): Wish(nation=nation)})
    return Signposts(pack=pack(*cards) if cards else UK, people=people)


def asked(command: str, at: Instant = NOW, **options: str) -> Asked:
    return Asked(
        key="k",
        command=command,
        options=options,
        person=PERSON,
        group=GROUP,
        place=PLACE,
        at=at,
    )


def ids(answer: Say) -> list[str]:
    return [line.id for line in answer.lines]


def read_out(answer: Say, words: Catalogue) -> str:
    return "\n".join(words.text(line, "en-GB") for line in answer.lines)


async def test_find_shows_the_best_card_whole_and_the_next_ones_to_open(words: Catalogue) -> None:
    answer = await signposts(Nation.ENGLAND).find(asked("find", need="they stopped my money"))

    assert answer.lines[0].look is Look.HEADING
    assert [choice.typed for choice in answer.choices] == [
        "card pip-mandatory-reconsideration",
        "card find-benefits-adviser",
        "now",
    ]
    assert "Universal Credit sanctioned: money cut for missing something\n" in read_out(answer, words)


async def test_find_ends_with_where_the_round_the_clock_lines_are() -> None:
    for need in ("they stopped my money", "what channel is the match on"):
        answer = await signposts().find(asked("find", need=need))

        assert answer.lines[-1] == Line(id="find-now", look=Look.QUIET)


async def test_find_never_repeats_what_was_typed(words: Catalogue) -> None:
    need = "xylophone they stopped my money xylophone"

    for nation in (None, *Nation):
        assert "xylophone" not in read_out(await signposts(nation).find(asked("find", need=need)), words)


async def test_find_says_honestly_that_nothing_fits() -> None:
    answer = await signposts().find(asked("find", need="what channel is the match on"))

    assert ids(answer) == ["find-nothing", "find-now"]


async def test_find_says_that_only_another_nation_has_such_a_card(words: Catalogue) -> None:
    answer = await signposts(Nation.WALES).find(asked("find", need="homeless tonight"))

    assert ids(answer) == ["find-elsewhere", "find-now"]
    assert "none for Wales yet" in read_out(answer, words)


async def test_with_no_nation_told_each_variant_carries_its_nations(words: Catalogue) -> None:
    told = read_out(await signposts().find(asked("find", need="pip refused")), words)

    assert "For England, Wales and Northern Ireland." in told
    assert "Scotland: Adult Disability Payment refused or cut" in told


async def test_with_the_nation_told_there_is_nothing_of_another(words: Catalogue) -> None:
    told = read_out(await signposts(Nation.NI).find(asked("find", need="pip refused")), words)

    assert "MR2(NI)" in told
    assert "CRMR1" not in told
    assert "Scotland: " not in told


async def test_a_card_opens_by_its_id() -> None:
    answer = await signposts(Nation.WALES).card(asked("card", id="debt-advice"))

    assert answer.lines[0].args["name"] == "Free debt advice"
    assert answer.choices == ()


async def test_a_card_of_another_nation_says_so_and_offers_ones_own(words: Catalogue) -> None:
    answer = await signposts(Nation.SCOTLAND).card(asked("card", id="pip-mandatory-reconsideration"))

    assert "This card is not for Scotland.\nFor England, Wales and Northern Ireland." in read_out(answer, words)
    assert [choice.typed for choice in answer.choices] == ["card adp-redetermination"]


async def test_with_no_nation_told_a_card_offers_its_variants() -> None:
    answer = await signposts().card(asked("card", id="crisis-lifeline-ni"))

    assert [choice.typed for choice in answer.choices] == ["card crisis-nhs-111-mental-health"]


def test_a_card_is_named_with_or_without_hyphens_and_another_name_is_refused() -> None:
    kind = CardName(choices=("debt-advice",))

    assert kind.read("Debt advice", READING) == "debt-advice"
    with pytest.raises(Refused):
        kind.read("another", READING)


async def test_a_stale_fact_says_check_this_first_at_the_top(words: Catalogue) -> None:
    old = Fact(text="Old.", assurance=assurance(review_by=Date(2026, 11, 21)))
    answer = await signposts(None, card("old", steps=(old,), phones=(phone("1"),))).card(asked("card", id="old"))

    assert ids(answer)[:2] == ["signpost-name", "signpost-check-first"]
    assert "Check this first" in read_out(answer, words)


async def test_a_fact_is_stale_by_the_date_where_the_person_is() -> None:
    fact = Fact(text="Old.", assurance=assurance(review_by=Date(2027, 7, 1)))
    cards = signposts(None, card("old", steps=(fact,)))
    before_midnight_in_london = Instant.from_utc(2027, 7, 1, 22, 59)
    after = Instant.from_utc(2027, 7, 1, 23, 1)

    assert "signpost-check-first" not in ids(await cards.card(asked("card", at=before_midnight_in_london, id="old")))
    assert "signpost-check-first" in ids(await cards.card(asked("card", at=after, id="old")))


async def test_now_shows_the_lines_of_the_persons_nation_and_that_nobody_is_told(words: Catalogue) -> None:
    answer = await signposts(Nation.NI).now(asked("now"))

    told = read_out(answer, words)
    assert "Lifeline: 0808 808 8000. Free, day and night." in told
    assert "111" not in told
    assert answer.lines[-1].id == "now-nobody-told"


async def test_now_takes_another_nation_for_once() -> None:
    answer = await signposts(Nation.NI).now(asked("now", nation="scotland"))

    assert "111" in [line.args.get("number") for line in answer.lines]


async def test_now_labels_the_lines_when_no_nation_is_told(words: Catalogue) -> None:
    told = read_out(await signposts().now(asked("now")), words)

    assert "Northern Ireland: Lifeline" in told
    assert "England, Scotland and Wales: NHS mental health" in told


def test_every_typed_word_after_find_is_the_need_and_now_knows_its_nations() -> None:
    commands = {command.name: command for command in signposts().answers}

    assert options_in("pip, refused: now what", commands["find"], READING) == {"need": "pip, refused: now what"}
    assert options_in("northern ireland", commands["now"], READING) == {"nation": "northern ireland"}
    assert options_in("NI", commands["now"], READING) == {"nation": "NI"}


@pytest.mark.parametrize(("card", "nation"), list(itertools.product(UK.cards, [None, *Nation])))
def test_every_card_is_short_enough_for_a_phone(card: Card, nation: Nation | None, words: Catalogue) -> None:
    told = read_out(Say(lines=whole(card, Reader(nation=nation, today=Date(2026, 11, 22)))), words)

    assert len(told) <= LONGEST_ON_A_PHONE
