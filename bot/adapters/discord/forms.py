"""Forms: what a button's command still has to know, asked for all at once.

https://discord.com/developers/docs/components/reference#label
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import discord
from discord import SelectDefaultValue, SelectDefaultValueType
from discord.ui import ChannelSelect, Item, Label, Modal, Select, TextInput

from bot.adapters.discord.customids import Deed
from bot.adapters.discord.fitting import cut
from bot.adapters.discord.rendering import Rendering
from bot.domain.commands import Command, Option
from bot.domain.ids import GroupId
from bot.domain.reading import File, Place
from bot.domain.saying import Line

LONGEST_TITLE = LONGEST_FIELD = 45
LONGEST_NOTE = 100
LONGEST_ANSWER = 400
# What is in a file, pasted: as long as Discord lets a field be.
LONGEST_PASTED = 4000
MOST_CHOICES = 25
NOTHING_GIVEN: Mapping[str, str] = MappingProxyType({})
MOST_FIELDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a form asks for: these options of a command, each with what was `given` of it before."""

    command: Command
    custom_id: str
    wanted: Sequence[Option]
    given: Mapping[str, str]


def missing(command: Command, deed: Deed) -> Sequence[Option]:
    """Return the options that the command cannot do without, and the deed does not give."""
    return [option for option in command.options if option.required and option.name not in deed.options][:MOST_FIELDS]


def to_paste(command: Command, deed: Deed, sent: Container[str]) -> Sequence[Option]:
    """Return what a form is to ask for where a file that is needed was not sent; nothing where none was left out.

    All that was given is asked for again, with what was given in it: a button has no room for it.
    """
    files = [option for option in command.options if option.required and isinstance(option.kind, File)]
    if all(option.name in sent or option.name in deed.options for option in files):
        return ()
    asked = (option for option in command.options if option.required or option.name in deed.options)
    return [*asked][:MOST_FIELDS]


def form_of(asked: Form, rendering: Rendering, group: GroupId, locale: str) -> Modal:
    """Return a form that asks for these, in the language of that BCP 47 tag."""

    def text(id_: str, longest: int) -> str:
        return cut(rendering.plain(Line(id=id_), group, locale), longest)

    form = Modal(title=text(asked.command.slug, LONGEST_TITLE), custom_id=asked.custom_id, timeout=1)
    for option in asked.wanted:
        slug = f"{asked.command.slug}-{option.name}"
        form.add_item(
            Label(
                text=text(slug, LONGEST_FIELD),
                description=text(f"{slug}.ask", LONGEST_NOTE),
                component=_field(option, asked.given.get(option.name)),
            )
        )
    return form


def answers_in(data: Mapping[str, Any]) -> Mapping[str, str]:
    """Return what was answered, by the option's name; a choice of several is the first."""
    return dict(_answers(data.get("components", ())))


def _answers(components: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for component in components:
        if "component" in component:
            yield from _answers([component["component"]])
        elif "components" in component:
            yield from _answers(component["components"])
        elif values := component.get("values") or [component.get("value") or ""]:
            yield component["custom_id"], values[0]


def _field(option: Option, given: str | None) -> Item[Any]:
    choices = option.kind.choices
    if isinstance(option.kind, Place):
        chosen = [] if given is None else [SelectDefaultValue(id=int(given), type=SelectDefaultValueType.channel)]
        return ChannelSelect(custom_id=option.name, channel_types=[discord.ChannelType.text], default_values=chosen)
    if isinstance(option.kind, File):
        return TextInput(custom_id=option.name, max_length=LONGEST_PASTED, style=discord.TextStyle.paragraph)
    if choices and len(choices) <= MOST_CHOICES:
        listed = [discord.SelectOption(label=choice, value=choice, default=choice == given) for choice in choices]
        return Select(custom_id=option.name, options=listed)
    return TextInput(custom_id=option.name, max_length=LONGEST_ANSWER, default=given)
