"""Buttons of one server, used in another, in a direct message, cut short or made up, are answered like none at all."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from bot.adapters.discord.buttons import _MENU
from bot.adapters.discord.customids import MARK, Deed
from bot.domain.ids import GroupId
from bot.house import House
from bot.store.belongings import within
from bot.store.tables import metadata
from tests.discord.conftest import host, loopback
from tests.discord.gateway import until
from tests.discord.house import NAME, Host, group
from tests.discord.interactions import Answered
from tests.discord.loopback import Loopback
from tests.discord.permissions import Json
from tests.discord.test_house import Village, answered

__all__ = ["host", "loopback"]

NEVER = GroupId.of(NAME, "777")
MEMBER = "GET /guilds/{guild_id}/members/{user_id}"
# What a bot of an earlier time may have written, or nobody ever. GROUP is the north, as it stands in a button.
MISSHAPEN = (
    MARK,
    f"{MARK}=",
    f"{MARK}&&&",
    f"{MARK}=sit open",
    f"{MARK}-1=sit open",
    f"{MARK}0=sit open",
    f"{MARK}GROUP",
    f"{MARK}GROUP=",
    f"{MARK}GROUP=sit",
    f"{MARK}GROUP=no such command",
    f"{MARK}GROUP=sit leave&ask=\x00\x1b[2J\u202e",
    f"{MARK}GROUP=rota show&rota={'9' * 3000}",
    f"{MARK}GROUP=group channel&channel={'9' * 5000}",
    f"{MARK}GROUP=sit can&ask=aaaaaaaa&who=somebody",
    f"{MARK}GROUP=sit open&GROUP=sit open",
)


@dataclass(kw_only=True)
class Two:
    """Two servers. In the south Ann was put an ask in private, and looks at the group's ways in the channel."""

    loopback: Loopback
    house: House
    north: Village
    south: Village
    given: list[Answered] = field(default_factory=list)
    here: Json = field(default_factory=dict)
    in_private: Json = field(default_factory=dict)

    async def live(self) -> None:
        """Let a north be with a rota, an ask that was offered to, and a room for two; and a south with an ask."""
        north, south = self.north, self.south
        await north.meet()
        # Whoever sits with somebody is asked for nothing meanwhile.
        cat = self.loopback.user("cat")
        self.loopback.world.join(north.guild, cat)
        await north.slash(cat, "sit open")
        for user, path, options in (
            (north.ann, "rota new", {"name": "Hearthside tea", "when": "daily 20:00"}),
            (north.ann, "rota join", {}),
            (north.ann, "rota show", {}),
            (north.ann, "group show", {}),
            (north.ann, "find", {"need": "debt"}),
            (south.ann, "sit open", {}),
        ):
            self.given.append(
                await north.slash(user, path, **options) if user is north.ann else await self._slash(path)
            )
        preview = await north.slash(north.ann, "sit ask")
        self.given += [preview, await north.press(preview.messages[0], north.ann, "Send it")]
        await until(lambda: self._put_to(cat), 20)
        self.given.append(await north.press(self._put_to(cat)[-1], cat, "I can"))
        asked = await south.slash(south.bea, "sit ask")
        await south.press(asked.messages[0], south.bea, "Send it")
        await until(lambda: self._put_to(south.ann), 20)
        self.in_private = self._put_to(south.ann)[-1]
        self.here = (await self._slash("group show")).messages[0]

    async def presses(self, message: Json, custom_id: str) -> Answered:
        """Let Ann of the south press a button under a message of hers, on which this stands."""
        message["components"][0]["components"][0]["custom_id"] = custom_id
        given = await self.loopback.people.press(message, self.south.ann, custom_id)
        await until(lambda: given.messages or given.modal, 20)
        return given

    async def rows(self) -> Sequence[str]:
        """Return every row of the north."""
        found = []
        async with self.house.database.transaction():
            for table in metadata.sorted_tables:
                theirs = select(table).where(within(table, group(self.north.guild)))
                found += [f"{table} {dict(row)}" for row in (await self.house.database.execute(theirs)).mappings()]
        return sorted(found)

    def custom_ids(self) -> Sequence[str]:
        """Return what stands on every button that the north was shown."""
        said = [message for messages in self.loopback.messages.values() for message in messages]
        said += [message for given in self.given for message in given.messages]
        found = {id_ for message in said for id_ in _ids(message["components"])} - {_MENU}
        return sorted(id_ for id_ in found if _deed(id_).group == group(self.north.guild))

    async def _slash(self, path: str) -> Answered:
        return await self.south.slash(self.south.ann, path)

    def _put_to(self, user: Json) -> Sequence[Json]:
        direct = self.loopback.world.direct(user["id"])["id"]
        return [each for each in self.south.said("Someone would like") if each["channel_id"] == direct]


@pytest.fixture
async def two(loopback: Loopback, host: Host) -> AsyncIterator[Two]:
    async with _living(loopback, host) as made:
        yield made
    assert [kind for kind in host.journal.kinds if " " in kind] == []


@asynccontextmanager
async def _living(loopback: Loopback, host: Host) -> AsyncIterator[Two]:
    loopback.checks_itself = False
    north, south = Village(loopback), Village(loopback)
    async with host.running() as house:
        made = Two(loopback=loopback, house=house, north=north, south=south)
        await made.live()
        yield made


def _ids(components: Sequence[Json]) -> Iterator[str]:
    for each in components:
        yield from _ids(each.get("components", ()))
        yield from (option["value"] for option in each.get("options", ()))
        if "custom_id" in each:
            yield each["custom_id"]


def _deed(custom_id: str) -> Deed:
    deed = Deed.read(custom_id, NAME)
    assert deed is not None, custom_id
    return deed


def _of(where: GroupId, custom_id: str) -> str:
    """Return the same for another server."""
    deed = _deed(custom_id)
    return Deed(group=where, command=deed.command, options=deed.options).custom_id or ""


def _shown(given: Answered, custom_id: str) -> str:
    """Return all that somebody sees of an answer; what they sent themselves comes back in a form, and is no news."""
    seen = [{name: each[name] for name in ("content", "components", "embeds", "flags")} for each in given.messages]
    return f"{seen} {given.modal}".replace(custom_id, "what was sent")


async def test_every_button_of_another_server_is_like_one_of_a_server_that_never_was(two: Two) -> None:
    wrong, before, ids = [], await two.rows(), two.custom_ids()
    for custom_id in ids:
        for message in (two.here, two.in_private):
            never = _of(NEVER, custom_id)
            theirs = _shown(await two.presses(message, custom_id), custom_id)
            nobodys = _shown(await two.presses(message, never), never)
            wrong += [] if theirs == nobodys else [(custom_id, theirs, nobodys)]
    after = await two.rows()

    assert wrong == []
    assert after == before
    assert len(ids) > 12


async def test_what_is_cut_short_or_made_up_is_answered_plainly_and_does_nothing(two: Two) -> None:
    native, before = f"{int(group(two.north.guild).native):x}", await two.rows()
    whole = two.custom_ids()[0]
    forged = [each.replace("GROUP", native) for each in MISSHAPEN] + [whole[:end] for end in range(2, len(whole), 3)]
    said = {
        content
        for custom_id in forged
        for message in (two.here, two.in_private)
        for content in (await two.presses(message, custom_id)).contents
    }

    assert {content.partition(".")[0] for content in said} == {"This button has had its day"}
    assert await two.rows() == before


async def test_a_number_of_thousands_of_digits_is_no_fault(two: Two) -> None:
    given = await two.south.slash(two.south.ann, "rota show", rota="9" * 5000)

    assert given.contents == ["Which rota: Please keep it to 80 characters or fewer."]


async def test_a_form_of_another_server_that_was_shown_in_private_comes_to_nothing(two: Two) -> None:
    before, answers = await two.rows(), []
    for where in (group(two.north.guild), NEVER):
        form = await two.presses(two.in_private, Deed(group=where, command="group zone", options={}).custom_id or "")
        sent = await answered(await two.loopback.people.submit(form, zone="Asia/Kolkata"))
        answers.append(sent.contents)

    assert answers[0] == answers[1]
    assert await two.rows() == before


async def test_while_discord_cannot_tell_who_is_a_member_a_button_is_for_those_alone_who_had_it(two: Two) -> None:
    before, wrong = await two.rows(), []
    two.loopback.luck.fail(MEMBER, 403, times=None)
    for custom_id in two.custom_ids():
        never = _of(NEVER, custom_id)
        theirs = _shown(await two.presses(two.in_private, custom_id), custom_id)
        wrong += [] if theirs == _shown(await two.presses(two.in_private, never), never) else [custom_id]
    after = await two.rows()
    own = Deed(group=group(two.south.guild), command="sit can", options={}).custom_id or ""
    can = await two.presses(two.in_private, own)

    assert (wrong, after) == ([], before)
    assert "I have told the person who asked" in can.contents[0]
