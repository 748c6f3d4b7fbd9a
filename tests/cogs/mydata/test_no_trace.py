"""Whatever people did before: of one who lets all of it go nothing stays, and what others have stays as it was."""

import asyncio
import tempfile
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from whenever import TimeDelta

from bot.domain.ids import PersonId, PlaceId
from tests.cogs.mydata.circle import (
    ASKS,
    DIGITS,
    GROUPS,
    LINES,
    OTHERS,
    QUILL,
    Circle,
    bytes_in,
    empty,
    named_in,
    of_others,
)
from tests.tables import with_tables

HOUR = TimeDelta(hours=1)
DAY = TimeDelta(hours=24)
MOST_STEPS = 25

Act: TypeAlias = tuple[str, int, int, int]
Forgetting: TypeAlias = Callable[[Circle, PersonId], Coroutine[None, None, None]]

ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ("types", "types", "chooses", "sits", "sits", "goes by", "cut off", "cut off", "back", "invites")
        ),
        st.integers(0, len(OTHERS)),
        st.integers(0, len(GROUPS) - 1),
        st.integers(0, len(LINES) - 1),
    ),
    min_size=3,
    max_size=MOST_STEPS,
)
# Each example is a house of its own: to make one smaller takes many minutes, and what it did is short enough to read.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
SLOW = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
LEAVERS = st.sampled_from((QUILL, DIGITS))


async def act(circle: Circle, person: PersonId, what: Act) -> None:
    """Let somebody do one thing."""
    kind, who, where, number = what
    actor, group = (person, *OTHERS)[who], GROUPS[where]
    match kind:
        case "types":
            await circle.types(actor, LINES[number], group, hurried=where == 0)
        case "chooses":
            await circle.chooses(actor, number, group)
        case "sits":
            others = [other for other in (person, *OTHERS) if other != actor]
            await circle.sits(actor, others[where:], ASKS[number % len(ASKS)], 3 + number % 8)
        case "goes by":
            await circle.goes_by(TimeDelta(minutes=20 * number))
        case "cut off":
            circle.cut_off(number)
        case "back":
            circle.comes_back()
        case _:
            await circle.invites(actor, group)


async def forgets(circle: Circle, person: PersonId) -> None:
    """Let the person let all of it go, in one of the groups."""
    await circle.types(person, "mydata forget", hurried=True)
    await circle.types(person, "mydata forget all", hurried=True)


async def leaves(circle: Circle, person: PersonId) -> None:
    """Let the person leave every group."""
    for group in GROUPS:
        await circle.house.groups.left(group, person)


async def loses_the_bot(circle: Circle, _person: PersonId) -> None:
    """Let the bot be put out of every group."""
    for group in GROUPS:
        await circle.house.groups.gone(PlaceId(group))


async def lived(circle: Circle, person: PersonId, acts: list[Act]) -> None:
    for what in acts:
        await act(circle, person, what)
    # A minute without a word, so that nothing is asked too fast.
    await circle.goes_by(TimeDelta(minutes=2))


def named_at_once(rows: Mapping[str, list[Mapping[str, Any]]], circle: Circle, person: PersonId) -> list[str]:
    """Return what names them while nothing was sent yet, but for the answer to themselves."""
    others = [row for row in rows["outbox"] if row["key"] != circle.last_key]
    return named_in({**rows, "outbox": others}, person)


async def no_trace(folder: Path, person: PersonId, acts: list[Act], forgetting: Forgetting) -> None:
    circle = await Circle.on(with_tables(folder / "alongside.db"))
    try:
        await lived(circle, person, acts)
        before = await circle.rows()
        circle.cut_off(999)
        await forgetting(circle, person)
        at_once = await circle.rows()
        circle.comes_back()
        await circle.goes_by(TimeDelta(minutes=2))
        after = await circle.rows()
        files = bytes_in(folder, person)
        told = len(circle.world.private[person])
        await circle.goes_by(DAY)
        later = await circle.rows()

        if forgetting is not loses_the_bot:
            # A room that is open for two is closed first, and both are told.
            assert named_at_once(at_once, circle, person) == []
        assert named_in(after, person) == []
        assert files == []
        assert named_in(later, person) == []
        assert len(circle.world.private[person]) == told
        assert not [kind for kind in circle.journal.kinds if " " in kind]
        if forgetting is not loses_the_bot:
            assert of_others(before, person) <= of_others(after, person)
    finally:
        await circle.house.close()
    assert bytes_in(folder, person) == []


@pytest.mark.parametrize("forgetting", [forgets, leaves, loses_the_bot])
@given(acts=ACTS, person=LEAVERS)
@settings(max_examples=10, deadline=None, phases=PHASES, suppress_health_check=SLOW)
def test_no_column_and_no_byte_names_them_and_others_keep_what_is_theirs(
    forgetting: Forgetting, acts: list[Act], person: PersonId
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(no_trace(Path(folder), person, acts, forgetting))


@given(acts=ACTS, person=LEAVERS)
@settings(max_examples=6, deadline=None, phases=PHASES, suppress_health_check=SLOW)
def test_on_postgresql_no_column_names_them_either(
    postgresql_with_tables: str, acts: list[Act], person: PersonId
) -> None:
    async def run() -> None:
        circle = await Circle.on(postgresql_with_tables)
        try:
            await lived(circle, person, acts)
            before = await circle.rows()
            await forgets(circle, person)
            circle.comes_back()
            await circle.goes_by(TimeDelta(minutes=2))
            after = await circle.rows()
            await empty(circle.house.database)
        finally:
            await circle.house.close()

        assert named_in(after, person) == []
        assert of_others(before, person) <= of_others(after, person)

    asyncio.run(run())
