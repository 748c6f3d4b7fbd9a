"""Forms: what a button's command still has to know, asked for all at once.

https://discord.com/developers/docs/components/reference#label
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord
from discord.ui import ChannelSelect, Item, Label, Modal, Select, TextInput

from bot.adapters.discord.customids import Deed
from bot.adapters.discord.fitting import cut
from bot.adapters.discord.rendering import Rendering
from bot.domain.commands import Command, Option
from bot.domain.ids import GroupId
from bot.domain.reading import Place
from bot.domain.saying import Line

LONGEST_TITLE = LONGEST_FIELD = 45
LONGEST_NOTE = 100
LONGEST_ANSWER = 400
MOST_CHOICES = 25
MOST_FIELDS = 5


def missing(command: Command, deed: Deed) -> Sequence[Option]:
    """Return the options that the command cannot do without, and the deed does not give."""
    return [option for option in command.options if option.required and option.name not in deed.options][:MOST_FIELDS]


def form_of(
    command: Command, custom_id: str, wanted: Sequence[Option], rendering: Rendering, group: GroupId, locale: str
) -> Modal:
    """Return a form that asks for these, in the language of that BCP 47 tag."""

    def text(id_: str, longest: int) -> str:
        return cut(rendering.plain(Line(id=id_), group, locale), longest)

    form = Modal(title=text(command.slug, LONGEST_TITLE), custom_id=custom_id, timeout=1)
    for option in wanted:
        slug = f"{command.slug}-{option.name}"
        form.add_item(
            Label(
                text=text(slug, LONGEST_FIELD),
                description=text(f"{slug}.ask", LONGEST_NOTE),
                component=_field(option),
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


def _field(option: Option) -> Item[Any]:
    choices = option.kind.choices
    if isinstance(option.kind, Place):
        return ChannelSelect(custom_id=option.name, channel_types=[discord.ChannelType.text])
    if choices and len(choices) <= MOST_CHOICES:
        listed = [discord.SelectOption(label=choice, value=choice) for choice in choices]
        return Select(custom_id=option.name, options=listed)
    return TextInput(custom_id=option.name, max_length=LONGEST_ANSWER)
