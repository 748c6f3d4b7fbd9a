"""The words and the cards that are shipped, read once for all tests: nothing changes them."""

from functools import cache
from pathlib import Path

from bot import settings
from bot.domain.signpost.cards import Pack
from bot.store.packs import read_pack
from bot.words.catalogue import Catalogue

WORDS = settings.shipped() / "words"
CARDS = settings.shipped() / "signposts" / "uk"


@cache
def words(*more: Path) -> Catalogue:
    """Return the shipped words, with `more` folders over them."""
    return Catalogue([WORDS, *more])


@cache
def pack() -> Pack:
    """Return the shipped cards."""
    return read_pack(CARDS)
