"""What a button does, written into it and read again."""

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.customids import LONGEST, Deed
from bot.domain.ids import GroupId
from bot.domain.saying import choice

GROUP = GroupId.of("discord", "1234567890123456789")
WORDS = st.text(max_size=12)


@given(st.dictionaries(st.sampled_from(["ask", "offer", "group", "does", "a&b"]), WORDS, max_size=2))
def test_what_fits_comes_back_as_it_was(options: dict[str, str]) -> None:
    deed = Deed.of(GROUP, choice("sit-can", "sit can", **options))

    assert deed.custom_id is None or Deed.read(deed.custom_id, "discord") == deed


def test_the_choices_of_a_sit_fit_and_what_is_too_long_is_none() -> None:
    short = Deed.of(GROUP, choice("sit-can", "sit can", ask="abcdefgh")).custom_id
    long = Deed.of(GROUP, choice("sit-can", "sit can", ask="a" * LONGEST)).custom_id

    assert short is not None
    assert len(short) <= LONGEST
    assert long is None


def test_what_others_wrote_means_nothing() -> None:
    others = ("", "alongside", "alongside?", "alongside?does=me&group=1", "alongside?group=1", "other?group=1&does=me")

    assert [Deed.read(custom_id, "discord") for custom_id in others] == [None] * len(others)
