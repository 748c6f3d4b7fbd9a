"""What is loaded and what is not: a world that is not configured costs nothing."""

import json
import subprocess
import sys

_WORLDS = ("nio", "discord", "bot.adapters.local", "bot.adapters.matrix")


def loaded(code: str) -> list[str]:
    tell = f"{code}; import sys, json; print(json.dumps([name for name in {_WORLDS!r} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True)  # noqa: S603  Our own command.
    return list(json.loads(done.stdout))


def test_the_command_line_alone_loads_no_world() -> None:
    assert loaded("import bot.__main__") == []


def test_the_local_room_loads_no_chat_library() -> None:
    assert loaded("import bot.__main__, bot.adapters.local") == ["bot.adapters.local"]


def test_alembic_and_dateparser_are_loaded_only_when_they_are_needed() -> None:
    code = "import bot.__main__, sys; assert not {'alembic', 'dateparser'} & set(sys.modules)"

    assert loaded(code) == []


def test_the_solver_is_loaded_nowhere_in_the_bot() -> None:
    code = "import bot.__main__, bot.solving.solver, sys; bot.solving.solver.HighsSolver()"

    assert loaded(f"{code}; assert not {{'highspy', 'numpy'}} & set(sys.modules)") == []
