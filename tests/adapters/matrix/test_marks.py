"""Names for the server's eyes."""

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.matrix.marks import Marks


@given(key=st.text())
def test_one_key_has_one_name_and_it_fits_an_address(key: str) -> None:
    mark = Marks("secret").of(key)

    assert mark == Marks("secret").of(key)
    assert len(mark) == 32
    assert set(mark) <= set("0123456789abcdef")


def test_without_the_secret_a_key_cannot_be_guessed_from_its_name() -> None:
    assert Marks("one").of("sit:K7") != Marks("another").of("sit:K7")
