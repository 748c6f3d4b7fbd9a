"""Cross-signing as others make and check it: with signedjson, which shares no code with the bot's."""

import secrets
from typing import Any

from nacl.signing import SigningKey
from signedjson.key import decode_verify_key_bytes
from signedjson.sign import SignatureVerifyException, sign_json, verify_signed_json
from unpaddedbase64 import decode_base64, encode_base64

from tests.synapse.homeserver import Homeserver, Person
from tests.synapse.peer import Peer

_V3 = "/_matrix/client/v3"


class Owner:
    """Somebody who sets up cross-signing of an account by hand, with three keys from 96 bytes of seeds."""

    def __init__(self, user_id: str, seeds: bytes | None = None) -> None:
        self._user_id = user_id
        drawn = seeds or secrets.token_bytes(96)
        self.master, self._self_signing, self._user_signing = (_key(drawn[at : at + 32]) for at in (0, 32, 64))

    def parts(self) -> dict[str, Any]:
        """Return the body that puts the keys on the server."""
        return {
            "master_key": self._part("master", self.master),
            "self_signing_key": self._signed(self._part("self_signing", self._self_signing), self.master),
            "user_signing_key": self._signed(self._part("user_signing", self._user_signing), self.master),
        }

    def device(self, device: dict[str, Any]) -> dict[str, Any]:
        """Return a device with this owner's signature alone."""
        bare = {name: value for name, value in device.items() if name not in {"signatures", "unsigned"}}
        return self._signed(bare, self._self_signing)

    def _part(self, usage: str, key: Any) -> dict[str, Any]:  # noqa: ANN401  signedjson puts its own marks on it.
        public = key.version
        return {"user_id": self._user_id, "usage": [usage], "keys": {f"ed25519:{public}": public}}

    def _signed(self, value: dict[str, Any], key: Any) -> dict[str, Any]:  # noqa: ANN401  As above.
        return dict(sign_json(value, self._user_id, key))


def signed_in(homeserver: Homeserver, person: Person) -> str:
    """Log in on one more device, and return its token."""
    who = {"type": "m.id.user", "user": person.user_id}
    body = {"type": "m.login.password", "identifier": who, "password": person.password}
    return str(homeserver.ask("POST", f"{_V3}/login", body)["access_token"])


def set_up(homeserver: Homeserver, person: Person, token: str, seeds: bytes | None = None) -> Owner:
    """Give the account cross-signing keys, in place of any that it has."""
    owner = Owner(person.user_id, seeds)
    who = {"type": "m.id.user", "user": person.user_id}
    auth = {"type": "m.login.password", "identifier": who, "password": person.password}
    homeserver.ask("POST", f"{_V3}/keys/device_signing/upload", {**owner.parts(), "auth": auth}, token)
    return owner


def sign_device(homeserver: Homeserver, owner: Owner, user_id: str, device_id: str, token: str) -> None:
    """Vouch for one device of the account."""
    device = keys_of(homeserver, user_id, token)["device_keys"][user_id][device_id]
    body = {user_id: {device_id: owner.device(device)}}
    answer = homeserver.ask("POST", f"{_V3}/keys/signatures/upload", body, token)
    assert answer["failures"] == {}


def vouch_for(homeserver: Homeserver, peer: Peer, owner: Owner | None = None) -> Owner:
    """Let somebody vouch for the device they are on, with new keys of their own or with those they have."""
    token = str(peer.client.access_token)
    owner = owner or set_up(homeserver, peer.person, token)
    sign_device(homeserver, owner, peer.user_id, str(peer.client.device_id), token)
    return owner


def keys_of(homeserver: Homeserver, user_id: str, token: str) -> dict[str, Any]:
    """Return what the server shows of somebody's keys."""
    return homeserver.ask("POST", f"{_V3}/keys/query", {"device_keys": {user_id: []}}, token)


def master_of(keys: dict[str, Any], user_id: str) -> str:
    return _public(keys["master_keys"][user_id])


def are_signed(keys: dict[str, Any], user_id: str, device_id: str) -> tuple[bool, bool]:
    """Whether the master key signed the self-signing key, and that one the device: what anybody is shown."""
    master, middle = keys["master_keys"][user_id], keys["self_signing_keys"][user_id]
    device = keys["device_keys"][user_id][device_id]
    return (
        _is_signed(middle, user_id, _public(master), _public(master)),
        _is_signed(device, user_id, _public(middle), _public(middle)),
    )


def are_signed_at_home(keys: dict[str, Any], user_id: str, device_id: str) -> tuple[bool, bool]:
    """Whether the master key signed the user-signing key, and the device the master key: shown to the owner alone."""
    master, last = keys["master_keys"][user_id], keys["user_signing_keys"][user_id]
    own = keys["device_keys"][user_id][device_id]["keys"][f"ed25519:{device_id}"]
    return (
        _is_signed(last, user_id, _public(master), _public(master)),
        _is_signed(master, user_id, device_id, own),
    )


def _is_signed(value: dict[str, Any], user_id: str, name: str, public: str) -> bool:
    key = decode_verify_key_bytes(f"ed25519:{name}", decode_base64(public))
    try:
        verify_signed_json(value, user_id, key)
    except SignatureVerifyException:
        return False
    return True


def _public(part: dict[str, Any]) -> str:
    return str(next(iter(part["keys"].values())))


def _key(seed: bytes) -> Any:  # noqa: ANN401  signedjson adds its marks to a key of NaCl.
    key: Any = SigningKey(seed)
    key.alg = "ed25519"
    key.version = encode_base64(key.verify_key.encode())
    return key
