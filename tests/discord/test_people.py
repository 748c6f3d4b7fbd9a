"""People on the loopback Discord give the bot what real ones do, and cannot do what real ones cannot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

import discord
import pytest
from discord import app_commands
from discord.app_commands import Choice

from tests.discord.choosing import NotOffered
from tests.discord.gateway import until
from tests.discord.interactions import Answered
from tests.discord.loopback import Loopback, connected
from tests.discord.making import EPHEMERAL, FORUM
from tests.discord.permissions import Json, May
from tests.discord.plain import Plain

STRING = {"type": 3, "name": "need", "required": True, "min_length": 2, "choices": []}
MENU = {"type": 3, "custom_id": "menu", "options": [{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}]}


class Bare(discord.Client):
    """A bot with one of everything that can be used."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree = app_commands.CommandTree(self)
        self.got: list[Any] = []
        self.seen: list[discord.Interaction] = []
        group = app_commands.Group(name="all", description="All.")
        group.command(name="kinds", description="Every kind.")(self._kinds())
        group.command(name="near", description="Near.")(self._near())
        self.tree.add_command(group)
        self.tree.command(name="menus", description="Menus.")(self._menus())
        self.tree.command(name="form", description="A form.")(self._form())

    async def setup_hook(self) -> None:
        await self.tree.sync()

    def _kinds(self) -> Any:  # noqa: ANN401  discord.py reads its signature.
        async def kinds(  # noqa: PLR0913, PLR0917  Each is one option.
            interaction: discord.Interaction,
            word: Literal["a", "b"],
            number: app_commands.Range[int, 1, 5],
            flag: bool,  # noqa: FBT001  An option.
            amount: float,
            person: discord.Member | discord.User,
            place: discord.TextChannel,
        ) -> None:
            self.seen.append(interaction)
            self.got += [word, number, flag, amount, person.id, place.id]
            await interaction.response.send_message("got", ephemeral=True)

        return kinds

    def _near(self) -> Any:  # noqa: ANN401  As above.
        async def near(interaction: discord.Interaction, town: str, role: discord.Role | None = None) -> None:
            self.seen.append(interaction)
            self.got += [] if role is None else [role.id]
            await interaction.response.send_message(town)

        async def suggested(_interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
            return [Choice(name=typed * 2, value=typed)]

        return app_commands.autocomplete(town=suggested)(near)

    def _menus(self) -> Any:  # noqa: ANN401  As above.
        async def menus(interaction: discord.Interaction) -> None:
            view = discord.ui.View(timeout=None)
            words = discord.ui.Select[discord.ui.View](
                custom_id="words", options=[discord.SelectOption(label="One", value="1")]
            )
            people = discord.ui.UserSelect[discord.ui.View](custom_id="people")
            for menu in (words, people):
                menu.callback = self._chosen(menu)  # type: ignore[method-assign]  # As discord.py's own decorators do.
                view.add_item(menu)
            await interaction.response.send_message("?", view=view, ephemeral=True)

        return menus

    def _chosen(self, menu: Any) -> Any:  # noqa: ANN401  Two kinds.
        async def chosen(interaction: discord.Interaction) -> None:
            self.got += [getattr(each, "id", each) for each in menu.values]
            await interaction.response.edit_message(content="chosen")

        return chosen

    def _form(self) -> Any:  # noqa: ANN401  As above.
        async def form(interaction: discord.Interaction) -> None:
            shown = discord.ui.Modal(title="A form", custom_id="form")
            field = discord.ui.TextInput[discord.ui.View](label="Why", custom_id="why")
            shown.add_item(field)

            async def submitted(interaction: discord.Interaction) -> None:
                self.got.append(field.value)
                await interaction.response.send_message("thanks", ephemeral=True)

            shown.on_submit = submitted  # type: ignore[method-assign]  # As above.
            await interaction.response.send_modal(shown)

        return form


@asynccontextmanager
async def bare(loopback: Loopback) -> AsyncIterator[Bare]:
    client = Bare()
    async with connected(client, loopback.token):
        yield client


async def test_options_of_every_kind_reach_the_bot(loopback: Loopback) -> None:
    guild, ann, bob = loopback.guild(), loopback.user("ann"), loopback.user("bob")
    loopback.world.locales[ann["id"]] = "fr"
    place, role = guild["channels"][0], guild["roles"][1]
    given = {"word": "a", "number": 5, "flag": True, "amount": 1.5, "person": bob, "place": place}
    async with bare(loopback) as client:
        answer = await loopback.slash(guild, ann, "all kinds", **given)
        await until(lambda: answer.messages)
        near = await loopback.slash(guild, ann, "all near", town="Ox", role=role)
        await until(lambda: near.messages)
        suggested = await loopback.people.autocomplete(guild, ann, "all near", "town", town="Ox")
        await until(lambda: suggested.choices)

    assert answer.contents == ["got"]
    assert client.got == ["a", 5, True, 1.5, *(int(each["id"]) for each in (bob, place, role))]
    interaction = client.seen[0]
    assert interaction.locale is discord.Locale.french
    assert interaction.context.guild
    assert interaction.is_guild_integration()
    assert interaction.permissions.use_application_commands
    assert interaction.app_permissions.manage_threads
    assert suggested.choices == [{"name": "OxOx", "value": "Ox"}]


async def test_menus_and_forms_reach_the_bot(loopback: Loopback) -> None:
    guild, ann, bob = loopback.guild(), loopback.user("ann"), loopback.user("bob")
    async with bare(loopback) as client:
        shown = await loopback.slash(guild, ann, "menus")
        await until(lambda: shown.messages)
        [message] = shown.messages
        for menu, value in (("words", "One"), ("people", bob)):
            chosen = await loopback.people.select(message, ann, value, menu=menu)
            await until(lambda: chosen.acknowledged)  # noqa: B023  It is over by then.
        form = await loopback.slash(guild, ann, "form")
        await until(lambda: form.modal)
        sent = await loopback.people.submit(form, why="because")
        await until(lambda: sent.messages)

    assert client.got == ["1", int(bob["id"]), "because"]
    assert message["content"] == "chosen"
    assert message["flags"] & EPHEMERAL


async def test_commands_are_used_in_threads_posts_and_direct_messages_too(loopback: Loopback) -> None:
    guild, ann = loopback.guild(), loopback.user("ann")
    thread = await loopback.happening.thread_opened(guild["channels"][0], ann, "a room")
    forum = loopback.world.channel(guild, "questions", FORUM)
    post = await loopback.happening.thread_opened(forum, ann, "how?")
    async with bare(loopback) as client:
        answers = [await loopback.slash(where, ann, "all near", town="Ox") for where in (thread, post, None)]
        await until(lambda: all(answer.messages for answer in answers))

    assert [type(each.channel) for each in client.seen] == [discord.Thread, discord.Thread, discord.DMChannel]
    assert [each.guild_id for each in client.seen] == [int(guild["id"])] * 2 + [None]
    assert [each.context.dm_channel for each in client.seen] == [False, False, True]


def commands(loopback: Loopback, **more: Any) -> Json:  # noqa: ANN401  JSON.
    loopback.world.commands = [{"id": "1", "name": "find", "type": 1, "options": [STRING], **more}]
    return loopback.guild()


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("lose", {}),
        ("find", {}),
        ("find", {"need": 5}),
        ("find", {"need": "x"}),
        ("find", {"ned": "xx"}),
        ("find x", {}),
    ],
)
async def test_a_command_is_used_as_it_is_declared(loopback: Loopback, path: str, options: Any) -> None:  # noqa: ANN401  Anything.
    guild = commands(loopback)

    with pytest.raises(NotOffered):
        await loopback.slash(guild, loopback.user("ann"), path, **options)


async def test_who_left_or_was_timed_out_uses_no_command(loopback: Loopback) -> None:
    guild, ann, bob = commands(loopback), loopback.user("ann"), loopback.user("bob")
    for each in (ann, bob):
        loopback.world.join(guild, each)
    await loopback.happening.member_left(guild, ann)
    await loopback.happening.timed_out(guild, bob, 60)
    for each in (ann, bob):
        with pytest.raises(NotOffered):
            await loopback.slash(guild, each, "find", need="help")
    loopback.clock.pass_by(61)

    await loopback.slash(guild, bob, "find", need="help")


@pytest.mark.parametrize(("needed", "given"), [(None, False), (str(int(May.MANAGE_THREADS)), True), ("0", True)])
async def test_a_command_for_some_is_not_for_all(loopback: Loopback, needed: str | None, given: bool) -> None:  # noqa: FBT001  A case.
    guild, ann = commands(loopback, default_member_permissions=needed), loopback.user("ann")
    owner = loopback.world.users[guild["owner_id"]]
    await loopback.slash(guild, owner, "find", need="help")
    if given:
        with pytest.raises(NotOffered):
            await loopback.slash(guild, ann, "find", need="help")
    else:
        await loopback.slash(guild, ann, "find", need="help")


async def test_who_has_the_bot_for_themselves_has_it_elsewhere_too(loopback: Loopback, plain: Plain) -> None:
    commands(loopback, integration_types=[0, 1], contexts=[0, 1, 2])
    foreign, ann = loopback.guild("foreign", granted=None), loopback.user("ann")
    with pytest.raises(NotOffered):
        await loopback.slash(foreign, ann, "find", need="help")
    loopback.world.installed_for.add(ann["id"])
    async with plain.shard() as listener:
        await listener.next("READY")
        await loopback.slash(foreign, ann, "find", need="help")
        await loopback.people.elsewhere(ann, "find", need="help")
        await loopback.slash(None, ann, "find", need="help")
        await until(lambda: listener.names.count("INTERACTION_CREATE") == 3)
    told = [frame["d"] for frame in listener.frames if frame.get("t") == "INTERACTION_CREATE"]

    assert [each["context"] for each in told] == [0, 2, 1]
    assert [each["authorizing_integration_owners"] for each in told] == [
        {"1": ann["id"]},
        {"1": ann["id"]},
        {"0": "0", "1": ann["id"]},
    ]


async def test_nobody_presses_what_somebody_else_sees_or_what_is_gone(loopback: Loopback) -> None:
    guild, ann, bob = loopback.guild(), loopback.user("ann"), loopback.user("bob")
    channel = guild["channels"][0]
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Yes", "custom_id": "yes"}]}
    message = loopback.world.say(
        channel, loopback.me, {"content": "?", "components": [row, {"type": 1, "components": [MENU]}]}
    )
    pressed: Answered = await loopback.press(message, bob, "Yes")
    loopback.given.only_for[message["id"]] = (ann["id"], message)
    with pytest.raises(NotOffered):
        await loopback.press(message, bob, "Yes")
    with pytest.raises(NotOffered):
        await loopback.press(message, ann, "No")
    with pytest.raises(NotOffered):
        await loopback.people.select(message, ann, "Three")
    await loopback.people.select(message, ann, "Two")
    await loopback.happening.channel_deleted(channel)
    with pytest.raises(NotOffered):
        await loopback.press(message, ann, "Yes")

    assert pressed.source is message
