"""What is kept of a person, as a page to read: by group, the sentences that chat has, then each row in full."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from whenever import Date, ZonedDateTime

from bot.cogs.mydata import telling
from bot.cogs.mydata.telling import InGroup
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.page import Page, Section, Table
from bot.domain.saying import Arg, Line, line
from bot.ports.mydata import Kept

# Facts that a row is best known by; the others follow in the order of the table.
_FIRST = ("rotas_name", "date", "weekday")
# The same as another fact of its row; and who would like a card changed, who started an open hour, or whom a shift is
# offered to: the person, or nobody, or nobody's business.
LEFT_OUT = frozenset({"rotas_id", "change_by", "only_for", "starter"})
# Facts that are one of a few words or numbers, with the sentence that tells which.
_WORDED: Mapping[str, str] = {
    "weekday": "mydata-cell-weekday",
    "nation": "mydata-cell-nation",
    "rotas_holidays": "mydata-cell-nation",
    "reach": "mydata-cell-reach",
    "wanted": "mydata-cell-wanted",
    "meets": "mydata-cell-meets",
    "stage": "mydata-cell-stage",
    "state": "mydata-cell-state",
}


def page(made: ZonedDateTime, person: PersonId, groups: Sequence[InGroup], unreached: Sequence[Line]) -> Page:
    """Return the page; the first of `unreached` is a heading."""
    above = line("mydata-page-made", year=str(made.year), at=made, zone=made.tz_id or "UTC", person=person.native)
    nothing = () if groups else (line("mydata-nothing"),)
    sections = [_section(each) for each in groups]
    sections += [Section(heading=unreached[0], items=tuple(unreached[1:]))]
    return Page(title=line("mydata-page-title"), lines=(above, *nothing), sections=tuple(sections))


def _section(told: InGroup) -> Section:
    heading, *sentences = telling.of_group(told.heading, told.kept, told.zone)
    tables = [_table(name, list(rows), told.zone) for name, rows in groupby(told.kept, key=lambda row: row.table)]
    return Section(
        heading=heading,
        lines=(line("mydata-page-group", zone=told.zone, group=told.group.native),),
        items=tuple(sentences),
        tables=tuple(tables),
    )


def _table(name: str, rows: Sequence[Kept], zone: str) -> Table:
    slug = name.replace("_", "-")
    shown = _shown(rows)
    return Table(
        caption=line("mydata-page-table", what=Line(id=f"data-{slug}"), ends=Line(id=f"data-{slug}.ends")),
        heads=tuple(Line(id=f"mydata-column-{each.replace('_', '-')}") for each in shown),
        rows=tuple(tuple(_cell(each, row.facts.get(each), zone) for each in shown) for row in rows),
    )


def _shown(rows: Sequence[Kept]) -> Sequence[str]:
    """Return the facts to show: neither the person nor the group, which stand above, nor what is left out."""
    every = dict.fromkeys(name for row in rows for name in row.facts)
    ours = [name for name in every if name not in LEFT_OUT and not _stands_above(name, rows)]
    return sorted(ours, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))


def _stands_above(name: str, rows: Sequence[Kept]) -> bool:
    return any(isinstance(row.facts.get(name), PersonId | GroupId) for row in rows)


def _cell(name: str, value: object, zone: str) -> Line:
    match value:
        case None:
            return line("mydata-cell-none")
        case True:
            return line("mydata-cell-yes")
        case False:
            return line("mydata-cell-no")
        case PlaceId():
            return line("mydata-cell", value=value.native)
        case _:
            return Line(id=_WORDED.get(name, "mydata-cell"), args={"value": _said(name, value, zone)})


def _said(name: str, value: object, zone: str) -> Arg:
    """Return a fact as it stands in a cell: days with their year, for a page may be read years later."""
    match told := telling.fact(name, value, zone):
        case ZonedDateTime():
            return f"{told.date().format_iso()} {told.time().format_iso(unit='minute')}"
        case Date():
            return told.format_iso()
        case _:
            return "none" if told is None else told
