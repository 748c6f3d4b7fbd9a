"""Buttons and menus, alive as long as the message they stand under: what each does is told in its `custom_id`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol, Self

import discord
from discord.ui import Button as Shown
from discord.ui import DynamicItem, Select, View

from bot.adapters.discord.customids import MARK
from bot.adapters.discord.rendering import Button

# More than one row of buttons is hard to read on a phone: they become a menu.
MOST_IN_A_ROW = 5
_MENU = f"{MARK}menu"


class Pressing(Protocol):
    """A client that knows what to do with a press."""

    async def pressed(self, interaction: discord.Interaction, custom_id: str) -> None:
        """Do what the button of that `custom_id` says."""


class Pressed(DynamicItem[Shown[Any]], template=rf"(?s)(?!{re.escape(_MENU)}$){re.escape(MARK)}.*"):
    """One of our buttons, whichever process sent it."""

    def __init__(self, button: Button) -> None:
        super().__init__(Shown(label=button.label, custom_id=button.custom_id))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """Make it again from a message that it came back in."""
        label = item.label if isinstance(item, Shown) else None
        return cls(Button(label=label or "", custom_id=match.string))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Hand the press to the client."""
        await _client(interaction).pressed(interaction, self.item.custom_id or "")


class Chosen(DynamicItem[Select[Any]], template=re.escape(_MENU)):
    """One of our menus, whichever process sent it; each of its options is what a button would be."""

    def __init__(self, menu: "Select[Any]") -> None:
        super().__init__(menu)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], _match: re.Match[str]
    ) -> Self:
        """Make it again from a message that it came back in."""
        if not isinstance(item, Select):
            raise TypeError(type(item))
        return cls(item)

    async def callback(self, interaction: discord.Interaction) -> None:
        """Hand what was chosen to the client."""
        await _client(interaction).pressed(interaction, next(iter(self.item.values), ""))


def view_of(buttons: Sequence[Button], menu: str) -> View | None:
    """Return the buttons as discord.py shows them; a menu, under that name, when they are many; None for none."""
    if not buttons:
        return None
    view = View(timeout=None)
    if len(buttons) > MOST_IN_A_ROW:
        options = [discord.SelectOption(label=button.label, value=button.custom_id) for button in buttons]
        view.add_item(Chosen(Select(custom_id=_MENU, placeholder=menu, options=options)))
    else:
        for button in buttons:
            view.add_item(Pressed(button))
    return view


def does(components: Iterable[Any]) -> frozenset[str]:
    """Return what buttons and menus let do, as `custom_id`s: of a view, or of a message as it came back."""
    return frozenset(each for component in components for each in _deeds(component))


def _deeds(component: Any) -> Iterator[str]:  # noqa: ANN401  Items and components have nothing in common.
    inner = getattr(component, "item", component)
    for child in getattr(inner, "children", ()):
        yield from _deeds(child)
    options = getattr(inner, "options", ())
    yield from (option.value for option in options)
    if not options and getattr(inner, "custom_id", None):
        yield inner.custom_id


def _client(interaction: discord.Interaction) -> Pressing:
    client: Pressing = interaction.client  # type: ignore[assignment]  # Ours, for it is what the items were put into.
    return client
