"""Cross-signing of the bot's own account, so that strict apps send it keys and show its words without a warning.

The seeds are kept before the server has the keys, and every step looks at what is there first: a crash between
any two is made good at the next start. Keys of this account that are not the bot's own are never replaced by
themselves; `reset` does it, when somebody asks for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from typing import Any, Self

from nio import AsyncClient

from bot.adapters.matrix.seeds import OwnKeys, Seeds, SeedsUnreadable
from bot.adapters.matrix.signing import Signed, is_signed, part, public, with_signature
from bot.adapters.matrix.wire import TOKEN_REVOKED, Body, Wire
from bot.ports.chat import ChatError
from bot.ports.journal import Journal

NEEDS_PASSWORD = "needs-password"  # noqa: S105  The kind of a fault.
NEEDS_APPROVAL = "needs-approval"
PASSWORD_REFUSED = "password-refused"  # noqa: S105  As above.
DEVICE_DIFFERS = "device-differs"

_BY_PASSWORD = "m.login.password"  # noqa: S105  A way of the protocol.


class Standing(Enum):
    """How the bot's device stands with apps that trust only what its owner signed."""

    SIGNED = "signed"
    SIGNED_ELSEWHERE = "signed-elsewhere"
    NOT_YET = "not-yet"
    FOREIGN_KEYS = "foreign-keys"
    SEEDS_UNREADABLE = "seeds-unreadable"
    NEEDS_PASSWORD = NEEDS_PASSWORD
    NEEDS_APPROVAL = NEEDS_APPROVAL
    PASSWORD_REFUSED = PASSWORD_REFUSED
    DEVICE_DIFFERS = DEVICE_DIFFERS

    @property
    def is_trusted(self) -> bool:
        """Whether strict apps take the bot for what it is."""
        return self in {Standing.SIGNED, Standing.SIGNED_ELSEWHERE}


@dataclass(frozen=True, slots=True, kw_only=True)
class _OnServer:
    """What everybody on the server is shown of this account."""

    user_id: str
    device_id: str
    master: Signed = field(default_factory=dict)
    self_signing: Signed = field(default_factory=dict)
    device: Signed = field(default_factory=dict)

    @classmethod
    def of(cls, answer: Mapping[str, Any], user_id: str, device_id: str) -> Self:
        return cls(
            user_id=user_id,
            device_id=device_id,
            master=part(answer, "master_keys", user_id),
            self_signing=part(answer, "self_signing_keys", user_id),
            device=part(answer, "device_keys", user_id, device_id),
        )

    def is_device_signed(self) -> bool:
        """Whether the chain from the master key down to the device holds, whoever's keys they are."""
        master, middle = public(self.master), public(self.self_signing)
        return (
            is_signed(self.self_signing, self.user_id, master)
            and is_signed(self.device, self.user_id, middle)
            and self.device.get("device_id") == self.device_id
        )

    def is_master_signed(self, device_key: str) -> bool:
        """Whether the device vouches for the master key in its turn."""
        return is_signed(self.master, self.user_id, device_key, self.device_id)


class CrossSigning:
    """Signs one account's device. A `password` of None means that there is none to give."""

    def __init__(
        self, *, client: AsyncClient, wire: Wire, seeds: Seeds, password: str | None, journal: Journal
    ) -> None:
        self._client = client
        self._wire = wire
        self._seeds = seeds
        self._password = password
        self._journal = journal

    async def standing(self) -> Standing:
        """Return how the device stands, and change nothing. Raises `ChatError`."""
        try:
            keys = self._seeds.read()
            coming = self._seeds.read_next()
        except SeedsUnreadable:
            keys = coming = None
        found = await self._found()
        mine = {each.master.public for each in (keys, coming) if each is not None}
        if found.is_device_signed():
            return Standing.SIGNED if public(found.master) in mine else Standing.SIGNED_ELSEWHERE
        if found.master and public(found.master) not in mine:
            return Standing.FOREIGN_KEYS
        return Standing.NOT_YET

    async def establish(self) -> Standing:
        """Do what is still to be done. What goes wrong is noted, and the bot goes on unsigned.

        Raises `ChatError` when the token is no longer good.
        """
        try:
            standing = await self._established()
        except SeedsUnreadable:
            standing = Standing.SEEDS_UNREADABLE
        except ChatError as error:
            if error.kind == TOKEN_REVOKED:
                raise
            standing = _standing_of(error)
        if not standing.is_trusted:
            self._journal.note("not-cross-signed", why=standing.value)
        return standing

    async def reset(self) -> Standing:
        """Give the account new keys in place of any others: everybody is told that it changed. Raises `ChatError`."""
        keys = OwnKeys.new()
        self._seeds.keep_next(keys)
        try:
            await self._upload(keys)
        except ChatError as error:
            if error.permanent:
                self._seeds.drop_next()
            raise
        self._seeds.take_next()
        await self._sign(keys, await self._found())
        return Standing.SIGNED

    async def _established(self) -> Standing:
        found = await self._found()
        keys = self._own(public(found.master))
        if keys is None:
            return Standing.SIGNED_ELSEWHERE if found.is_device_signed() else Standing.FOREIGN_KEYS
        if public(found.self_signing) != keys.self_signing.public:
            await self._upload(keys)
            found = await self._found()
        await self._sign(keys, found)
        return Standing.SIGNED

    def _own(self, master: str) -> OwnKeys | None:
        """Return the keys that go with the server's master key, or with none there yet; None when it is not ours."""
        coming = self._seeds.read_next()
        if coming is not None and coming.master.public == master:
            self._seeds.take_next()
            return coming
        keys = self._seeds.read()
        if master:
            return keys if keys is not None and keys.master.public == master else None
        if keys is None:
            keys = OwnKeys.new()
            self._seeds.keep(keys)
        return keys

    async def _found(self) -> _OnServer:
        me, device = self._client.user_id, self._client.device_id or ""
        answer = await self._wire.ask("POST", "/keys/query", {"device_keys": {me: []}})
        return _OnServer.of(answer, me, device)

    async def _upload(self, keys: OwnKeys) -> None:
        """Put the keys on the server, with the password when it asks for one."""
        path, body = "/keys/device_signing/upload", _public_parts(keys, self._client.user_id)
        reply = await self._wire.reply("POST", path, body)
        if reply.status == HTTPStatus.UNAUTHORIZED and "flows" in reply.body:
            reply = await self._wire.reply("POST", path, {**body, "auth": self._auth(reply.body)})
            if reply.status == HTTPStatus.UNAUTHORIZED and "flows" in reply.body:
                raise ChatError(PASSWORD_REFUSED, permanent=True)
        reply.settled()

    def _auth(self, asked: Body) -> Body:
        """Return what the server wants to hear (spec: #user-interactive-authentication-api)."""
        if not any(flow.get("stages") == [_BY_PASSWORD] for flow in asked["flows"]):
            raise ChatError(NEEDS_APPROVAL, permanent=True)
        if self._password is None:
            raise ChatError(NEEDS_PASSWORD, permanent=True)
        who = {"type": "m.id.user", "user": self._client.user_id}
        session = {"session": asked["session"]} if "session" in asked else {}
        return {"type": _BY_PASSWORD, "identifier": who, "password": self._password, **session}

    async def _sign(self, keys: OwnKeys, found: _OnServer) -> None:
        """Let the self-signing key vouch for the device, and the device for the master key."""
        me, olm = self._client.user_id, self._client.olm
        if olm is None or not self._is_this_device(found.device):
            raise ChatError(DEVICE_DIFFERS, permanent=True)
        signed: dict[str, Signed] = {}
        if not found.is_device_signed():
            signed[found.device_id] = keys.self_signing.signed(_bare(found.device), me)
        if not found.is_master_signed(olm.account.identity_keys["ed25519"]):
            master = _bare(found.master)
            signed[keys.master.public] = with_signature(master, me, found.device_id, olm.sign_json(dict(master)))
        if signed:
            answer = await self._wire.ask("POST", "/keys/signatures/upload", {me: signed})
            if answer.get("failures"):
                raise ChatError("signatures-refused", permanent=False)

    def _is_this_device(self, device: Signed) -> bool:
        """Whether it is what this machine holds: the bot signs no device that a server made up."""
        olm, device_id = self._client.olm, self._client.device_id
        if olm is None:
            return False
        ours = olm.account.identity_keys
        keys = {f"{kind}:{device_id}": key for kind, key in ours.items()}
        return device.get("keys") == keys and is_signed(device, self._client.user_id, ours["ed25519"], device_id)


def _public_parts(keys: OwnKeys, user_id: str) -> Body:
    def one(usage: str, key: str) -> Signed:
        return {"user_id": user_id, "usage": [usage], "keys": {f"ed25519:{key}": key}}

    return {
        "master_key": one("master", keys.master.public),
        "self_signing_key": keys.master.signed(one("self_signing", keys.self_signing.public), user_id),
        "user_signing_key": keys.master.signed(one("user_signing", keys.user_signing.public), user_id),
    }


def _bare(value: Signed) -> dict[str, Any]:
    return {name: part for name, part in value.items() if name not in {"signatures", "unsigned"}}


def _standing_of(error: ChatError) -> Standing:
    kinds = {standing.value: standing for standing in Standing}
    return kinds.get(error.kind, Standing.NOT_YET)
