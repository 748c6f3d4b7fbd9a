"""Every form of a text is found wherever it stands, and nothing is found that is not there."""

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.operator.canaries.markers import Registry
from bot.operator.canaries.searching import Finding, Search
from tests.canaries.hiding import AT_THE_BEGINNING, EVERYWHERE

REGISTRY = Registry()
MARKERS = [REGISTRY.new("a test") for _ in range(12)]
SMALL = 4096
SEARCH = Search([marker.text for marker in MARKERS], window=SMALL)
# Its overlap is longer than anything looked for, and the window is at least two of them.
BORDER = SEARCH._window - SEARCH._overlap  # noqa: SLF001  Where one window ends is what is tried here.
OFFSETS = st.one_of(
    st.integers(0, 3 * SMALL),
    st.builds(lambda times, by: max(0, times * BORDER + by), st.integers(1, 3), st.integers(-600, 600)),
)


def numbers(found: list[Finding]) -> set[int]:
    return {finding.number for finding in found}


@pytest.mark.parametrize("way", EVERYWHERE)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    number=st.integers(0, len(MARKERS) - 1), before=OFFSETS, after=st.integers(0, SMALL), seed=st.integers(0, 1 << 64)
)
def test_a_marker_is_found_however_it_is_written_and_wherever_it_stands(
    way: str, number: int, before: int, after: int, seed: int
) -> None:
    random = Random(seed)
    hidden = EVERYWHERE[way](MARKERS[number].text)

    found = [*SEARCH.held(random.randbytes(before) + hidden + random.randbytes(after), "a file")]

    assert numbers(found) == {number}


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 1 << 64))
def test_nothing_is_found_in_what_is_random(some: bytes, seed: int) -> None:
    assert [*SEARCH.held(some + Random(seed).randbytes(4 * SMALL), "a file")] == []


@pytest.mark.parametrize("way", AT_THE_BEGINNING)
def test_what_is_packed_without_a_header_is_found_at_the_beginning(way: str) -> None:
    found = [*SEARCH.held(AT_THE_BEGINNING[way](MARKERS[1].text), "a file")]

    assert [(finding.number, finding.at) for finding in found][-1:] == [(1, "deflate at 0, byte 0")]


def test_a_long_value_of_a_database_is_found_although_it_is_spread_over_pages(tmp_path: Path) -> None:
    file = tmp_path / "kept.db"
    # So that the marker lies over the border of two pages, whichever it is.
    long = "".join(f"{'.' * (4050 + step)}{MARKERS[2].text}" for step in range(60))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("CREATE TABLE notes (about TEXT, said TEXT)")
        connection.execute("INSERT INTO notes VALUES ('tea', ?)", (long,))
        connection.commit()

    found = [*SEARCH.folders([tmp_path])]

    assert (2, "notes.said") in {(finding.number, finding.at) for finding in found}


def test_what_only_the_log_of_a_database_holds_is_found_in_its_column_and_the_files_stay_as_they_were(
    tmp_path: Path,
) -> None:
    with closing(sqlite3.connect(tmp_path / "kept.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE notes (said BLOB)")
        connection.execute("INSERT INTO notes VALUES (?)", (MARKERS[3].text.encode("utf-16"),))
        connection.commit()
        before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}

        found = [*SEARCH.folders([tmp_path])]

        assert {(finding.file, finding.at) for finding in found} >= {("kept.db", "notes.said")}
        assert {finding.file for finding in found} == {"kept.db", "kept.db-wal"}
        assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_the_name_of_a_file_or_a_folder_is_looked_at_too(tmp_path: Path) -> None:
    (tmp_path / MARKERS[0].text).mkdir()
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / f"{MARKERS[1].text}.png").touch()

    found = [*SEARCH.folders([tmp_path])]

    assert {(finding.number, finding.at) for finding in found} == {
        (0, "in its name, byte 0"),
        (1, "in its name, byte 2"),
    }


def test_every_byte_is_counted_once_and_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    search = Search(["a sentence that somebody said"], window=SMALL)
    (tmp_path / "large").write_bytes(b"\xff" * 100_000)
    (tmp_path / "core.zst").write_bytes(b"\x28\xb5\x2f\xfd....")
    (tmp_path / "link").symlink_to("nowhere")

    found = [*search.folders([tmp_path])]

    names = sum(len(path.name) for path in tmp_path.iterdir())
    assert (found, search.searched) == ([], 100_000 + 8 + names)
    assert search.unread == ["core.zst: packed as zstd, which cannot be opened here"]


def test_no_two_registries_and_no_two_markers_are_alike() -> None:
    made = [marker.text for registry in (Registry(), Registry()) for marker in [registry.new("x") for _ in range(200)]]

    assert len({text.casefold()[:10] for text in made}) == len(made)
    assert any(text.isascii() for text in made)
    assert any(max(text) > "\uffff" for text in made)
