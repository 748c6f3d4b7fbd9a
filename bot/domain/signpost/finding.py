"""Finding the card for what a person typed, in any words, with any spelling, and saying so when none fits.

Two measures are blended: how much of what was typed the card speaks of (BM25), and how near it comes, letter by
letter, to something that people are known to type. No card of another nation is ever found.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.people import Nation
from bot.domain.signpost.cards import Card, Pack, concerns
from bot.domain.signpost.terms import grams, terms

MOST = 3
THRESHOLD = 0.3
NEAR_BEST = 0.5
_COVERED, _ALIKE = 0.5, 0.5
_SATURATION = 0.6
_DOUBT = 0.4
_MISSPELT = 0.8
_SHORTEST_MISSPELT = 5
_NEAREST_SPELLING = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that may be meant. With the nation told there is one card; otherwise one for each nation's rules."""

    cards: tuple[Card, ...]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What fits, best first, at most three. `elsewhere` says that other nations' cards would have fitted."""

    hits: tuple[Hit, ...]
    elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    card: Card
    weights: Mapping[str, float]
    phrases: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    entries: tuple[_Entry, ...]
    rarity: Mapping[str, float]
    rarest: float


def find(query: str, nation: Nation | None, pack: Pack) -> Found:
    """Return the cards that fit what was typed, for that nation only; None means that it was not told."""
    index = _index(pack)
    asked = _spelt(terms(query), index)
    letters = grams(query)
    scored = [(_score(entry, asked, letters, index), entry.card) for entry in index.entries]
    fitting = sorted(((score, card) for score, card in scored if score >= THRESHOLD), key=lambda pair: -pair[0])
    near_best = [pair for pair in fitting if pair[0] >= fitting[0][0] * NEAR_BEST]
    hits = _hits(near_best, nation, pack)[:MOST]
    return Found(hits=hits, elsewhere=bool(fitting) and not hits)


def near(typed: str, nation: Nation | None, pack: Pack) -> tuple[Card, ...]:
    """Return the cards that a search begun so may be for: those found, then those whose name holds what was typed.

    With nothing typed they are all there are for that nation.
    """
    words = " ".join(typed.casefold().split())
    found = (card for hit in find(typed, nation, pack).hits for card in hit.cards)
    named = (card for card in pack.cards if words in card.name.casefold() and concerns(card.nations, nation))
    return tuple({card.id: card for card in (*found, *named)}.values())


def _hits(fitting: list[tuple[float, Card]], nation: Nation | None, pack: Pack) -> tuple[Hit, ...]:
    hits: list[Hit] = []
    shown: set[str] = set()
    for score, card in fitting:
        cards = pack.variants(card) if nation is None else _own(card, nation, pack)
        fresh = tuple(card for card in cards if card.id not in shown)
        shown.update(card.id for card in fresh)
        if fresh:
            hits.append(Hit(cards=fresh, score=score))
    return tuple(hits)


def _own(card: Card, nation: Nation, pack: Pack) -> tuple[Card, ...]:
    own = pack.card_for(card, nation)
    return (own,) if own else ()


def _score(entry: _Entry, asked: Mapping[str, float], letters: frozenset[str], index: _Index) -> float:
    return _COVERED * _covered(entry, asked, index) + _ALIKE * _alike(entry, letters)


def _covered(entry: _Entry, asked: Mapping[str, float], index: _Index) -> float:
    """Return how much of what was asked the card speaks of, from 0 to 1, rare words counting more."""
    whole = sum(index.rarity.get(term, index.rarest) for term in asked)
    spoken = sum(
        index.rarity.get(term, 0) * sureness * _saturated(entry.weights.get(term, 0))
        for term, sureness in asked.items()
    )
    return spoken / (whole + _DOUBT * index.rarest)


def _saturated(weight: float) -> float:
    return weight * (1 + _SATURATION) / (weight + _SATURATION) / (1 + _SATURATION)


def _alike(entry: _Entry, letters: frozenset[str]) -> float:
    """Return how near the letters come to the nearest phrase, from 0 to 1 (Dice's coefficient)."""
    return max(2 * len(letters & phrase) / (len(letters) + len(phrase) or 1) for phrase in entry.phrases)


def _spelt(asked: tuple[str, ...], index: _Index) -> Mapping[str, float]:
    """Return each term with how sure it is, those that no card knows put right where one is near."""
    spelt: dict[str, float] = {}
    for term in asked:
        right = term if term in index.rarity or len(term) < _SHORTEST_MISSPELT else _nearest(term, index)
        spelt[right] = 1.0 if right == term else _MISSPELT
    return spelt


def _nearest(term: str, index: _Index) -> str:
    known = (word for word in index.rarity if len(word) >= _SHORTEST_MISSPELT and word[0] == term[0])
    # Takes 3 MB, and many houses go for weeks without a misspelt search.
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    near = process.extractOne(term, known, scorer=OSA.normalized_similarity, score_cutoff=_NEAREST_SPELLING)
    return near[0] if near else term


@lru_cache(maxsize=4)
def _index(pack: Pack) -> _Index:
    entries = tuple(_entry(card) for card in pack.cards)
    spread = Counter(term for entry in entries for term in entry.weights)
    rarity = {term: math.log(1 + (len(entries) - n + 0.5) / (n + 0.5)) for term, n in spread.items()}
    return _Index(entries=entries, rarity=rarity, rarest=max(rarity.values(), default=1.0))


def _entry(card: Card) -> _Entry:
    weights: Counter[str] = Counter()
    for text, weight in ((card.name, 2), (card.description, 1), *((alias, 1) for alias in card.aliases)):
        weights.update(dict.fromkeys(terms(text), weight))
    return _Entry(card=card, weights=weights, phrases=tuple(grams(text) for text in (card.name, *card.aliases)))
