"""Rotas: their lines, and who said yes to which shifts. A date's rows go eight days after it at the latest."""

from sqlalchemy import ForeignKey, Integer, Table, Text, UniqueConstraint

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, Limit, LocalDate, Moment, column, days, kept, metadata

_ROTA = "when somebody of the group ends the rota"
_LINE = "when the line or the rota ends"
_STANDING = "when the person leaves the standing place, or the rota ends"
# A shift of a day, in the last time zone to reach its date, is over by then.
_DATE_LASTS = Limit(("date",), days(3))
# Whoever set a weekly limit is asked for no more in a week, and so its first day has to be known on its last one, in
# whatever time zones the person and the rota are.
_WEEK_LASTS, _LAST_OF_WEEK = Limit(("date",), days(8)), Limit(("last",), days(8))
_DATE = "three days after the date, or when the rota ends"
_WEEK = "eight days after the date, when the person takes it back, or when the rota ends"
_CLOSED = "eight days after the last date, or when the rota ends"
_ABSENT = "eight days after the last date, when the person is back sooner, or when the rota ends"
_OFFER = "three days after the date, when it is taken or taken back, or when the rota ends"
_GROUP = "when the group goes"

rotas = Table(
    "rotas",
    metadata,
    column(
        "id",
        Text,
        primary_key=True,
        purpose="what the other rows hold on to",
        holds="an id of our own",
        seen=Seen.NOBODY,
    ),
    column("group_id", Id(GroupId), purpose="which group it belongs to"),
    column("number", Integer, purpose="what people call it by"),
    column(
        "name",
        Text,
        purpose="what the group calls it",
        holds="words that the group chose",
        words_of=frozenset({("rota new", "name"), ("rota change", "name"), ("rota import", "name")}),
    ),
    column(
        "lines", Integer, purpose="the last number given to a line, so that no number comes twice", seen=Seen.NOBODY
    ),
    column("zone", Text, purpose="on whose wall its times are", holds="a time zone"),
    column(
        "holidays",
        Text,
        nullable=True,
        purpose="on which nation's bank holidays it has no shifts, if on any",
        holds="a nation",
    ),
    column("opens_days", Integer, purpose="how many days ahead single shifts can be taken"),
    column("place", Id(PlaceId), purpose="the room where check-ins open"),
    column(
        "words",
        Text,
        nullable=True,
        purpose="the group's own words that open a check-in",
        holds="words that the group chose",
        words_of=frozenset({("rota new", "words"), ("rota change", "words")}),
    ),
    column(
        "watermark",
        Moment,
        purpose="up to when everything due was done, so that nothing is said twice",
        seen=Seen.NOBODY,
    ),
    UniqueConstraint("group_id", "number"),
    info=kept(topic="rotas", ends=_ROTA, seen=Seen.GROUP),
)


def _of_rota() -> ForeignKey:
    return ForeignKey(rotas.c.id, ondelete="CASCADE")


rota_patterns = Table(
    "rota_patterns",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", holds="a rota's id"),
    column("number", Integer, primary_key=True, purpose="which of its lines"),
    column("rule", Text, purpose="on which dates it falls, as RFC 5545 has it", holds="a rule of RFC 5545"),
    column("starts", LocalDate, purpose="the first local date it may fall on"),
    column("last", LocalDate, nullable=True, purpose="the last one, if there is one"),
    column("wall_time", Text, purpose="when a shift begins, on the wall", holds="a time of day"),
    column("wall_ends", Text, purpose="when a shift ends, on the wall", holds="a time of day"),
    column("fewest", Integer, purpose="how many a shift needs"),
    column("most", Integer, purpose="how many a shift has room for"),
    info=kept(topic="rotas", ends=_LINE, seen=Seen.GROUP),
)

rota_closed = Table(
    "rota_closed",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", holds="a rota's id"),
    column("first", LocalDate, primary_key=True, purpose="the first date on which it has no shifts"),
    column("last", LocalDate, purpose="the last such date"),
    info=kept(topic="rotas", ends=_CLOSED, seen=Seen.GROUP, limit=_LAST_OF_WEEK),
)

rota_standing = Table(
    "rota_standing",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", holds="a rota's id"),
    column("person", Id(PersonId), primary_key=True, purpose="who said yes for as long as they like"),
    column("pattern", Integer, primary_key=True, purpose="to which line of the rota"),
    column("weekday", Integer, primary_key=True, purpose="to which weekday, Monday being 1; 0 for all of the line"),
    column("since", LocalDate, primary_key=True, purpose="from which date on"),
    column("every", Integer, purpose="to every one, every other, every third"),
    info=kept(topic="rotas", ends=_STANDING, seen=Seen.GROUP),
)


def _of_shifts(name: str, who: str, when: str) -> Table:
    """Make a table of people and shifts, or parts of them."""
    return Table(
        name,
        metadata,
        column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", holds="a rota's id"),
        column("person", Id(PersonId), primary_key=True, purpose=who),
        column("date", LocalDate, primary_key=True, purpose=when),
        column("pattern", Integer, primary_key=True, purpose="of which line of the rota"),
        column("part_starts", Integer, primary_key=True, purpose="from how many minutes after its beginning"),
        column("part_ends", Integer, nullable=True, purpose="to how many, or to its end"),
        info=kept(topic="rotas", ends=_WEEK, seen=Seen.GROUP, limit=_WEEK_LASTS),
    )


rota_single = _of_shifts("rota_single", "who said yes to one shift", "to the shift of which date")
rota_away = _of_shifts("rota_away", "who has a standing place and cannot come once", "to the shift of which date")

rota_absent = Table(
    "rota_absent",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", holds="a rota's id"),
    column("person", Id(PersonId), primary_key=True, purpose="who has a standing place and is away"),
    column("first", LocalDate, primary_key=True, purpose="from which date"),
    column("last", LocalDate, purpose="to which date"),
    info=kept(topic="rotas", ends=_ABSENT, seen=Seen.GROUP, limit=_LAST_OF_WEEK),
)

rota_offers = Table(
    "rota_offers",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", holds="a rota's id"),
    column("code", Text, primary_key=True, purpose="what tells the offer from others", holds="a code of our own"),
    column("date", LocalDate, primary_key=True, purpose="the shift of which date is offered"),
    column("pattern", Integer, primary_key=True, purpose="of which line of the rota"),
    column("person", Id(PersonId), purpose="who is on it and would let another have it"),
    column("part_starts", Integer, purpose="from how many minutes after its beginning"),
    column("part_ends", Integer, nullable=True, purpose="to how many, or to its end"),
    column("only_for", Id(PersonId), nullable=True, purpose="who alone may take it, if one was named"),
    column("back_date", LocalDate, nullable=True, purpose="the shift of which date is asked for it, in a swap"),
    column("back_pattern", Integer, nullable=True, purpose="of which line of the rota"),
    info=kept(topic="rotas", ends=_OFFER, seen=Seen.GROUP, limit=_DATE_LASTS),
)

rota_told = Table(
    "rota_told",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", holds="a rota's id"),
    column("date", LocalDate, primary_key=True, purpose="whose gap the room was told of, so it is told once"),
    column("pattern", Integer, primary_key=True, purpose="of which line of the rota"),
    info=kept(topic="rotas", ends=_DATE, seen=Seen.GROUP, limit=_DATE_LASTS),
)

rota_numbers = Table(
    "rota_numbers",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="which group"),
    column(
        "last", Integer, purpose="the last number given, so that an old button never means a new rota", seen=Seen.NOBODY
    ),
    info=kept(topic="rotas", ends=_GROUP, seen=Seen.GROUP),
)
