"""Commands, options, columns and worlds are found from their declarations, so that what is new is covered by itself."""

from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from bot.domain.commands import Command, Option
from bot.domain.reading import Text, Zone
from bot.operator.canaries.declared import LOCAL, columns_of_words, columns_on_the_way, commands_of, kinds
from bot.operator.canaries.living import Life, Plan
from bot.operator.canaries.markers import Registry, Sort
from bot.operator.canaries.stage import Act, Lost, Way
from bot.operator.canaries.values import valid

NEW = Command(
    name="tea make",
    options=(Option(name="zone", kind=Zone(), required=True), Option(name="why", kind=Text(), kept=True)),
)


class Recording:
    """Implements `Stage`: writes down what was done, and is not there now and then."""

    kind = LOCAL
    folder = database = Path()

    def __init__(self, *, types_lines: bool) -> None:
        self.types_lines = types_lines
        self.did: list[str] = []
        self.asked = self.answered = 0
        self._lost = 0

    @property
    def ways(self) -> Mapping[str, Way]:
        return {"talk": self.type, "a file": self.type}

    @property
    def acts(self) -> Mapping[str, Act]:
        return {"killed": self.fall, "read": self.begin}

    async def begin(self) -> None:
        self.did.append("read")

    async def see_to(self) -> None:
        self.did.append("seen to")

    async def fall(self) -> None:
        self._lost += 1
        if self._lost % 2:
            raise Lost
        self.did.append("killed")

    async def listen(self) -> None: ...

    async def use(self, command: Command, options: Mapping[str, str]) -> None:
        self.asked += 1
        self.answered += 1
        self.did.append(f"{command.name} {sorted(options)}")

    async def type(self, line: str) -> None:
        self.did.append(line.partition(",")[0] if "," in line else "talk")

    async def rest(self) -> None: ...

    async def end(self) -> None: ...


async def lived(seed: int, *, types_lines: bool = False, steps: int = 1) -> tuple[Recording, Registry, Life]:
    stage, registry = Recording(types_lines=types_lines), Registry()
    life = Life(stage, [*commands_of(LOCAL), NEW], registry, Plan(seed=seed, steps=steps))
    await life.live()
    return stage, registry, life


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_option_that_is_kept_has_its_column_and_every_such_column_its_option(kind: str) -> None:
    kept = {(command.name, option.name) for command in commands_of(kind) for option in command.options if option.kept}

    assert kept == {one for of in columns_of_words().values() for one in of}
    assert columns_on_the_way() == {"outbox.body"}


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_something_is_known_that_each_option_takes(kind: str) -> None:
    unknown = [
        f"{command.name}, {option.name}"
        for command in commands_of(kind)
        for option in command.options
        if not option.kind.greedy and valid(option, Random(1)) is None
    ]

    # What is looked up in what was kept takes anything at all.
    assert unknown == []


async def test_a_command_that_is_new_is_used_with_a_marker_in_each_of_its_options() -> None:
    stage, registry, life = await lived(1)
    by_place = {marker.where: marker.sort for marker in registry.all}

    assert life.missed == []
    assert by_place["local: tea make, zone"] is Sort.SAID
    assert by_place["local: tea make, why"] is Sort.KEPT
    assert {"local: talk", "local: a file"} <= set(by_place)
    assert {"killed", "read", "tea make ['why', 'zone']"} <= set(stage.did)


async def test_what_was_never_used_with_a_marker_is_named() -> None:
    life = Life(Recording(types_lines=False), [NEW], Registry(), Plan(seed=1, steps=1))

    assert life.missed == ["tea make: why", "tea make: zone"]


async def test_one_seed_is_one_life_and_another_is_another() -> None:
    first, again, other = [(await lived(seed, types_lines=True))[0].did for seed in (1, 1, 2)]

    assert first == again
    assert first != other


async def test_a_life_is_as_long_as_it_is_wanted_and_never_too_short() -> None:
    short, long = [(await lived(1, steps=steps))[2].done for steps in (1, 1000)]

    assert short < 400
    assert 1000 <= long < 1010
