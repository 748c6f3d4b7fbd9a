"""What the bot says, as values."""

import operator
from dataclasses import replace

import pytest

from bot.domain.saying import File, Handed, Look, Refused, Say, choice, line, say


def test_a_message_grows_without_changing_the_one_it_grew_from() -> None:
    first = say("hello", name="Bea")
    grown = first.then(line("more", Look.QUIET)).offering(choice("go", "sit"))

    assert [one.id for one in grown.lines] == ["hello", "more"]
    assert len(grown.choices) == 1
    assert (len(first.lines), len(first.choices)) == (1, 0)


def test_a_choice_can_be_typed_as_its_command_and_the_words_of_its_options() -> None:
    assert choice("i-can", "sit can", ask="k7k7k7k7").typed == "sit can k7k7k7k7"
    assert choice("withdraw", "sit withdraw").typed == "sit withdraw"


def test_what_is_said_cannot_be_changed_later() -> None:
    said = line("hello", name="Bea")

    with pytest.raises(TypeError):
        operator.setitem(said.args, "name", "Cai")  # type: ignore[call-overload]  # That it cannot be is the point.


def test_a_refusal_carries_its_sentence_and_names_only_its_id() -> None:
    refused = Refused("text-long", longest=60)

    assert refused.say == say("text-long", longest=60)
    assert str(refused) == "text-long"


def test_a_message_with_files_has_one_text_for_where_none_can_be_sent_and_another_for_where_it_waits() -> None:
    file = File(name="a.txt", kind="text/plain", content=b"secret")
    handed = Handed(files=(file,), in_text=(line("all-of-it", text="secret"),), later=(line("ask-again"),))
    beside = line("see", text="secret")
    message = say("here").offering(choice("go", "sit")).handing(handed)

    assert message.in_text == Say(lines=handed.in_text, choices=message.choices)
    assert message.to_be_kept == Say(lines=handed.later, choices=message.choices)
    assert message.with_files == Say(lines=message.lines, choices=message.choices)
    with_line = message.handing(replace(handed, beside=(beside,)))
    assert with_line.with_files == Say(lines=(line("here"), beside), choices=message.choices)
    assert "secret" not in repr(with_line)
    assert say("hello").in_text == say("hello").to_be_kept == say("hello")
    assert "secret" not in repr(message)
