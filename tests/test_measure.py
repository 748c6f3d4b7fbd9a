"""The house keeps to the figures of its style."""

from pathlib import Path

from tests.measure import HOUSE, faults


def test_no_function_and_no_file_of_the_house_is_over_the_figures() -> None:
    assert faults(HOUSE) == []


def test_a_function_that_is_too_long_is_found(tmp_path: Path) -> None:
    root = tmp_path / "bot"
    root.mkdir()
    short = "def a():\n    return 1\n"
    (root / "long.py").write_text(short * 20 + "def b():\n" + "    c = 1\n" * 60)
    (root / "short.py").write_text(short)

    assert faults(root) == ["bot/long.py:41 b: 61 lines"]


def test_a_file_that_is_too_long_is_found(tmp_path: Path) -> None:
    root = tmp_path / "bot"
    root.mkdir()
    for number in range(30):
        (root / f"small{number}.py").write_text("def a():\n    return 1\n")
    (root / "long.py").write_text("def a():\n    return 1\n" * 250)

    assert faults(root) == ["bot/long.py: 500 lines"]
