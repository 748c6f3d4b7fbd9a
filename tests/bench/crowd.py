"""People with many devices, who are only there: nobody runs these, but each has keys that a bot has to deal with."""

import secrets
from dataclasses import dataclass
from urllib.parse import quote

from nio.crypto import Olm
from nio.store import SqliteMemoryStore

from tests.synapse.homeserver import Homeserver


@dataclass(frozen=True, slots=True, kw_only=True)
class Bystander:
    """Someone with an account, and a token for one of their devices."""

    user_id: str
    token: str
    homeserver: Homeserver

    def join(self, room_id: str) -> None:
        self.homeserver.ask("POST", f"/_matrix/client/v3/join/{quote(room_id)}", {}, self.token)


def bystander(homeserver: Homeserver, name: str, *, devices: int) -> Bystander:
    """Make someone with that many devices."""
    person = homeserver.register(name)
    tokens = [_new_device(homeserver, person.user_id, person.password) for _ in range(devices)]
    return Bystander(user_id=person.user_id, token=tokens[0], homeserver=homeserver)


def _new_device(homeserver: Homeserver, user_id: str, password: str) -> str:
    device = secrets.token_hex(5).upper()
    login = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": user_id},
        "password": password,
        "device_id": device,
    }
    token = str(homeserver.ask("POST", "/_matrix/client/v3/login", login)["access_token"])
    store = SqliteMemoryStore(user_id, device)
    homeserver.ask("POST", "/_matrix/client/v3/keys/upload", Olm(user_id, device, store).share_keys(), token)
    store.database.close()
    return token
