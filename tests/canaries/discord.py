"""The stage on Discord: the bot as a process on a loopback Discord, two servers, and people in them."""

import contextlib
import signal
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from bot.domain.commands import Command
from bot.operator.canaries.child import Child, until
from bot.operator.canaries.stage import Act, Lost, Way
from tests.canaries.sleeping import a_week_later
from tests.discord.choosing import CHANNEL, STRING, SUB_COMMAND, SUB_COMMAND_GROUP, NotOffered, leaf
from tests.discord.interactions import AUTOCOMPLETE, Answered
from tests.discord.loopback import Loopback
from tests.discord.permissions import Json
from tests.discord.pointing import WHERE
from tests.discord.refusing import Refusal
from tests.soak.mischief import CALLBACK, SEND
from tests.soak.process import ON_DISCORD, SECRET

PEOPLE = 4
_ANSWERED_WITHIN_SECONDS = 1.5
_NO_END = 1_000_000
# What Discord does not let pass, somebody's own programme may: it is let pass here.
_LIMITS = ("choices", "min_length", "max_length", "min_value", "max_value")


class DiscordStage:
    """Implements `Stage`."""

    kind = "discord"
    types_lines = False

    def __init__(self, folder: Path, random: Random, module: str = "tests.soak.bot") -> None:
        self.folder = folder
        self._random = random
        self._discord = Loopback()
        self._discord.gateway.starts_in_all = _NO_END
        self._discord.gateway.identify_every = 0.3
        self._served = contextlib.AsyncExitStack()
        config = folder / "alongside.toml"
        self._child = Child(folder, module, ("run", "--config", str(config)))
        self.database = self._child.database
        self._guilds: list[Json] = []
        self._people: list[Json] = []
        self._given: list[Answered] = []
        self._settle(config)

    def _settle(self, config: Path) -> None:
        config.write_text(ON_DISCORD)
        secret = self.folder / SECRET
        secret.touch(mode=0o600)
        secret.write_text(self._discord.token)

    @property
    def asked(self) -> int:
        return sum(each.kind != AUTOCOMPLETE for each in self._given)

    @property
    def answered(self) -> int:
        return sum(bool(each.messages or each.modal) for each in self._given)

    @property
    def ways(self) -> Mapping[str, Way]:
        return {
            "what is said in a channel": lambda text: self._said(self._channel, text),
            "what is said to the bot by name": lambda text: self._said(self._channel, f"<@{self._me['id']}> {text}"),
            "what is said in a direct message": lambda text: self._said(self._direct, text),
            "what is said in a thread": self._in_thread,
            "an edit": lambda text: self._tell("MESSAGE_UPDATE", self._message(content=text)),
            "the name of a file": self._file,
            "a reaction": self._react,
            "the name of a server": self._server,
            "the name and the topic of a channel": self._channel_named,
            "the name of a role": self._role,
            "the name of a person": self._person,
            "what is typed before it is sent": self._suggest,
            "a form": self._form,
            "a button that is none": self._button,
            "an event that is none": lambda text: self._tell("PEERS_TEXT", {"text": text}),
            "what an error says": self._refused,
        }

    @property
    def acts(self) -> Mapping[str, Act]:
        discord = self._discord
        return {
            "a choice is pressed": self._press,
            "another choice is pressed": self._press,
            "a reply is lost": lambda: _done(discord.luck.lose_reply(SEND)),
            "an acknowledgement is lost": lambda: _done(discord.luck.lose_reply(CALLBACK)),
            "an error": lambda: _done(discord.luck.fail(CALLBACK, times=2)),
            "a limit": lambda: _done(discord.luck.limit(SEND)),
            "the gateway drops it": discord.gateway.drop,
            "the session is over": discord.gateway.invalidate,
            "killed": lambda: self._again(signal.SIGKILL),
            "the disk is full, and it breaks off": self._full_disk,
        }

    async def begin(self) -> None:
        if not self._guilds:
            await self._served.enter_async_context(self._discord.served())
            self._people = [self._discord.user(f"peer{number}") for number in range(PEOPLE)]
            self._guilds = [self._discord.guild(f"peers{number}") for number in range(2)]
        self._child.environment[WHERE] = self._discord.url
        await self._child.start(b"serving")
        await until(lambda: bool(self._discord.gateway.connected), 10)

    async def listen(self) -> None:
        await until(lambda: self.answered == self.asked, _ANSWERED_WITHIN_SECONDS)

    async def use(self, command: Command, options: Mapping[str, str]) -> None:
        self._there()
        for known in self._discord.commands:
            _let_pass(known)
        path = self._path(command)
        known = {each["name"]: each for each in self._leaf(path)}
        guild = self._random.choice(self._guilds)
        given = {name: await self._value(guild, known[name], text) for name, text in options.items()}
        await self._used(self._discord.people.slash(guild, self._someone, path, **given))

    async def type(self, line: str) -> None:
        await self._said(self._direct, line)

    async def rest(self) -> None:
        for guild in self._guilds:
            await self._used(self._discord.people.slash(guild, self._someone, "group stance", words="none"))
            for number in self._child.kept(f"SELECT number FROM rotas WHERE group_id = 'discord:{guild['id']}'"):  # noqa: S608  Ours.
                await self._used(self._discord.people.slash(guild, self._someone, "rota end", rota=str(number)))
        await a_week_later(self._child, self.begin)

    async def see_to(self) -> None:
        if not self._child.is_there:
            await self.begin()
        await until(lambda: bool(self._discord.gateway.connected), 10)

    async def fall(self) -> None:
        await self._child.send(signal.SIGKILL)

    async def end(self) -> None:
        await self._child.send(signal.SIGTERM)
        await self._served.aclose()

    def _there(self) -> None:
        if not self._child.is_there or not self._discord.gateway.connected:
            raise Lost

    @property
    def _someone(self) -> Json:
        return self._random.choice(self._people)

    @property
    def _me(self) -> Json:
        return self._discord.me

    @property
    def _channel(self) -> Json:
        channel: Json = self._random.choice(self._guilds)["channels"][0]
        return channel

    @property
    def _direct(self) -> Json:
        return self._discord.world.direct(self._someone["id"])

    def _leaf(self, path: str) -> list[Json]:
        first, *words = path.split()
        return leaf(next(each for each in self._discord.commands if each["name"] == first), words)

    def _path(self, command: Command) -> str:
        """Return how a command is called there: what has others under it is called by another word."""
        for path in (command.name, f"{command.name} show", f"{command.name} ask"):
            with contextlib.suppress(NotOffered):
                self._leaf(path)
                return path
        raise AssertionError(command.name)

    async def _value(self, guild: Json, option: Json, text: str) -> Any:  # noqa: ANN401  Text, or a channel.
        """Return a text as the option takes it: of a channel it is the name."""
        if option["type"] != CHANNEL:
            return text
        return await self._discord.happening.channel_made(guild, text)

    async def _used(self, using: Any) -> None:  # noqa: ANN401  Whatever somebody does.
        """Wait for the answer to something; what Discord does not offer any more is let be."""
        with contextlib.suppress(NotOffered):
            answered: Answered = await using
            self._given.append(answered)
            await until(lambda: bool(answered.messages or answered.modal or answered.choices), _ANSWERED_WITHIN_SECONDS)

    async def _said(self, channel: Json, text: str) -> None:
        await self._discord.happening.said(channel, self._someone, text)

    async def _in_thread(self, text: str) -> None:
        thread = await self._discord.happening.thread_opened(self._channel, self._someone, text)
        await self._said(thread, text)

    def _message(self, **more: Any) -> Json:  # noqa: ANN401  JSON.
        channel = self._channel
        made = self._discord.world.say(channel, self._someone, {"content": ""}, is_kept=False)
        return made | {"guild_id": channel["guild_id"]} | more

    async def _tell(self, name: str, data: Json) -> None:
        """Tell the bot, whatever it has asked to be told of."""
        self._there()
        for session in list(self._discord.gateway.sessions.values()):
            await session.tell(name, data)

    async def _file(self, text: str) -> None:
        file = {"id": self._discord.world.id(), "filename": f"{text}.png", "size": 1, "url": f"https://f/{text}.png"}
        await self._tell("MESSAGE_CREATE", self._message(content=text, attachments=[file | {"proxy_url": file["url"]}]))

    async def _react(self, text: str) -> None:
        message = self._message()
        about = {"user_id": self._someone["id"], "channel_id": message["channel_id"], "message_id": message["id"]}
        emoji = {"id": self._discord.world.id(), "name": text}
        await self._tell("MESSAGE_REACTION_ADD", about | {"guild_id": message["guild_id"], "emoji": emoji, "type": 0})

    async def _server(self, text: str) -> None:
        guild = self._discord.guild(text, granted=None)
        await self._discord.happening.bot_added(guild)
        await self._used(self._discord.people.slash(guild, self._someone, "about"))

    async def _channel_named(self, text: str) -> None:
        channel = self._channel
        await self._tell("CHANNEL_UPDATE", channel | {"name": text, "topic": text})

    async def _role(self, text: str) -> None:
        guild = self._random.choice(self._guilds)
        role = self._discord.world.role(guild, text)
        await self._tell("GUILD_ROLE_CREATE", {"guild_id": guild["id"], "role": role})

    async def _person(self, text: str) -> None:
        """Let somebody of that name, and called so in the server, make a rota and take a place on it."""
        guild, person = self._random.choice(self._guilds), self._discord.user(text)
        person["global_name"] = text
        self._discord.world.join(guild, person)["nick"] = text
        for path, given in (("sit open", {}), ("me zone", {"zone": "Europe/Dublin"}), ("sit ask", {})):
            await self._used(self._discord.people.slash(guild, person, path, **given))

    async def _suggest(self, text: str) -> None:
        self._there()
        guild = self._random.choice(self._guilds)
        for path, option in (("find", "need"), ("rota show", "rota"), ("me zone", "zone")):
            typing = self._discord.people.autocomplete(guild, self._someone, path, option, **{option: text})
            await self._used(typing)

    async def _form(self, text: str) -> None:
        self._there()
        guild, person = self._random.choice(self._guilds), self._someone
        await self._used(self._discord.people.slash(guild, person, "group show"))
        card = self._given[-1]
        for message in card.messages:
            await self._used(self._discord.people.press(message, person, "Set the time zone"))
            if self._given[-1].modal is not None:
                await self._used(self._discord.people.submit(self._given[-1], zone=text))

    async def _button(self, text: str) -> None:
        self._there()
        guild, person = self._random.choice(self._guilds), self._someone
        await self._used(self._discord.people.slash(guild, person, "group show"))
        for message in self._given[-1].messages:
            for row in message["components"]:
                for each in row.get("components", []):
                    each["custom_id"] = f"a?{text}={text}"[:100]
                    await self._used(self._discord.people.press(message, person, each["custom_id"]))

    async def _refused(self, text: str) -> None:
        refusal = Refusal(status=400, code=50035, message=text)
        for route in (SEND, CALLBACK):
            self._discord.luck.refuse(route, refusal, times=2)
        await self._used(self._discord.people.slash(self._guilds[0], self._someone, "me show"))
        await self._used(self._discord.people.slash(self._guilds[0], self._someone, "sit open"))

    async def _press(self) -> None:
        there = [
            (message, each["label"], given.user)
            for given in self._given[-20:]
            for message in given.messages
            for row in message["components"]
            for each in row.get("components", [])
            if each.get("label")
        ]
        if there:
            message, label, person = self._random.choice(there)
            await self._used(self._discord.people.press(message, person, label))

    async def _full_disk(self) -> None:
        self._child.fill_disk()
        for number in range(12):
            zone = "Europe/Dublin" if number % 2 else "Europe/London"
            if self._child.is_there:
                await self._used(self._discord.people.slash(self._guilds[0], self._someone, "me zone", zone=zone))
        self._child.make_room()
        await self._again(signal.SIGABRT)

    async def _again(self, by: signal.Signals) -> None:
        await self._child.send(by)
        await self.begin()


async def _done(_: object) -> None:
    """Be an act that has happened already."""


def _let_pass(option: Json) -> None:
    """Let anything at all be given to a command's options."""
    for name in _LIMITS:
        option.pop(name, None)
    if option.get("type") not in (SUB_COMMAND, SUB_COMMAND_GROUP, CHANNEL) and "options" not in option:
        option["type"] = STRING
    for inner in option.get("options") or []:
        _let_pass(inner)
