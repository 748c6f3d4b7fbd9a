"""Suggestions on a simulated Discord: while an option is typed, in time, and for the group's own members in it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import simcord

from bot import settings
from bot.adapters.discord.client import Client, Speech
from bot.adapters.discord.suggesting import LONGEST, MOST, MOST_WAITING, NOTHING_AFTER_SECONDS, Suggestions
from bot.domain.commands import Asking, Command, Option
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.people import Ways, Wish
from bot.domain.reading import Text
from bot.domain.saying import line
from bot.domain.suggesting import Suggestion
from bot.house import House
from bot.plan import Plan
from bot.ports.answering import Suggesting
from bot.ports.words import DEFAULT_LOCALE
from bot.words.catalogue import Catalogue
from tests import shipped
from tests.discord.described import faults
from tests.fakes.journal import FakeJournal
from tests.fakes.timing import FakeClock

SHIPPED = settings.shipped()
WELSH = "cy"
FIND = Command(
    name="find",
    options=(Option(name="need", kind=Text(), required=True, looked_up=True), Option(name="more", kind=Text())),
)
OWN = """
test-found = Found: { $text }
find = Find
    .help = Find something.
find-need = Need
    .ask = What?
find-more = More
    .ask = What else?
"""


@dataclass(kw_only=True)
class Telling:
    """Implements `ports.answering.Suggesting`; takes so long, then gives `found`."""

    found: Sequence[str] = ("debt", "rent")
    takes_seconds: float = 0
    heard: list[tuple[Asking, str, str]] = field(default_factory=list)

    async def suggest(self, asking: Asking, option: str, text: str) -> Sequence[Suggestion]:
        self.heard.append((asking, option, text))
        await asyncio.sleep(self.takes_seconds)
        return [Suggestion(value=value, label=line("test-found", text=value)) for value in self.found]


@dataclass(kw_only=True)
class Desk:
    """A bot with one command on a simulated Discord."""

    folder: Path
    telling: Telling = field(default_factory=Telling)
    journal: FakeJournal = field(default_factory=FakeJournal)
    locale: str = DEFAULT_LOCALE
    suggests: bool = True
    patience_seconds: float = NOTHING_AFTER_SECONDS

    def words(self) -> Catalogue:
        for locale, found in ((DEFAULT_LOCALE, "Found"), (WELSH, "Wedi")):
            (self.folder / locale).mkdir(exist_ok=True)
            (self.folder / locale / "own.ftl").write_text(OWN.replace("Found", found))
        return Catalogue([SHIPPED / "words", self.folder])

    async def locale_of(self, _group: GroupId) -> str:
        return self.locale

    @asynccontextmanager
    async def served(self) -> AsyncIterator[simcord.Env]:
        words = self.words()
        client = Client(commands=(FIND,), speech=Speech(words=words, locales=words.locales, locale=DEFAULT_LOCALE))
        if self.suggests:
            client.suggesting = Suggestions(
                world="discord",
                answering=self.telling,
                words=words,
                locale_of=self.locale_of,
                journal=self.journal,
                nothing_after_seconds=self.patience_seconds,
            )
        async with simcord.run(client, shard_count=1) as env:
            yield env


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(folder=tmp_path)


async def typed(env: simcord.Env, text: str = "de", **filled: str) -> list[dict[str, object]]:
    """Return what is suggested to Ash under the option `need`."""
    guild = env.create_guild()
    ash = guild.add_member(env.create_user("ash"))
    return await ash.autocomplete(guild.create_text_channel("general"), "find", "need", text, **filled)


def bodies(env: simcord.Env) -> list[dict[str, Any]]:
    """Return every answer that Discord was given so far."""
    return [one.json for one in env.http_requests if one.path.endswith("/callback") and isinstance(one.json, dict)]


def answers(env: simcord.Env) -> list[object]:
    """Return the choices of each."""
    return [body["data"]["choices"] for body in bodies(env)]


async def test_what_is_suggested_shows_its_label_and_means_its_value(desk: Desk) -> None:
    async with desk.served() as env:
        found = await typed(env)

    assert found == [{"name": "Found: debt", "value": "debt"}, {"name": "Found: rent", "value": "rent"}]


async def test_it_is_asked_for_the_person_their_group_and_what_else_is_typed_so_far(desk: Desk) -> None:
    async with desk.served() as env:
        guild = env.create_guild()
        ash = guild.add_member(env.create_user("ash"))
        channel = guild.create_text_channel("general")
        await ash.autocomplete(channel, "find", "need", "de", more="now")

    [(asking, option, text)] = desk.telling.heard
    assert (option, text, asking.command, asking.options) == ("need", "de", "find", {"more": "now"})
    assert asking.person == PersonId.of("discord", str(ash.id))
    assert asking.group == GroupId.of("discord", str(guild.id))
    assert asking.places == {"general": PlaceId.of("discord", str(channel.id))}


async def test_labels_are_in_the_language_of_the_group(desk: Desk) -> None:
    desk.locale = WELSH
    async with desk.served() as env:
        found = await typed(env)

    assert [one["name"] for one in found] == ["Wedi: debt", "Wedi: rent"]


async def test_there_are_as_many_as_discord_takes_labels_cut_and_long_values_left_out(desk: Desk) -> None:
    desk.telling.found = ["y" * 101, "", "x" * 100, "x" * 100, *(str(number) for number in range(100, 150))]
    async with desk.served() as env:
        found = await typed(env)

    assert len(found) == MOST
    assert found[0] == {"name": f"Found: {'x' * 92}…", "value": "x" * 100}
    assert all(len(str(one["name"])) <= LONGEST and len(str(one["value"])) <= LONGEST for one in found)
    assert found[1]["value"] == "100"


async def test_discords_own_description_has_nothing_against_an_answer(desk: Desk) -> None:
    desk.telling.found = ["x" * 100, *(str(number) for number in range(100))]
    async with desk.served() as env:
        await typed(env)
        [body] = bodies(env)

    assert faults("ApplicationCommandAutocompleteCallbackRequest", body) == []


async def test_what_takes_longer_than_the_patience_there_is_brings_nothing_and_is_noted(desk: Desk) -> None:
    desk.telling.takes_seconds, desk.patience_seconds = 60, 0.01
    async with desk.served() as env:
        guild = env.create_guild()
        ash = guild.add_member(env.create_user("ash"))
        channel = guild.create_text_channel("general")
        await ash.autocomplete(channel, "find", "need", "de")
        late = answers(env)
        desk.telling.takes_seconds = 0
        in_time = await ash.autocomplete(channel, "find", "need", "de")

    assert (late, len(in_time)) == ([[]], 2)
    assert desk.journal.kinds == ["suggested-too-late"]


def test_discord_is_answered_well_within_its_three_seconds() -> None:
    assert NOTHING_AFTER_SECONDS == 2


async def test_while_very_many_wait_for_a_slow_store_no_more_are_begun(desk: Desk) -> None:
    desk.telling.takes_seconds, desk.patience_seconds = 60, 0.01
    async with desk.served() as env:
        guild = env.create_guild()
        ash = guild.add_member(env.create_user("ash"))
        channel = guild.create_text_channel("general")
        for _ in range(MOST_WAITING + 1):
            await ash.autocomplete(channel, "find", "need", "de")
        heard = len(desk.telling.heard)
        await env.advance_time(desk.telling.takes_seconds)
        desk.telling.takes_seconds = 0
        afterwards = await ash.autocomplete(channel, "find", "need", "de")

    assert (heard, len(afterwards)) == (MOST_WAITING, 2)


async def test_in_a_direct_message_there_is_nothing(desk: Desk) -> None:
    async with desk.served() as env:
        ash = env.create_user("ash")
        await ash.autocomplete("find", "need", "de")
        told = answers(env)

    assert told == [[]]
    assert desk.telling.heard == []


async def test_a_bot_that_is_not_told_who_suggests_suggests_nothing(desk: Desk) -> None:
    desk.suggests = False
    async with desk.served() as env:
        await typed(env)
        told = answers(env)

    assert told == [[]]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[House]:
    made = await House.ready(
        Plan(
            database=f"sqlite+aiosqlite:///{tmp_path / 'house.db'}",
            words=shipped.words(),
            pack=shipped.pack(),
            ways={"discord": Ways()},
            readers={},
            clock=FakeClock(),
            journal=FakeJournal(),
        )
    )
    yield made
    await made.close()


def client_of(house: House) -> Client:
    answering: Suggesting = house.switchboard
    commands = house.switchboard.commands("discord")
    client = Client(
        commands=commands, speech=Speech(words=house.words, locales=house.words.locales, locale=DEFAULT_LOCALE)
    )
    client.suggesting = Suggestions(
        world="discord",
        answering=answering,
        words=house.words,
        locale_of=house.locale_of,
        journal=house.plan.journal,
    )
    return client


async def test_in_the_real_house_every_option_suggests_something_and_a_moment_in_the_persons_own_time(
    house: House,
) -> None:
    async with simcord.run(client_of(house), shard_count=1) as env:
        guild = env.create_guild()
        ash = guild.add_member(env.create_user("ash"))
        channel = guild.create_text_channel("general")
        group, person = GroupId.of("discord", str(guild.id)), PersonId.of("discord", str(ash.id))
        async with house.database.transaction():
            await house.people.keep(group, person, Wish(zone="America/New_York"))
        moments = await ash.autocomplete(channel, "sit ask", "at", "20:00")
        others = [
            await ash.autocomplete(channel, name, option, text)
            for name, option, text in (
                ("sit ask", "wait", ""),
                ("me zone", "zone", "lond"),
                ("rota remind", "leads", ""),
                ("find", "need", "they stopped my money"),
            )
        ]
        rotas = await ash.autocomplete(channel, "rota show", "rota", "")

    assert moments[0] == {"name": "Today, 20:00", "value": "2026-11-24T01:00:00Z"}
    assert [one[0]["value"] for one in others[:3]] == ["15m", "Europe/London", "none"]
    assert others[3]
    assert rotas == []
