"""Who vouches for which device: the chain of signatures, and the first key that counts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nio.crypto import OlmDevice
from peewee import SqliteDatabase

from bot.adapters.matrix.identities import TABLES, Identities
from bot.adapters.matrix.seeds import OwnKeys

ANN = "@ann:hs.test"
PHONE = {"ed25519": "E" * 43, "curve25519": "C" * 43}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(str(tmp_path / "keys.db"))
    with database.bind_ctx(TABLES):
        database.create_tables(TABLES)
    yield database
    database.close()


def answer(keys: OwnKeys, *, signed: bool = True, device: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what a server says of somebody with one device."""
    phone = device or {
        "user_id": ANN,
        "device_id": "PHONE",
        "keys": {f"{kind}:PHONE": key for kind, key in PHONE.items()},
    }
    middle = {"user_id": ANN, "usage": ["self_signing"], "keys": {"ed25519:s": keys.self_signing.public}}
    return {
        "device_keys": {ANN: {"PHONE": keys.self_signing.signed(phone, ANN) if signed else phone}},
        "master_keys": {ANN: {"user_id": ANN, "usage": ["master"], "keys": {"ed25519:m": keys.master.public}}},
        "self_signing_keys": {ANN: keys.master.signed(middle, ANN)},
    }


def phone(**changed: str) -> OlmDevice:
    return OlmDevice(ANN, "PHONE", {**PHONE, **changed})


def test_a_device_at_the_end_of_the_chain_is_vouched_for(database: SqliteDatabase) -> None:
    identities = Identities(database)
    identities.take(answer(OwnKeys.new()))

    assert identities.vouches(phone())


def test_it_is_vouched_for_with_its_own_keys_alone(database: SqliteDatabase) -> None:
    identities = Identities(database)
    identities.take(answer(OwnKeys.new()))

    assert not identities.vouches(phone(ed25519="F" * 43))
    assert not identities.vouches(phone(curve25519="F" * 43))


def test_a_device_that_nobody_signed_is_not(database: SqliteDatabase) -> None:
    identities = Identities(database)
    identities.take(answer(OwnKeys.new(), signed=False))

    assert not identities.vouches(phone())


@pytest.mark.parametrize("part", ["master_keys", "self_signing_keys"])
def test_a_chain_with_a_part_of_another_person_in_it_does_not_hold(database: SqliteDatabase, part: str) -> None:
    identities = Identities(database)
    told = answer(OwnKeys.new())
    told[part][ANN] = answer(OwnKeys.new())[part][ANN]
    identities.take(told)

    assert not identities.vouches(phone())


def test_a_signature_for_another_name_of_the_device_does_not_count(database: SqliteDatabase) -> None:
    keys = OwnKeys.new()
    other = {"user_id": ANN, "device_id": "LAPTOP", "keys": {f"{kind}:PHONE": key for kind, key in PHONE.items()}}
    identities = Identities(database)
    identities.take(answer(keys, device=other))

    assert not identities.vouches(phone())


def test_the_first_master_key_counts_and_no_later_one(database: SqliteDatabase) -> None:
    first, second = OwnKeys.new(), OwnKeys.new()
    Identities(database).take(answer(first))
    identities = Identities(database)
    kept = identities.vouches(phone())
    identities.take(answer(second))
    changed = identities.vouches(phone())
    identities.take(answer(first))

    assert (kept, changed, identities.vouches(phone())) == (True, False, True)


def test_somebody_without_keys_of_their_own_may_have_them_later(database: SqliteDatabase) -> None:
    identities = Identities(database)
    identities.take({"device_keys": answer(OwnKeys.new())["device_keys"]})
    before = identities.vouches(phone())
    identities.take(answer(OwnKeys.new()))

    assert (before, identities.vouches(phone())) == (False, True)


def test_a_person_who_was_forgotten_begins_anew(database: SqliteDatabase) -> None:
    identities = Identities(database)
    identities.take(answer(OwnKeys.new()))
    identities.forget([ANN])
    forgotten = identities.vouches(phone()), Identities(database).people
    identities.take(answer(OwnKeys.new()))

    assert forgotten == (False, set())
    assert Identities(database).vouches(phone())


def paths(value: object) -> Iterator[tuple[str, ...]]:
    """Return the way to each part of a JSON value, its own parts after it."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield (name,)
            yield from ((name, *rest) for rest in paths(part))


@pytest.mark.parametrize("poison", [None, 3, "x", [], {}, [[]], {"x": {"x": None}}, "\ud800"])
def test_whatever_a_server_makes_up_spoils_itself_alone(database: SqliteDatabase, poison: object) -> None:
    identities = Identities(database)
    for path in list(paths(answer(OwnKeys.new()))):
        told = answer(OwnKeys.new())
        place: Any = told
        for name in path[:-1]:
            place = place[name]
        place[path[-1]] = poison
        identities.take(told)
        identities.forget([ANN])
    identities.take(answer(OwnKeys.new()))

    assert identities.vouches(phone())
