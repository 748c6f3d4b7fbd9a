"""One's own shifts as a file or at an address, and the rotas to be taken along: in private, and naming nobody."""

import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from whenever import TimeDelta

from bot.cogs.rota import Calendars, Feeding
from bot.cogs.rota.calendar import CALENDAR, EXPORT
from bot.domain.commands import Asked, Reading
from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.calendar import digest
from bot.domain.saying import Refused, Say, Undo
from bot.feeds import Written, lines
from tests.cogs.rota.desk import ASH, BEE, OAK, ROOM, WORDS, Desk, text
from tests.feeds.parsers import by_ical

AT = "https://rota.example.org"


@dataclass
class FakeFeeds:
    """Implements `ports.calendar.FeedShelf`."""

    kept: dict[tuple[GroupId, PersonId], str] = field(default_factory=dict)

    async def has(self, group: GroupId, person: PersonId) -> bool:
        return (group, person) in self.kept

    async def put(self, group: GroupId, person: PersonId, digest: str) -> None:
        self.kept[group, person] = digest

    async def end(self, group: GroupId, person: PersonId) -> bool:
        return self.kept.pop((group, person), None) is not None


async def _locale_of(_group: GroupId) -> str:
    return "en-GB"


@dataclass
class Counter:
    """A desk with a rota on it, at which people ask for calendars."""

    at: str | None = AT
    desk: Desk = field(default_factory=Desk)
    feeds: FakeFeeds = field(default_factory=FakeFeeds)
    tokens: Iterator[str] = field(default_factory=lambda: (f"token-{number}" for number in itertools.count(1)))

    async def ask(self, person: PersonId, feed: str | None = None, command: str = CALENDAR.name) -> Say:
        calendars = Calendars(
            shelf=self.desk.shelf,
            people=self.desk.people,
            feeding=Feeding(at=self.at, shelf=self.feeds, new_token=lambda: next(self.tokens)),
            write_own=Written(WORDS, _locale_of).own,
            write_lines=lines,
        )
        options = {} if feed is None else {"feed": feed}
        asked = Asked(
            key="asked", command=command, options=options, person=person, group=OAK, place=ROOM, at=self.desk.now
        )
        answers = {declared.name: answer for declared, answer in calendars.answers.items()}
        return await answers[command](asked)


async def with_rota(at: str | None = AT) -> Counter:
    """Return a counter with a rota of Tuesdays and Thursdays, Ash on the first of them and Bee on all Thursdays."""
    counter = Counter(at=at)
    await counter.desk.ask(ASH, "rota new Evening check-in, every tuesday and thursday 19:00, 2 people")
    await counter.desk.ask(ASH, "rota join tuesday, once")
    await counter.desk.ask(BEE, "rota join thursday, every week")
    return counter


def shown(said: Say) -> str:
    return text(said.with_files)


async def test_ones_own_shifts_come_as_a_file_and_nobody_elses_do() -> None:
    counter = await with_rota()
    said = await counter.ask(ASH)
    [file] = said.files
    far = counter.desk.now + TimeDelta(hours=24 * 400)

    [(starts, ends)] = by_ical(file.content.decode(), far)
    assert (file.name, file.kind) == ("on-shift.ics", "text/calendar")
    assert starts.to_tz("Europe/London").to_plain().format_iso() == "2026-11-24T19:00:00"
    assert ends - starts == TimeDelta(hours=1)
    assert len(by_ical((await counter.ask(BEE)).files[0].content.decode(), far)) == 8


async def test_whoever_is_on_nothing_is_told_so_and_gets_an_empty_calendar() -> None:
    said = await Counter().ask(ASH)

    assert "on no shift" in shown(said)
    assert b"VEVENT" not in said.files[0].content


async def test_an_address_is_told_once_and_only_its_digest_is_kept() -> None:
    counter = await with_rota()
    before = await counter.ask(ASH)
    said = await counter.ask(ASH, "new")
    after = await counter.ask(ASH)

    assert f"{AT}/calendar/token-1.ics" in shown(said)
    assert counter.feeds.kept == {(OAK, ASH): digest("token-1")}
    assert "token-1" not in str(counter.feeds.kept)
    assert [choice.typed for choice in before.choices] == ["rota calendar new"]
    assert [choice.typed for choice in after.choices] == ["rota calendar off"]
    assert "token" not in shown(after)


async def test_where_the_answer_has_to_wait_there_is_no_address_in_it() -> None:
    counter = await with_rota()
    said = await counter.ask(ASH, "new")

    assert "token-1" in text(said.in_text)
    assert "token-1" not in f"{said.to_be_kept} {text(said.to_be_kept)} {said!r}"
    assert "rota calendar new" in text(said.to_be_kept)


async def test_another_address_ends_the_one_before() -> None:
    counter = await with_rota()
    await counter.ask(ASH, "new")
    await counter.ask(BEE, "new")
    await counter.ask(ASH, "new")

    assert counter.feeds.kept == {(OAK, ASH): digest("token-3"), (OAK, BEE): digest("token-2")}


async def test_an_address_ends_when_its_person_says_so_and_only_theirs() -> None:
    counter = await with_rota()
    await counter.ask(ASH, "new")
    await counter.ask(BEE, "new")
    ended, again = shown(await counter.ask(ASH, "off")), shown(await counter.ask(ASH, "off"))

    assert "has ended" in ended
    assert "Nothing was changed" in again
    assert counter.feeds.kept.keys() == {(OAK, BEE)}


async def test_every_choice_can_be_typed_and_the_address_that_was_made_can_be_ended_again() -> None:
    counter = await with_rota()
    [make] = (await counter.ask(ASH)).choices
    reading = Reading(now=counter.desk.now, zone="Europe/London")

    assert isinstance(make.undo, Undo)
    assert CALENDAR.options[0].kind.read(make.typed.split()[-1], reading) == "new"
    assert dict(make.undo.options) == {"feed": "off"}


async def test_where_there_are_no_addresses_there_is_the_file_alone() -> None:
    counter = await with_rota(at=None)
    said = await counter.ask(ASH)

    assert (len(said.files), said.choices) == (1, ())
    assert "address" not in shown(said)
    with pytest.raises(Refused):
        await counter.ask(ASH, "new")
    assert counter.feeds.kept == {}


async def test_the_rotas_come_as_two_files_that_name_nobody() -> None:
    counter = await with_rota()
    said = await counter.ask(BEE, command=EXPORT.name)
    files = {file.name: file.content.decode() for file in said.files}
    rows = list(csv.DictReader(files["shifts.csv"].splitlines()))

    assert [(row["date"], row["start"], row["end"], row["room"], row["on"]) for row in rows[:2]] == [
        ("2026-11-24", "19:00", "20:00", "2", "1"),
        ("2026-11-26", "19:00", "20:00", "2", "1"),
    ]
    assert "RRULE:FREQ=WEEKLY;BYDAY=TU,TH" in files["rota.ics"]
    assert not [name for name in ("ash", "bee", ASH, BEE) if any(name in content for content in files.values())]


async def test_where_no_file_can_be_sent_it_is_shown_and_where_it_has_to_wait_it_is_not_kept() -> None:
    said = await (await with_rota()).ask(BEE, command=EXPORT.name)

    assert "BEGIN:VCALENDAR" in text(said.in_text)
    assert "VCALENDAR" not in text(said.to_be_kept)


async def test_of_no_rota_there_is_nothing_to_take_along() -> None:
    with pytest.raises(Refused):
        await Counter().ask(ASH, command=EXPORT.name)
