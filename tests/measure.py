"""Measure the house against its style: `python -m tests.measure` prints what is over, and the figures.

Functions: median 8 lines or fewer, nine in ten at most 25, none over 50. Files: nine in ten at most 250 lines,
none over 400. It ends with status 1 when any of these does not hold.
"""

import ast
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parent.parent / "bot"
LONGEST_FUNCTION = 50
LONGEST_FILE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Something with a length in lines, and where it is."""

    where: str
    lines: int


def functions(file: Path, root: Path) -> Iterator[Measured]:
    """Measure every function of a file, decorators left out."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Measured(where=f"{file.relative_to(root.parent)}:{node.lineno} {node.name}", lines=lines)


def file_length(file: Path, root: Path) -> Measured:
    """Measure a file."""
    lines = len(file.read_text(encoding="utf-8").splitlines())
    return Measured(where=str(file.relative_to(root.parent)), lines=lines)


def faults(root: Path) -> list[str]:
    """Return a sentence for each figure that does not hold."""
    files = sorted(root.rglob("*.py"))
    of_files = [file_length(file, root) for file in files]
    of_functions = [one for file in files for one in functions(file, root)]
    over = [one for one in of_files if one.lines > LONGEST_FILE]
    over += [one for one in of_functions if one.lines > LONGEST_FUNCTION]
    sentences = [f"{one.where}: {one.lines} lines" for one in over]
    for what, figure, most in figures(of_functions, of_files):
        if figure > most:
            sentences.append(f"{what}: {figure:.0f} lines, at most {most}")
    return sentences


def figures(of_functions: list[Measured], of_files: list[Measured]) -> Iterator[tuple[str, float, int]]:
    """Return each figure of the style: its name, what it is here, and the most it may be."""
    function_lines = [one.lines for one in of_functions]
    yield "median function", statistics.median(function_lines), 8
    yield "nine functions in ten", statistics.quantiles(function_lines, n=10)[-1], 25
    yield "nine files in ten", statistics.quantiles([one.lines for one in of_files], n=10)[-1], 250


def main(root: Path = HOUSE) -> int:
    """Print the figures and the faults; return the status to end with."""
    files = sorted(root.rglob("*.py"))
    of_functions = [one for file in files for one in functions(file, root)]
    print(f"{len(files)} files, {len(of_functions)} functions")
    for what, figure, most in figures(of_functions, [file_length(file, root) for file in files]):
        print(f"{what}: {figure:.0f} lines (at most {most})")
    found = faults(root)
    print("\n".join(found) or "nothing is over")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
