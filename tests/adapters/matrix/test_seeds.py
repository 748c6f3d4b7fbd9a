"""The seeds on disk."""

from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey as Independent
from signedjson.sign import sign_json

from bot.adapters.matrix.seeds import OwnKeys, Seeds, SeedsUnreadable
from bot.adapters.matrix.signing import is_signed

ME = "@bot:hs.test"


def test_seeds_come_back_as_they_were(tmp_path: Path) -> None:
    keys = OwnKeys.new()
    Seeds(tmp_path, "secret", ME).keep(keys)

    assert Seeds(tmp_path, "secret", ME).read() == keys


def test_nothing_of_the_seeds_can_be_read_in_the_file(tmp_path: Path) -> None:
    keys = OwnKeys.new()
    Seeds(tmp_path, "secret", ME).keep(keys)
    written = (tmp_path / "signing.seeds").read_bytes()

    assert not any(keys.raw[at : at + 8] in written for at in range(len(keys.raw) - 7))
    assert (tmp_path / "signing.seeds").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("secret", "user_id"), [("another", ME), ("secret", "@other:hs.test")])
def test_another_secret_or_another_account_does_not_open_them(tmp_path: Path, secret: str, user_id: str) -> None:
    Seeds(tmp_path, "secret", ME).keep(OwnKeys.new())

    with pytest.raises(SeedsUnreadable):
        Seeds(tmp_path, secret, user_id).read()


@pytest.mark.parametrize("cut", [0, 10, 30, 50])
def test_a_file_that_was_cut_short_is_not_taken_for_seeds(tmp_path: Path, cut: int) -> None:
    Seeds(tmp_path, "secret", ME).keep(OwnKeys.new())
    file = tmp_path / "signing.seeds"
    file.write_bytes(file.read_bytes()[:cut])

    with pytest.raises(SeedsUnreadable):
        Seeds(tmp_path, "secret", ME).read()


def test_those_to_come_lie_beside_the_others_until_they_take_their_place(tmp_path: Path) -> None:
    old, new = OwnKeys.new(), OwnKeys.new()
    seeds = Seeds(tmp_path, "secret", ME)
    seeds.keep(old)
    seeds.keep_next(new)
    before = seeds.read(), seeds.read_next()
    seeds.take_next()

    assert before == (old, new)
    assert (seeds.read(), seeds.read_next()) == (new, None)


def test_a_signature_is_the_one_that_another_library_makes() -> None:
    keys = OwnKeys.new()
    value = {"b": ["é", 1], "a": {"z": None}, "unsigned": {"not": "signed"}}
    independent: Any = Independent(keys.raw[:32])
    independent.alg, independent.version = "ed25519", keys.master.public

    theirs = sign_json(dict(value), ME, independent)
    assert theirs["signatures"] == keys.master.signed(value, ME)["signatures"]
    assert is_signed(theirs, ME, keys.master.public)
    assert not is_signed({**theirs, "b": []}, ME, keys.master.public)
