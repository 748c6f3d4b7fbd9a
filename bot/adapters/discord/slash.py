"""Commands as Discord shows them: slash commands, grouped by their first word, made from what the house declares.

What has commands under it cannot be called itself there: `sit` is `/sit ask`, and `me` is `/me show`.
"""

from collections.abc import Awaitable, Callable, Container, Coroutine, Iterator, Mapping, Sequence
from inspect import Parameter, Signature
from itertools import groupby
from typing import Any, TypeAlias

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from bot.adapters.discord.localising import chosen, described, named
from bot.domain.commands import Command, Option
from bot.domain.reading import File, Place, Someone
from bot.domain.saying import Line
from bot.domain.suggesting import suggests
from bot.ports.words import Words

# https://discord.com/developers/docs/interactions/application-commands#application-command-object
MOST_CHOICES = 25

Slash: TypeAlias = "app_commands.Command[Any, ..., Any] | app_commands.Group"
Files: TypeAlias = Mapping[str, discord.Attachment]
# Is given the interaction, the command's name in the house, its options as words, and those that are files still.
Heard: TypeAlias = Callable[[discord.Interaction, str, Mapping[str, str], Files], Awaitable[None]]
# Is given the interaction, the names of the command and of the option in the house, and the words typed in it so far.
Suggest: TypeAlias = Callable[[discord.Interaction, str, str, str], Coroutine[Any, Any, list[Choice[str]]]]

_Given: TypeAlias = str | discord.TextChannel | discord.User | discord.Attachment
_Suggested: TypeAlias = Callable[[discord.Interaction, str], Coroutine[Any, Any, list[Choice[str]]]]

_SHOWN = "show"
# What is shown of a word that several commands begin with, by the id of its sentence.
_GROUPS: Mapping[str, str] = {
    "group": "slash-group",
    "hello": "slash-hello",
    "me": "slash-me",
    "mydata": "slash-mydata",
    "rota": "slash-rota",
    "sit": "slash-sit",
}


def paths(commands: Sequence[Command]) -> Mapping[str, Command]:
    """Return what is typed after the slash for every command that can be: one word, or two."""
    listed = [command for command in commands if command.listed]
    first_words = {command.name.partition(" ")[0] for command in listed if " " in command.name}
    return dict(
        _path(command, commands) if command.name in first_words else (command.name, command) for command in listed
    )


def typed_as(commands: Sequence[Command]) -> Mapping[str, str]:
    """Return what is typed after the slash, by the name that a command has in the house."""
    found = {command.name: path for path, command in paths(commands).items()}
    return found | {
        command.name: _path(command, commands)[0]
        for command in commands
        if command.name not in found and command.listed
    }


def _path(command: Command, commands: Sequence[Command]) -> tuple[str, Command]:
    """Return the path of one that has others under it: that of the unlisted twin it leads to, or one of its own."""
    twin = next((each for each in commands if _is_twin(each, command)), None)
    return (f"{command.name} {_SHOWN}" if twin is None else twin.name), command


def _is_twin(each: Command, command: Command) -> bool:
    """Whether it takes the same, or what its preview adds to it."""
    if each.listed or not each.name.startswith(f"{command.name} "):
        return False
    same = each.options[: len(command.options)] == command.options
    return same and (each.options == command.options or command.options != ())


def slashes(
    commands: Sequence[Command], words: Words, locale: str, heard: Heard, suggest: Suggest | None = None
) -> Iterator[Slash]:
    """Make every slash command, described in the language of that BCP 47 tag; with no `suggest`, none suggests."""
    maker = _Maker(words, locale, heard, suggest)
    by_first = groupby(sorted(paths(commands).items()), key=lambda item: item[0].partition(" ")[0])
    found = {first: {path.partition(" ")[2]: command for path, command in under} for first, under in by_first}
    ids = {first: _GROUPS[first] if "" not in under else under[""].slug for first, under in found.items()}
    for first, under in found.items():
        name = named(first, ids)
        yield maker.command(name, under[""], **_WHERE) if "" in under else maker.group(name, ids[first], under)


class _Maker:
    def __init__(self, words: Words, locale: str, heard: Heard, suggest: Suggest | None) -> None:
        self._words = words
        self._locale = locale
        self._heard = heard
        self._suggest = suggest

    def group(self, name: locale_str, id_: str, under: Mapping[str, Command]) -> app_commands.Group:
        made = app_commands.Group(name=name, description=self._text(Line(id=id_)), **_WHERE)
        ids = {each: command.slug for each, command in under.items()}
        for each, command in under.items():
            made.add_command(self.command(named(each, ids), command))
        return made

    def command(self, name: locale_str, command: Command, **where: Any) -> "app_commands.Command[Any, ..., Any]":  # noqa: ANN401  discord.py's.
        callback = self._callback(command)
        ids = {option.name: f"{command.slug}-{option.name}" for option in command.options}
        if ids:
            texts = {each: self._text(Line(id=f"{id_}.ask")) for each, id_ in ids.items()}
            names = {each: named(each, ids) for each in ids}
            callback = app_commands.rename(**names)(app_commands.describe(**texts)(callback))
        listed = {each.name: found for each in command.options if (found := _choices(each, ids[each.name]))}
        if listed:
            callback = app_commands.choices(**listed)(callback)
        suggested = self._suggested(command, listed)
        if suggested:
            callback = app_commands.autocomplete(**suggested)(callback)
        return app_commands.Command(
            name=name, description=self._text(Line(id=f"{command.slug}.help")), callback=callback, **where
        )

    def _callback(self, command: Command) -> Any:  # noqa: ANN401  discord.py reads what it takes from its signature.
        async def callback(interaction: discord.Interaction, **options: _Given | None) -> None:
            files = {name: value for name, value in options.items() if isinstance(value, discord.Attachment)}
            given = {
                name: _words(value)
                for name, value in options.items()
                if value is not None and not isinstance(value, discord.Attachment)
            }
            await self._heard(interaction, command.name, given, files)

        first = Parameter("interaction", Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction)
        vars(callback)["__signature__"] = Signature([first, *map(_parameter, _required_first(command))])
        return callback

    def _suggested(self, command: Command, listed: Container[str]) -> Mapping[str, _Suggested]:
        """Return what suggests for each option there is anything to suggest for, but for those `listed` in full."""
        if self._suggest is None:
            return {}
        wanted = (option for option in command.options if suggests(option) and option.name not in listed)
        return {option.name: _suggested(self._suggest, command.name, option.name) for option in wanted}

    def _text(self, line: Line) -> locale_str:
        return described(self._words, line, self._locale)


_WHERE: Mapping[str, Any] = {
    "allowed_contexts": app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
    "allowed_installs": app_commands.AppInstallationType(guild=True, user=False),
}


def _suggested(suggest: Suggest, command: str, option: str) -> _Suggested:
    async def suggested(interaction: discord.Interaction, text: str) -> list[Choice[str]]:
        return await suggest(interaction, command, option, text)

    return suggested


def _required_first(command: Command) -> Sequence[Option]:
    """Return the options as Discord wants them: those that must be given come first."""
    return sorted(command.options, key=lambda option: not _must_be_given(option))


def _must_be_given(option: Option) -> bool:
    """Whether Discord is to send no command without it; what is in a file can be pasted into a form as well."""
    return option.required and not isinstance(option.kind, File)


def _parameter(option: Option) -> Parameter:
    kind = _kind(option)
    if _must_be_given(option):
        return Parameter(option.name, Parameter.POSITIONAL_OR_KEYWORD, annotation=kind)
    return Parameter(option.name, Parameter.POSITIONAL_OR_KEYWORD, annotation=kind | None, default=None)


def _kind(option: Option) -> type[_Given]:
    """Return as what Discord asks for it: it lets people attach a file, and choose among channels and among people."""
    if isinstance(option.kind, File):
        return discord.Attachment
    if isinstance(option.kind, Place):
        return discord.TextChannel
    return discord.User if isinstance(option.kind, Someone) else str


def _words(value: str | discord.TextChannel | discord.User) -> str:
    """Return an option as words; a channel or a person by its id, for two may have the same name."""
    return value if isinstance(value, str) else str(value.id)


def _choices(option: Option, id_: str) -> list[Choice[str]]:
    """Return what can be chosen, where Discord has room for all of it; the option's sentence is named by its id."""
    choices = option.kind.choices
    if len(choices) > MOST_CHOICES:
        return []
    return [Choice(name=chosen(each, choices, id_), value=each) for each in choices]
