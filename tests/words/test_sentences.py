"""How the sentences read: each can be said, in plain and calm words."""

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import BaseNode, Message, TextElement
from fluent.syntax.visitor import Visitor

from bot import settings
from bot.domain.saying import Line
from bot.ports.words import DEFAULT_LOCALE
from bot.words.catalogue import Catalogue
from tests.words.agreement import needed_in

SHIPPED = settings.shipped() / "words"
LOCALES = sorted(folder.name for folder in SHIPPED.iterdir())
NEVER = re.compile(
    r"!(?!help)|\b(?:users?|clients?|patients?|helpers?|cases?|tickets?|escalat\w*|risks?|assigned|service users?)\b",
    re.IGNORECASE,
)
# Said of what has to be typed in a room, where every command starts with it.
TYPED = re.compile(r"“!”|with !|start with !")


class _Texts(Visitor):
    def __init__(self) -> None:
        self.texts: list[str] = []

    def visit_TextElement(self, node: TextElement) -> None:  # noqa: N802  The library's own naming.
        self.texts.append(node.value)


def texts(node: BaseNode) -> list[str]:
    visitor = _Texts()
    visitor.visit(node)
    return visitor.texts


def messages(locale: str) -> list[Message]:
    files = sorted((SHIPPED / locale).glob("*.ftl"))
    bodies = [FluentParser().parse(file.read_text(encoding="utf-8")).body for file in files]
    return [entry for body in bodies for entry in body if isinstance(entry, Message)]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("count", [0, 1, 2, 30])
def test_every_sentence_can_be_said(locale: str, count: int) -> None:
    words = Catalogue([SHIPPED])
    needed = needed_in(SHIPPED / locale)

    assert len(needed) > 100
    for id_, names in needed.items():
        assert words.text(Line(id=id_, args=dict.fromkeys(names, count)), locale).strip(), id_


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_shouts_or_uses_the_words_of_services(locale: str) -> None:
    said = [(message.id.name, text) for message in messages(locale) for text in texts(message)]

    assert [(id_, text) for id_, text in said if NEVER.search(TYPED.sub("", text))] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_two_sentences_have_the_same_id(locale: str) -> None:
    ids = [message.id.name for message in messages(locale)]

    assert sorted(ids) == sorted(set(ids))


def test_the_default_locale_is_there() -> None:
    assert DEFAULT_LOCALE in LOCALES


def test_the_folder_holds_words_and_nothing_else() -> None:
    assert {file.suffix for file in SHIPPED.rglob("*") if file.is_file()} == {".ftl"}
    assert Path(SHIPPED, DEFAULT_LOCALE, "house.ftl").is_file()
