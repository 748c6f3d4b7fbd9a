"""Typed words made comparable: small, without marks, without the words that everybody uses, cut to their stems."""

import re
import unicodedata

_APOSTROPHES = re.compile(r"['\u2018\u2019`]")
_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST_STEM = 4
_COMMON = """
a about after again all also am an and any anybody anyone are as at be because been before being but by can cant
come could did do does doesnt doing done dont down else even every everybody everyone for from get gets getting give
go goes going gone got had has have havent having he health help her here him his how i id if ill im in into is isnt
it its ive just know like lol lot made make me mental more much my need needs never new night no nobody not now of
off ok on one or our out over please pls put really say says see she should so some somebody someone something still
such tell than thank thanks that thats the their them then there theres these they thing this those to today
tomorrow tonight too try u up ur us use very want wanted wants was way we well went were what whats when where which
who whos why will with wont would yes yet you your
"""
_ENDINGS = ("ments", "ment", "ings", "ing", "ers", "ies", "ed", "es", "s", "e", "y")


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text`, small and without accents and apostrophes."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return tuple(_WORD.findall(_APOSTROPHES.sub("", bare.casefold())))


def terms(text: str) -> tuple[str, ...]:
    """Return the stems of the words that say what it is about."""
    return tuple(stem(word) for word in words(text) if word not in EVERYBODYS)


def stem(word: str) -> str:
    """Return the word without its ending: "sanctioned" and "sanctions" are the same."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def grams(text: str) -> frozenset[str]:
    """Return every run of three letters of the words, their edges included."""
    padded = f" {' '.join(words(text))} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


EVERYBODYS = frozenset(words(_COMMON))
