"""What people typed is held in memory for as long as it is needed, and never more of it than so much."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.memory import MOST, Memory

codes = st.sampled_from(["a", "b", "c"])
doings = st.lists(st.tuples(st.sampled_from(["hold", "drop"]), codes, st.text(max_size=3)), max_size=20)


@given(doings)
def test_what_was_held_last_is_recalled_until_it_is_dropped(done: list[tuple[str, str, str]]) -> None:
    memory, expected = Memory[str](), dict[str, str]()
    for what, code, words in done:
        if what == "hold":
            memory.hold(code, words)
            expected[code] = words
        else:
            memory.drop(code)
            expected.pop(code, None)

    assert {code: memory.recall(code) for code in ("a", "b", "c")} == dict.fromkeys("abc") | expected


def test_beyond_so_many_the_oldest_go_and_what_is_held_anew_is_not_old() -> None:
    memory = Memory[str]()
    for number in range(MOST):
        memory.hold(str(number), "words")
    memory.hold("0", "other words")
    memory.hold("one more", "words")

    assert (memory.recall("0"), memory.recall("1"), memory.recall("2")) == ("other words", None, "words")
    assert memory.recall("one more") == "words"
