"""A card as a value: what to do, whom to ring, and how well each fact stands on the day it is read.

Fields are named after Open Referral UK (HSDS 3), where it has them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from whenever import Date

from bot.domain.people import Nation


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance:
    """Where a fact stands, the day it was checked there, and the day after which it must be looked at again."""

    source: str
    checked_on: Date
    review_by: Date

    def stale(self, today: Date) -> bool:
        """Whether the day to look again has gone by."""
        return today > self.review_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A sentence of a card. No nations means all of the card's; no assurance means that it cannot go stale."""

    text: str
    nations: tuple[Nation, ...] = ()
    assurance: Assurance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number to ring or text. `schedules` says in words when it answers; empty means see the page."""

    name: str
    number: str
    schedules: str = ""
    round_the_clock: bool = False
    nations: tuple[Nation, ...] = ()
    assurance: Assurance


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An official page, for what the card leaves out."""

    name: str
    url: str
    nations: tuple[Nation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One signpost. `equivalents` names the card that stands for it in each nation that it is not for.

    `aliases` are what people type when they need it. `opened_by_hand` says that a person opened every page named.
    """

    id: str
    category: str
    name: str
    nations: tuple[Nation, ...]
    description: str
    steps: tuple[Fact, ...]
    deadlines: tuple[Fact, ...] = ()
    phones: tuple[Phone, ...] = ()
    pages: tuple[Page, ...]
    required_documents: tuple[Fact, ...] = ()
    left_out: tuple[Fact, ...]
    equivalents: Mapping[Nation, str] = field(default_factory=lambda: MappingProxyType({}))
    aliases: tuple[str, ...]
    opened_by_hand: bool = False

    def assurances(self, nation: Nation | None) -> tuple[Assurance, ...]:
        """Return what the facts shown to that nation stand on."""
        parts = (part for part in self._parts() if concerns(part.nations, nation))
        return tuple(part.assurance for part in parts if part.assurance)

    def assured_date(self, nation: Nation | None) -> Date | None:
        """Return the day on which the longest unchecked of its facts was checked; None when none can go stale."""
        return min((assurance.checked_on for assurance in self.assurances(nation)), default=None)

    def stale(self, nation: Nation | None, today: Date) -> tuple[Assurance, ...]:
        """Return what must be checked before it is relied on."""
        return tuple(assurance for assurance in self.assurances(nation) if assurance.stale(today))

    def _parts(self) -> Iterator[Fact | Phone]:
        yield from self.steps
        yield from self.deadlines
        yield from self.phones
        yield from self.required_documents
        yield from self.left_out


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pack:
    """All the cards of one place. `now` lists the numbers to show at once, in order."""

    id: str
    now: tuple[str, ...]
    cards: tuple[Card, ...]

    def card(self, id_: str) -> Card | None:
        """Return the card of that id, or None."""
        return next((card for card in self.cards if card.id == id_), None)

    def card_for(self, card: Card, nation: Nation) -> Card | None:
        """Return the card itself where it is for that nation, or its equivalent there; None when there is none."""
        if nation in card.nations:
            return card
        other = self.card(card.equivalents.get(nation, ""))
        return other if other and nation in other.nations else None

    def variants(self, card: Card) -> tuple[Card, ...]:
        """Return the card and its equivalents in other nations, each once."""
        others = (self.card_for(card, nation) for nation in Nation)
        return tuple({found.id: found for found in (card, *others) if found}.values())


def concerns(nations: tuple[Nation, ...], nation: Nation | None) -> bool:
    """Whether a part of a card is for that nation; with no nation told, every part is shown."""
    return nation is None or not nations or nation in nations


def digits(number: str) -> str:
    """Return the number without its spaces, so that two ways of writing it compare."""
    return "".join(number.split())
