"""A card knows whom each part is for and which facts have gone stale."""

from dataclasses import replace

from whenever import Date

from bot.domain.signpost.cards import Fact
from tests.domain.signpost.build import EVERYWHERE, REVIEW, assurance, card, pack, phone

ENGLAND, SCOTLAND, WALES, NI = EVERYWHERE


def test_a_fact_is_fresh_on_the_day_it_is_to_be_looked_at_again_and_stale_the_day_after() -> None:
    fact = assurance()

    assert not fact.stale(REVIEW)
    assert fact.stale(REVIEW.add(days=1))


def test_a_card_is_stale_only_for_the_nations_of_the_stale_fact() -> None:
    old = Fact(text="Old.", nations=(WALES,), assurance=assurance(review_by=Date(2026, 12, 1)))
    signpost = card("a", steps=(old,), phones=(phone("1"),))

    assert signpost.stale(WALES, Date(2027, 1, 1)) == (old.assurance,)
    assert signpost.stale(SCOTLAND, Date(2027, 1, 1)) == ()
    assert signpost.stale(None, Date(2027, 1, 1)) == (old.assurance,)


def test_the_day_a_card_was_checked_is_that_of_its_longest_unchecked_fact() -> None:
    older = replace(assurance(), checked_on=Date(2026, 1, 18))
    signpost = card("a", steps=(Fact(text="Older.", assurance=older),), phones=(phone("1"),))

    assert signpost.assured_date(None) == Date(2026, 1, 18)


def test_a_card_without_facts_that_go_stale_was_checked_on_no_day() -> None:
    assert card("a").assured_date(None) is None


def test_a_nation_gets_its_own_card_or_the_equivalent_that_is_for_it() -> None:
    pip = card("pip", nations=(ENGLAND, WALES, NI), equivalents={SCOTLAND: "adp"})
    adp = card("adp", nations=(SCOTLAND,), equivalents={ENGLAND: "pip", WALES: "pip", NI: "pip"})
    cards = pack(pip, adp)

    assert cards.card_for(pip, WALES) is pip
    assert cards.card_for(pip, SCOTLAND) is adp
    assert cards.variants(adp) == (adp, pip)


def test_an_equivalent_that_is_missing_or_not_for_that_nation_is_none() -> None:
    here = card("here", nations=(ENGLAND,), equivalents={SCOTLAND: "gone", WALES: "wrong"})
    wrong = card("wrong", nations=(NI,))
    cards = pack(here, wrong)

    assert cards.card_for(here, SCOTLAND) is None
    assert cards.card_for(here, WALES) is None
    assert cards.card_for(here, NI) is None
