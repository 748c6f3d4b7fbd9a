"""Buttons that live for as long as the message they stand under: what each does is told in its `custom_id`."""

import re
from collections.abc import Sequence
from typing import Any, Protocol, Self

import discord
from discord.ui import Button as Shown
from discord.ui import DynamicItem, View

from bot.adapters.discord.customids import MARK
from bot.adapters.discord.rendering import Button


class Pressing(Protocol):
    """A client that knows what to do with a press."""

    async def pressed(self, interaction: discord.Interaction, custom_id: str) -> None:
        """Do what the button of that `custom_id` says."""


class Pressed(DynamicItem[Shown[Any]], template=re.escape(MARK) + ".*"):
    """One of ours, whichever process sent it."""

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
        client: Pressing = interaction.client  # type: ignore[assignment]  # Ours, for it is what the item was put into.
        await client.pressed(interaction, self.item.custom_id or "")


def view_of(buttons: Sequence[Button]) -> View | None:
    """Return the buttons as discord.py shows them, five in a row; None when there are none."""
    if not buttons:
        return None
    view = View(timeout=None)
    for button in buttons:
        view.add_item(Pressed(button))
    return view
