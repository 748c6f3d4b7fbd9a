"""Calendar files (RFC 5545) as events of a rota. Each event is read by itself, so a broken one spoils no other.

Of an event, only what says when it is goes to the library that reads it: names, titles and notes are never looked at,
but for the title in a file that the bot wrote itself, which is a rota's name.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.rota.exporting import MADE_BY, PEOPLE
from bot.domain.rota.importing import LINE_ENDS, MOST_ENTRIES, ReadsCalendars, Taken, Unread, Unreadable, Wanted, named
from bot.domain.rota.importing_events import Event, Moments, has_gone, moments_of
from bot.domain.rota.importing_placing import placed
from bot.domain.saying import Refused, line

_NAME = re.compile("[A-Za-z0-9-]+")
_WHEN = frozenset(
    {
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "STATUS"),
        PEOPLE.upper(),
    }
)
# Deeper than any calendar goes.
_DEEPEST = 8
_OUTSIDE = frozenset({"PRODID", "X-WR-TIMEZONE"})
_TITLE = "SUMMARY"


def is_calendar(text: str) -> bool:
    """Return whether the text begins as a calendar file does."""
    return text.lstrip()[: len("BEGIN:VCALENDAR")].upper() == "BEGIN:VCALENDAR"


def taken(text: str, wanted: Wanted, reads: ReadsCalendars) -> Taken:
    """Return what a calendar file holds. Refuses one with too many events, or several rotas of which none is meant."""
    file = _File()
    file.read(_unfolded(text))
    if len(file.blocks) > MOST_ENTRIES:
        raise Refused("rota-file-many", most=MOST_ENTRIES)
    blocks, unread = file.blocks, [*file.unread]
    if file.outside.get("PRODID", "").partition(":")[2] == MADE_BY:
        one = named((block.title for block in blocks), wanted)
        blocks = [block for block in blocks if one in {None, block.title}]
    found, over, today = list[Moments](), 0, wanted.now.to_tz(wanted.own).date()
    for block in blocks:
        event: Event = {}
        try:
            event = reads.event(block.lines)
            found.append(moments_of(block.number, block.uid, event, reads.zone))
        except Unreadable as unreadable:
            if has_gone(event, today):
                over += 1
            else:
                unread.append(Unread(number=block.number, why=unreadable.why))
        except ValueError:
            unread.append(Unread(number=block.number, why=line("rota-file-broken")))
    said = reads.zone(file.outside.get("X-WR-TIMEZONE", "").partition(":")[2])
    into = Taken(zone=_zone(said, found, wanted), unread=unread, over=over)
    placed(found, into, wanted)
    return into


@dataclass(slots=True, kw_only=True)
class _Block:
    """One event: the line it begins on, the lines that say when it is, its title, and what tells it from others."""

    number: int
    lines: list[str] = field(default_factory=list)
    title: str = ""
    uid: str = ""


@dataclass(slots=True, kw_only=True)
class _File:
    """Goes through the lines of a file once, and finds its events, and what stands outside of them."""

    blocks: list[_Block] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    outside: dict[str, str] = field(default_factory=dict)
    _inside: list[str] = field(default_factory=list)
    _open: _Block | None = None

    def read(self, lines: Iterable[tuple[int, str]]) -> None:
        for number, text in lines:
            found = _NAME.match(text)
            name = found[0].upper() if found else ""
            if name == "BEGIN":
                self._begin(number, text[len("BEGIN:") :].strip().upper())
            elif name == "END":
                self._end(text[len("END:") :].strip().upper())
            elif self._open is not None and self._inside[-1:] == ["VEVENT"]:
                self._said(self._open, name, text)
            elif self._inside == ["VCALENDAR"] and name in _OUTSIDE:
                self.outside.setdefault(name, text)
        self._cut_short()

    def _begin(self, number: int, what: str) -> None:
        if what == "VEVENT":
            self._cut_short()
            self._open = _Block(number=number)
        if len(self._inside) < _DEEPEST:
            self._inside.append(what)

    def _end(self, what: str) -> None:
        if what == "VEVENT" and self._open is not None:
            self.blocks.append(self._open)
        self._leave(what)

    def _leave(self, what: str) -> None:
        if what == "VEVENT":
            self._open = None
        if what in self._inside:
            while self._inside.pop() != what:
                pass

    def _said(self, block: _Block, name: str, text: str) -> None:
        if name in _WHEN:
            block.lines.append(text)
        elif name == _TITLE:
            block.title = _unescaped(text.partition(":")[2])
        elif name == "UID":
            block.uid = text

    def _cut_short(self) -> None:
        """Note an event that never ends."""
        if self._open is not None:
            self.unread.append(Unread(number=self._open.number, why=line("rota-file-cut")))
            self._leave("VEVENT")


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Give the lines with the number of the first of those that each is folded into (RFC 5545, 3.1)."""
    pieces, first = list[str](), 1
    for number, physical in enumerate(LINE_ENDS.split(text), 1):
        if physical[:1] in {" ", "\t"}:
            pieces.append(physical[1:])
            continue
        if pieces:
            yield first, "".join(pieces)
        pieces, first = [physical], number
    yield first, "".join(pieces)


def _unescaped(text: str) -> str:
    """Return text as it was before it was escaped (RFC 5545, 3.3.11)."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text).strip()


def _zone(said: str | None, found: Sequence[Moments], wanted: Wanted) -> str:
    """Return on whose wall the rota is: that which is wanted, of what comes round, `said` by the file, or one's own.

    What comes round by UTC alone comes round by UTC.
    """
    if wanted.zone is not None:
        return wanted.zone
    rounds = Counter(each.zone for each in found if each.rule is not None and each.zone is not None)
    if rounds:
        return rounds.most_common(1)[0][0]
    if said is not None:
        return said
    places = Counter(each.zone for each in found if each.zone not in {None, "UTC"})
    return places.most_common(1)[0][0] or wanted.own if places else wanted.own
