"""Who is meant by what is typed on Matrix: an id, a link to one, or a name that one alone has in the group's rooms."""

import pytest
from nio import AsyncClient, MatrixRoom

from bot.adapters.matrix.company import Company, user_in
from bot.adapters.matrix.layout import Layout
from bot.adapters.matrix.wire import Wire
from bot.domain.ids import GroupId, PersonId

GROUP = GroupId.of("mx", "!group:example.org")


@pytest.mark.parametrize(
    ("text", "user_id"),
    [
        ("@bea:example.org", "@bea:example.org"),
        ("@bea/2=x:[2001:db8::1]:8448", "@bea/2=x:[2001:db8::1]:8448"),
        ("https://matrix.to/#/@bea:example.org", "@bea:example.org"),
        ("https://matrix.to/#/%40bea%3Aexample.org?via=example.org", "@bea:example.org"),
        ("bea:example.org", None),
        ("@bea", None),
        ("@bea smith:example.org", None),
        ("https://matrix.to/#/!room:example.org", None),
        (f"@{'b' * 255}:example.org", None),
    ],
)
def test_an_id_and_a_link_to_one_are_read(text: str, user_id: str | None) -> None:
    assert user_in(text) == user_id


def test_a_name_means_somebody_where_one_alone_has_it_in_the_groups_rooms() -> None:
    client = AsyncClient("https://example.org", "@bot:example.org")
    for room_id, people in (
        (GROUP.native, {"@ash:example.org": "Ash", "@bea:example.org": "Bea S.", "@b2:example.org": "Bob"}),
        ("!other:example.org", {"@cai:example.org": "Cai", "@b3:example.org": "Bob"}),
    ):
        room = client.rooms[room_id] = MatrixRoom(room_id, "@bot:example.org")
        for user_id, name in people.items():
            room.add_member(user_id, name, "")
    client.rooms[GROUP.native].add_member("@b4:example.org", "Ash", "")
    company = Company(
        client=client,
        wire=Wire(client),
        world="mx",
        layout=Layout(),
        is_set_apart=lambda _: False,
    )

    assert [company.meant(text, GROUP) for text in ("bea  s.", "@Bea S.:", "bob")] == [
        PersonId.of("mx", user) for user in ("@bea:example.org", "@bea:example.org", "@b2:example.org")
    ]
    assert [company.meant(text, GROUP) for text in ("Ash", "Cai", "nobody", "", "@")] == [None] * 5
    assert company.meant("@far:elsewhere.org", GROUP) == PersonId.of("mx", "@far:elsewhere.org")


async def test_whoever_came_into_a_room_of_the_group_is_in_it_and_whoever_was_only_invited_is_not() -> None:
    client = AsyncClient("https://example.org", "@bot:example.org")
    for room_id in (GROUP.native, "!other:example.org"):
        client.rooms[room_id] = MatrixRoom(room_id, "@bot:example.org")
    client.rooms[GROUP.native].add_member("@ash:example.org", "Ash", "")
    client.rooms[GROUP.native].add_member("@dee:example.org", "Dee", "", invited=True)
    client.rooms["!other:example.org"].add_member("@cai:example.org", "Cai", "")
    company = Company(
        client=client,
        wire=Wire(client),
        world="mx",
        layout=Layout(),
        is_set_apart=lambda _: False,
    )
    company._looked_for = {"@dee:example.org", "@far:example.org"}  # noqa: SLF001  The server would be asked else.
    here = {
        name: await company.is_here(PersonId.of("mx", f"@{name}:example.org"), GROUP)
        for name in ("ash", "cai", "dee", "far")
    }

    assert here == {"ash": True, "cai": False, "dee": False, "far": False}
