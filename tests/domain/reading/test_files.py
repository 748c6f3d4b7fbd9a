"""A file as words: the same bytes come back, and what is no text of the kind that is wanted is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reading import File
from bot.domain.reading.files import LARGEST, words_of
from bot.domain.saying import Refused
from tests.domain.reading.examples import READING

ANY = File(fits=lambda _text: True, otherwise="rota-file-unlike")


@given(content=st.binary(max_size=200))
def test_whatever_a_file_holds_is_read_as_it_is_or_refused(content: bytes) -> None:
    words = words_of(content)
    try:
        text = ANY.read(words, READING)
    except Refused:
        return

    assert words.strip()
    assert text.encode() == content.removeprefix(b"\xef\xbb\xbf")


@given(text=st.text(min_size=1, max_size=50).filter(str.strip))
def test_text_that_is_pasted_is_read_as_it_is_or_refused(text: str) -> None:
    try:
        read = ANY.read(text, READING)
    except Refused:
        return

    assert read == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "file-empty"),
        (b" \r\n\t", "file-empty"),
        (b"\xef\xbb\xbf", "file-empty"),
        (b"%PDF-1.7", "rota-file-unlike"),
        (b"\x89PNG\r\n", "rota-file-unlike"),
        (b"PK\x03\x04", "file-spreadsheet"),
        ("date".encode("utf-16"), "file-encoding"),
        ("date".encode("utf-16-be"), "file-encoding"),
        (b"d\xe9cembre", "file-encoding"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_would_work(content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        ANY.read(words_of(content), READING)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(Refused, match="file-encoding"):
        ANY.read("\ud800", READING)


def test_a_file_that_is_too_large_is_refused_before_anything_is_read() -> None:
    assert ANY.read(words_of(b"x" * LARGEST), READING)
    for letters in ("x" * (LARGEST + 1), "\u20ac" * (LARGEST // 2)):
        with pytest.raises(Refused, match="file-large"):
            words_of(letters.encode())
        with pytest.raises(Refused, match="file-large"):
            ANY.read(letters, READING)
