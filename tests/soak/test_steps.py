"""The table of steps: each still names a method of the bot."""

import inspect

import pytest

from tests.soak import steps_on_discord, steps_on_matrix
from tests.soak.steps import Step, found, watch

WORLDS = {"matrix": steps_on_matrix.STEPS, "discord": steps_on_discord.STEPS}


@pytest.mark.parametrize(
    "step", dict.fromkeys(step for steps in WORLDS.values() for step in steps), ids=lambda step: step.name
)
def test_every_step_still_names_a_method(step: Step) -> None:
    owner, name, method = found(step)

    assert callable(method)
    assert name in vars(owner)


@pytest.mark.parametrize("world", WORLDS)
def test_no_two_steps_have_one_name(world: str) -> None:
    assert len({step.name for step in WORLDS[world]}) == len(WORLDS[world])


class Walker:
    def __init__(self) -> None:
        self.path: list[str] = []

    async def walk(self) -> None:
        self.path.append("walked")

    def stand(self) -> None:
        self.path.append("stood")


@pytest.mark.parametrize(("name", "after"), [("walk", False), ("walk", True), ("stand", False), ("stand", True)])
async def test_a_watched_method_does_its_work_and_tells_when_it_is_passed(
    monkeypatch: pytest.MonkeyPatch, name: str, *, after: bool
) -> None:
    monkeypatch.setattr(Walker, name, vars(Walker)[name])
    walker = Walker()
    watch(Step(name="a step", where=f"{__name__}:Walker.{name}", after=after), lambda: walker.path.append("passed"))
    done = getattr(walker, name)()
    if inspect.isawaitable(done):
        await done

    assert walker.path.index("passed") == int(after)
    assert len(walker.path) == 2


def test_a_step_whose_method_was_renamed_is_found_out() -> None:
    with pytest.raises(AttributeError):
        found(Step(name="gone", where="bot.switchboard:Switchboard.listen"))
