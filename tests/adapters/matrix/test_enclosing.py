"""Files as Matrix is told of them: a picture with its size, and with words for whoever does not see it."""

from bot.adapters.matrix.enclosing import Enclosed
from bot.domain.saying import Seen

THERE = {"url": "mxc://example.org/a"}


def test_a_picture_says_in_words_what_it_shows_and_how_large_it_is() -> None:
    seen = Seen(alt="Who is on.", width=1080, height=1400)

    content = Enclosed(name="rota.png", kind="image/png", size=7, seen=seen, there=THERE).content

    assert content == {
        "msgtype": "m.image",
        "body": "Who is on.",
        "filename": "rota.png",
        "info": {"mimetype": "image/png", "size": 7, "w": 1080, "h": 1400},
        "m.mentions": {},
        "url": "mxc://example.org/a",
    }


def test_any_other_file_goes_by_its_name() -> None:
    content = Enclosed(name="a.json", kind="application/json", size=2, there=THERE).content

    assert (content["msgtype"], content["body"], content["info"]) == (
        "m.file",
        "a.json",
        {"mimetype": "application/json", "size": 2},
    )
