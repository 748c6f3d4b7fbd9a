"""Cards made up for a test."""

from whenever import Date

from bot.domain.people import Nation
from bot.domain.signpost.cards import Assurance, Card, Fact, Pack, Page, Phone

EVERYWHERE = tuple(Nation)
CHECKED = Date(2026, 11, 22)
REVIEW = Date(2027, 5, 22)


def assurance(*, review_by: Date = REVIEW) -> Assurance:
    return Assurance(source="https://www.example.org/page", checked_on=CHECKED, review_by=review_by)


def phone(number: str, *, nations: tuple[Nation, ...] = (), round_the_clock: bool = True) -> Phone:
    return Phone(
        name=f"Line {number}",
        number=number,
        schedules="Day and night",
        round_the_clock=round_the_clock,
        nations=nations,
        assurance=assurance(),
    )


def card(
    id_: str,
    *aliases: str,
    nations: tuple[Nation, ...] = EVERYWHERE,
    equivalents: dict[Nation, str] | None = None,
    phones: tuple[Phone, ...] = (),
    steps: tuple[Fact, ...] = (Fact(text="Ring."),),
) -> Card:
    return Card(
        id=id_,
        category="crisis",
        name=id_,
        nations=nations,
        description="What it is.",
        steps=steps,
        phones=phones,
        pages=(Page(name="Page", url="https://example.org"),),
        left_out=(Fact(text="Nobody."),),
        equivalents=equivalents or {},
        aliases=aliases,
    )


def pack(*cards: Card, now: tuple[str, ...] = ()) -> Pack:
    return Pack(id="test", now=now, cards=cards)
