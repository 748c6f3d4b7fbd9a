"""A card as lines, short enough for a phone: what is for another nation is left out, or labelled when none is told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from whenever import Date

from bot.domain.people import Nation
from bot.domain.saying import Choice, Line, Look, line
from bot.domain.signpost.cards import Assurance, Card, Fact, Phone, concerns
from bot.domain.signpost.nations import named


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom a card is told: their nation, None when not told, and the date where they are."""

    nation: Nation | None
    today: Date


def whole(card: Card, reader: Reader) -> tuple[Line, ...]:
    """Return everything that the card holds for this reader."""
    return (
        line("signpost-name", Look.HEADING, name=card.name),
        *_for_whom(card, reader),
        *_check_first(card, reader),
        line("signpost-text", text=card.description),
        *_facts(card, card.steps, "signpost-text", Look.STEP, reader),
        *_facts(card, card.deadlines, "signpost-deadline", Look.ITEM, reader),
        *_phones(card, reader),
        *_facts(card, card.required_documents, "signpost-ready", Look.ITEM, reader),
        *_facts(card, card.left_out, "signpost-left-out", Look.ITEM, reader),
        *_pages(card, reader),
        *_checked(card, reader),
    )


def summary(card: Card, reader: Reader) -> Line:
    """Return the card in one line."""
    said = line("signpost-summary", Look.ITEM, name=card.name, description=card.description)
    return _labelled(said, card.nations, tuple(Nation), reader)


def title(card: Card, reader: Reader) -> Line:
    """Return the card's name, and for whom it is where that must be said."""
    return _labelled(line("signpost-name", name=card.name), card.nations, tuple(Nation), reader)


def opening(card: Card) -> Choice:
    """Return the choice that opens the card."""
    return Choice(label=line("signpost-name", name=card.name), command="card", options={"id": card.id})


def _for_whom(card: Card, reader: Reader) -> Iterator[Line]:
    if reader.nation and reader.nation not in card.nations:
        yield line("signpost-not-for", nation=named((reader.nation,)))
    if len(card.nations) < len(Nation) and reader.nation not in card.nations:
        yield line("signpost-is-for", nations=named(card.nations))


def _check_first(card: Card, reader: Reader) -> Iterator[Line]:
    stale = card.stale(_shown(card, reader), reader.today)
    if stale:
        earliest = min(assurance.review_by for assurance in stale)
        yield line("signpost-check-first", day=earliest, year=str(earliest.year), sources=_hosts(stale))


def _facts(card: Card, facts: Iterable[Fact], id_: str, look: Look, reader: Reader) -> Iterator[Line]:
    for fact in facts:
        if concerns(fact.nations, _shown(card, reader)):
            yield _labelled(line(id_, look, text=fact.text), fact.nations, card.nations, reader)


def _phones(card: Card, reader: Reader) -> Iterator[Line]:
    for phone in card.phones:
        if concerns(phone.nations, _shown(card, reader)):
            yield _labelled(_phone(phone), phone.nations, card.nations, reader)


def _phone(phone: Phone) -> Line:
    if not phone.schedules:
        return line("signpost-phone", Look.ITEM, name=phone.name, number=phone.number)
    return line("signpost-phone-hours", Look.ITEM, name=phone.name, number=phone.number, hours=phone.schedules)


def _pages(card: Card, reader: Reader) -> Iterator[Line]:
    for page in card.pages:
        if concerns(page.nations, _shown(card, reader)):
            said = line("signpost-page", Look.ITEM, name=page.name, url=page.url)
            yield _labelled(said, page.nations, card.nations, reader)


def _checked(card: Card, reader: Reader) -> Iterator[Line]:
    day = card.assured_date(_shown(card, reader))
    if day:
        sources = _hosts(card.assurances(_shown(card, reader)))
        yield line("signpost-checked", Look.QUIET, day=day, year=str(day.year), sources=sources)
    if not card.opened_by_hand:
        yield line("signpost-from-copies", Look.QUIET)


def _shown(card: Card, reader: Reader) -> Nation | None:
    """Return the nation to show the card for; a card of another nation is shown as its own nations see it."""
    return reader.nation if reader.nation in card.nations else None


def _labelled(said: Line, nations: tuple[Nation, ...], among: tuple[Nation, ...], reader: Reader) -> Line:
    if reader.nation in nations or not nations or set(nations) >= set(among):
        return said
    return line("signpost-only-for", said.look, nations=named(nations), what=said)


def _hosts(assurances: Iterable[Assurance]) -> tuple[str, ...]:
    hosts = (urlsplit(assurance.source).netloc.removeprefix("www.") for assurance in assurances)
    return tuple(dict.fromkeys(hosts))
