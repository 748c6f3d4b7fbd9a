"""Every command of the house as a slash command, against Discord's own description of its API."""

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.app_commands import TranslationContext, TranslationContextLocation, TranslationContextTypes

from bot.adapters.discord.localising import LONGEST_DESCRIPTION, Translating
from bot.adapters.discord.members import Members
from bot.adapters.discord.slash import paths, slashes
from bot.domain.commands import Command, Option
from bot.domain.ids import GroupId, PersonId
from bot.domain.people import Ways
from bot.domain.reading import OneOf, Someone, Text
from bot.house import House
from bot.plan import Plan
from bot.ports.words import DEFAULT_LOCALE
from bot.words.catalogue import Catalogue
from tests import shipped
from tests.discord.described import faults
from tests.fakes.journal import FakeJournal
from tests.fakes.timing import FakeClock


@pytest.fixture
def commands(tmp_path: Path) -> tuple[Command, ...]:
    plan = Plan(
        database=f"sqlite+aiosqlite:///{tmp_path / 'house.db'}",
        words=shipped.words(),
        pack=shipped.pack(),
        ways={"discord": Ways()},
        readers={},
        clock=FakeClock(),
        journal=FakeJournal(),
    )
    return House(plan).switchboard.commands("discord")


class Ear:
    """Takes what was asked for."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Mapping[str, str]]] = []

    async def hear(
        self,
        _interaction: discord.Interaction,
        command: str,
        options: Mapping[str, str],
        files: Mapping[str, discord.Attachment],
    ) -> None:
        assert not files
        self.heard.append((command, options))

    async def suggest(
        self, _interaction: discord.Interaction, command: str, option: str, text: str
    ) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{command}: {option}", value=text)]


def tree_of(
    commands: tuple[Command, ...], ear: Ear | None = None, words: Catalogue | None = None
) -> app_commands.CommandTree[Any]:
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents(guilds=True)))
    ear = ear or Ear()
    for slash in slashes(commands, words or shipped.words(), DEFAULT_LOCALE, ear.hear, ear.suggest):
        tree.add_command(slash)
    return tree


def test_what_has_others_under_it_is_reached_by_a_word_more(commands: tuple[Command, ...]) -> None:
    found = {path: command.name for path, command in paths(commands).items()}

    assert {"sit ask": "sit", "me show": "me", "group show": "group"}.items() <= found.items()
    assert found["find"] == "find"
    assert not {"sit", "me", "group", "sit can", "sit pick"} & found.keys()
    assert len(found) == sum(command.listed for command in commands)


def test_discords_own_description_has_nothing_against_any_of_them(commands: tuple[Command, ...]) -> None:
    tree = tree_of(commands)
    bodies = [slash.to_dict(tree) for slash in tree.get_commands()]

    assert {body["name"]: faults("ApplicationCommandCreateRequest", body) for body in bodies} == {
        body["name"]: [] for body in bodies
    }


def test_the_description_finds_fault_with_what_is_wrong(commands: tuple[Command, ...]) -> None:
    tree = tree_of(commands)
    body = tree.get_commands()[0].to_dict(tree)

    assert faults("ApplicationCommandCreateRequest", {**body, "name": ""})
    assert faults("ApplicationCommandCreateRequest", {**body, "descriptoin": "x"})


def test_no_shipped_sentence_is_cut_off(commands: tuple[Command, ...]) -> None:
    tree = tree_of(commands)
    told = [text for slash in tree.walk_commands() for text in _texts(slash)]

    assert told
    assert [text for text in told if text.endswith("…") or not 0 < len(text) <= LONGEST_DESCRIPTION] == []


async def test_what_is_asked_is_heard_under_the_houses_own_name_and_what_was_left_out_is_not() -> None:
    ear = Ear()
    options = (Option(name="name", kind=Text()), Option(name="when", kind=Text(), required=True))
    one = Command(name="rota new", options=options)
    tree = tree_of((Command(name="rota show", options=()), one), ear)
    [group] = tree.get_commands()
    assert isinstance(group, app_commands.Group)
    new = group.get_command("new")
    assert isinstance(new, app_commands.Command)
    await new.callback(SimpleNamespace(), name=None, when="daily 20:00")  # type: ignore[call-arg, arg-type]  # Made at run time.

    assert [parameter.name for parameter in new.parameters] == ["when", "name"]
    assert [parameter.required for parameter in new.parameters] == [True, False]
    assert ear.heard == [("rota new", {"when": "daily 20:00"})]


async def test_a_person_is_chosen_among_people_as_discord_has_it_and_heard_by_their_id() -> None:
    ear = Ear()
    one = Command(name="me apart", options=(Option(name="whom", kind=Someone()),))
    [group] = tree_of((one,), ear).get_commands()
    assert isinstance(group, app_commands.Group)
    made = group.get_command("apart")
    assert isinstance(made, app_commands.Command)
    await made.callback(SimpleNamespace(), whom=SimpleNamespace(id=80351110224678912))  # type: ignore[call-arg, arg-type]  # Made at run time.

    assert [parameter.type for parameter in made.parameters] == [discord.AppCommandOptionType.user]
    assert ear.heard == [("me apart", {"whom": "80351110224678912"})]


@pytest.mark.parametrize("text", ["80351110224678912", "<@80351110224678912>", "<@!80351110224678912>"])
def test_whoever_is_mentioned_or_named_by_their_id_is_meant_and_nobody_by_a_name(text: str) -> None:
    members = Members(servers=None, gone=None)  # type: ignore[arg-type]  # Nobody is asked for.
    group, person = GroupId.of("discord", "1"), PersonId.of("discord", "80351110224678912")
    members.met(SimpleNamespace(display_name="Bea"), person, group)  # type: ignore[arg-type]  # As far as it goes.

    assert members.meant(text, group) == person
    assert members.meant("Bea", group) is None


def test_what_can_be_suggested_for_is_and_what_is_listed_in_full_is_not(commands: tuple[Command, ...]) -> None:
    parameters = [
        (f"{slash.qualified_name}: {parameter.name}", parameter)
        for slash in tree_of(commands).walk_commands()
        if isinstance(slash, app_commands.Command)
        for parameter in slash.parameters
    ]
    suggested = {name for name, parameter in parameters if parameter.autocomplete}

    assert suggested == {
        *("find: need", "group zone: zone", "me zone: zone", "rota remind: leads"),
        *("rota show: rota", "rota picture: rota", "rota join: rota", "rota leave: rota", "rota end: rota"),
        *("rota join: date", "rota leave: date", "rota new: length", "rota new: zone", "rota import: zone"),
        *(
            "sit ask: length",
            "sit ask: at",
            "sit ask: wait",
            "sit ask: every",
            "sit open: when",
            "sit change: length",
            "sit look: at",
        ),
        *("sit together: length", "sit together: at", "rota together: rota"),
        *("rota offer: rota", "rota offer: date", "rota swap: rota", "rota swap: date"),
        *("rota suggest: rota", "rota hello: rota", "hello start: wait", "rota away: rota", "rota back: rota"),
        *("rota reserve: rota", "rota reserve: date", "rota change: rota", "rota change: length", "rota change: zone"),
    }
    assert {name for name, parameter in parameters if parameter.choices}.isdisjoint(suggested)


def test_more_choices_than_fit_are_suggested_as_they_are_typed() -> None:
    few, many = (OneOf(choices=tuple(f"w{number}" for number in range(count))) for count in (25, 26))
    [one] = tree_of((Command(name="about", options=(Option(name="where", kind=few),)),)).walk_commands()
    [other] = tree_of((Command(name="about", options=(Option(name="where", kind=many),)),)).walk_commands()
    assert isinstance(one, app_commands.Command)
    assert isinstance(other, app_commands.Command)

    assert [(len(parameter.choices), parameter.autocomplete) for parameter in one.parameters] == [(25, False)]
    assert [(len(parameter.choices), parameter.autocomplete) for parameter in other.parameters] == [(0, True)]


async def test_a_language_there_are_words_for_is_used_and_no_other(tmp_path: Path) -> None:
    words = french(tmp_path, "about = Infos\n    .help = Qui peut lire quoi.")
    translating = Translating(words, words.locales)
    [about] = list(slashes((Command(name="about"),), words, DEFAULT_LOCALE, Ear().hear))
    assert isinstance(about, app_commands.Command)
    where: TranslationContextTypes = TranslationContext(TranslationContextLocation.command_description, about)
    text = about._locale_description  # noqa: SLF001  discord.py shows it to translators alone.
    assert text is not None

    assert await translating.translate(text, discord.Locale.french, where) == "Qui peut lire quoi."
    assert await translating.translate(text, discord.Locale.german, where) is None


async def test_names_are_given_in_a_language_where_there_are_any_and_discord_takes_the_commands(
    commands: tuple[Command, ...], tmp_path: Path
) -> None:
    words = french(
        tmp_path,
        "now = Maintenant\n    .help = Des lignes ouvertes.\n    .slash = maintenant",
        "now-nation = Nation\n    .ask = Quelle nation ?\n    .slash = pays",
        "slash-sit = De la compagnie.\n    .slash = compagnie",
        "sit-open = Ouvrir\n    .help = Dire que je suis là.\n    .slash = ouvrir",
    )
    told = {each["name"]: each for each in await told_to_discord(commands, words)}
    sit = told["sit"]["options"]
    opened = next(each for each in sit if each["name"] == "open")

    assert told["now"]["name_localizations"] == {"fr": "maintenant"}
    assert told["now"]["options"][0]["name_localizations"] == {"fr": "pays"}
    assert (told["sit"]["name_localizations"], opened["name_localizations"]) == ({"fr": "compagnie"}, {"fr": "ouvrir"})
    assert not any(each.get("name_localizations") for each in (*sit, told["find"]) if each is not opened)
    assert [faults("ApplicationCommandCreateRequest", each) for each in told.values()] == [[]] * len(told)


async def test_what_an_option_can_be_is_named_in_a_language_and_what_is_given_stays_the_same(
    commands: tuple[Command, ...], tmp_path: Path
) -> None:
    words = french(
        tmp_path,
        "sit-wanted = Quoi\n    .ask = Calme ou parole ?\n"
        f"    .slash-quiet = En silence\n    .slash-talk = either\n    .slash-either = {'x' * 101}",
    )
    told = {each["name"]: each for each in await told_to_discord(commands, words)}
    ask = next(each for each in told["sit"]["options"] if each["name"] == "ask")
    wanted = next(each for each in ask["options"] if each["name"] == "wanted")

    assert [(each["name"], each["value"], each.get("name_localizations")) for each in wanted["choices"]] == [
        ("quiet", "quiet", {"fr": "En silence"}),
        ("talk", "talk", None),
        *((kind, kind, None) for kind in ("voice", "side by side", "reflect")),
        ("either", "either", None),
    ], "what is too long, or what another is called, stays as it is"
    assert faults("ApplicationCommandCreateRequest", told["sit"]) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("deux mots", "has a blank"),
        ("Infos", "is not in small letters"),
        ("a" * 33, "is too long"),
        ("help", "is what another is called"),
        ("trouver", "is what another is called in the language"),
    ],
)
async def test_a_name_that_discord_would_refuse_is_left_as_it_is_elsewhere(
    commands: tuple[Command, ...], tmp_path: Path, name: str, reason: str
) -> None:
    about = f"about = Infos\n    .help = Qui peut lire quoi.\n    .slash = {name}"
    find = "find = Trouver\n    .help = Trouver de l'aide.\n    .slash = trouver"
    told = {each["name"]: each for each in await told_to_discord(commands, french(tmp_path, about, find))}

    assert not told["about"].get("name_localizations"), reason
    assert told["about"]["description_localizations"]["fr"] == "Qui peut lire quoi."


def french(folder: Path, *sentences: str) -> Catalogue:
    (folder / "fr").mkdir()
    (folder / "fr" / "own.ftl").write_text("\n".join(sentences) + "\n", encoding="utf-8")
    return shipped.words(folder)


async def told_to_discord(commands: tuple[Command, ...], words: Catalogue) -> list[dict[str, Any]]:
    """Return what Discord is told of the commands, in every language that there are words for."""
    tree = tree_of(commands, words=words)
    await tree.set_translator(Translating(words, words.locales))
    translator = tree.translator
    assert translator is not None
    return [await slash.get_translated_payload(tree, translator) for slash in tree.get_commands()]


def _texts(slash: "app_commands.Command[Any, ..., Any] | app_commands.Group") -> list[str]:
    parameters = slash.parameters if isinstance(slash, app_commands.Command) else []
    return [slash.description, *(str(parameter.description) for parameter in parameters)]
