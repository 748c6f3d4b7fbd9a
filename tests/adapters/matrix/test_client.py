"""Looking up people's keys, on a server that answers as the test wants."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from nio import Api
from vodozemac import Account as Olm

from bot.adapters.matrix.client import Client
from bot.adapters.matrix.session import Account, new_client
from bot.ports.chat import ChatError

ANN, EVE = "@ann:hs.test", "@eve:hs.test"
Answering = Callable[[], dict[str, Any]]


class Server:
    """Says of people's keys whatever `answer` returns; `status` is the HTTP status."""

    def __init__(self) -> None:
        self.answer: Answering = dict
        self.status = 200

    async def keys(self, _request: web.Request) -> web.Response:
        return web.json_response(self.answer(), status=self.status)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
async def client(server: Server, tmp_path: Path) -> AsyncIterator[Client]:
    app = web.Application()
    app.router.add_post("/_matrix/client/v3/keys/query", server.keys)
    async with TestServer(app) as listening:
        account = Account(homeserver=str(listening.make_url("")).rstrip("/"), user_id="@bot:hs.test")
        client = new_client(account, tmp_path, "secret")
        client.restore_login("@bot:hs.test", "BOT", "token")
        yield client
        await client.close()
    assert client.store is not None
    client.store.database.close()


def phone(user_id: str) -> dict[str, Any]:
    """Return a device that signed itself, as each does."""
    olm = Olm()
    keys = {"ed25519:PHONE": olm.ed25519_key.to_base64(), "curve25519:PHONE": olm.curve25519_key.to_base64()}
    device = {"user_id": user_id, "device_id": "PHONE", "algorithms": [], "keys": keys}
    signature = olm.sign(Api.to_canonical_json(device).encode()).to_base64()
    named = {"device_display_name": "The phone"}
    return {**device, "signatures": {user_id: {"ed25519:PHONE": signature}}, "unsigned": named}


def asking_for(client: Client, *people: str) -> set[str]:
    assert client.olm is not None
    client.olm.add_changed_users(set(people))
    return client.olm.users_for_key_query


@pytest.mark.parametrize("poison", [{"PHONE": {}}, {"PHONE": {"device_id": 3}}, {"PHONE": 3}, 3])
async def test_a_persons_poison_spoils_nobody_elses_keys(server: Server, client: Client, poison: object) -> None:
    asking_for(client, ANN, EVE)
    server.answer = lambda: {"device_keys": {EVE: poison, ANN: {"PHONE": phone(ANN)}}}
    await client.keys_query()

    assert list(client.device_store.devices(ANN)) == ["PHONE"]
    assert not client.should_query_keys


async def test_a_change_that_comes_while_it_asks_is_asked_for_again(server: Server, client: Client) -> None:
    asking_for(client, ANN)

    def changed_meanwhile() -> dict[str, Any]:
        asking_for(client, ANN)
        return {"device_keys": {ANN: {"PHONE": phone(ANN)}}}

    server.answer = changed_meanwhile
    await client.keys_query()

    assert client.olm is not None
    assert client.olm.users_for_key_query == {ANN}


async def test_whom_the_server_could_not_tell_of_is_asked_for_again(server: Server, client: Client) -> None:
    asking_for(client, ANN, EVE)
    server.answer = lambda: {"device_keys": {ANN: {}}, "failures": {"away.test": {}}}
    await client.keys_query()

    assert client.olm is not None
    assert client.olm.users_for_key_query == {EVE}


async def test_after_a_fault_everybody_is_asked_for_again(server: Server, client: Client) -> None:
    asking_for(client, ANN, EVE)
    server.status = 500
    with pytest.raises(ChatError):
        await client.keys_query()

    assert client.olm is not None
    assert client.olm.users_for_key_query == {ANN, EVE}


async def test_what_a_device_is_called_is_left_out(server: Server, client: Client) -> None:
    asking_for(client, ANN)
    server.answer = lambda: {"device_keys": {ANN: {"PHONE": phone(ANN)}}}
    await client.keys_query()

    assert client.device_store[ANN]["PHONE"].display_name == ""
