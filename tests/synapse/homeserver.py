"""A real Synapse on loopback, on SQLite, without limits; gone when the tests are over.

What nobody here looks at, such as its search and its statistics, is off: each message costs it less then.
"""

import hashlib
import hmac
import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SERVER_NAME = "hs.test"
_PATIENCE_SECONDS = 60
_FREE = "{per_second: 100000, burst_count: 100000}"
# https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_message
AS_IT_COMES = "{per_second: 0.2, burst_count: 10}"

_SETTINGS = """
server_name: "{name}"
signing_key_path: {folder}/signing.key
report_stats: false
pid_file: {folder}/hs.pid
media_store_path: {folder}/media
registration_shared_secret: "{secret}"
macaroon_secret_key: "{secret}"
suppress_key_server_warning: true
trusted_key_servers: []
listeners: [{{port: {port}, type: http, bind_addresses: ["127.0.0.1"], resources: [{{names: [client]}}]}}]
database: {{name: sqlite3, args: {{database: {folder}/hs.db}}}}
presence: {{enabled: false}}
enable_search: false
stats: {{enabled: false}}
push: {{enabled: false}}
user_directory: {{enabled: false}}
gc_thresholds: [20000, 50, 50]
bcrypt_rounds: 4
caches: {{sync_response_cache_duration: 0s}}
log_config: {folder}/log.yaml
rc_message: {messages}
rc_registration: {free}
rc_login: {{address: {free}, account: {free}, failed_attempts: {free}}}
rc_joins: {{local: {free}, remote: {free}}}
rc_joins_per_room: {free}
rc_invites: {{per_room: {free}, per_user: {free}, per_issuer: {free}}}
rc_room_creation: {free}
"""

_LOG = """
version: 1
formatters: {{plain: {{format: "%(asctime)s %(levelname)s %(name)s %(message)s"}}}}
handlers: {{file: {{class: logging.FileHandler, filename: {folder}/hs.log, formatter: plain}}}}
root: {{level: WARNING, handlers: [file]}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone with an account."""

    user_id: str
    password: str


class Homeserver:
    """One server process. `start` before anything else, `stop` at the end.

    `messages` is its limit on messages, and `more` are further lines of its settings.
    """

    def __init__(self, folder: Path, more: str = "", *, messages: str = _FREE) -> None:
        self._messages = messages
        self._folder = folder
        self._more = more
        self._secret = secrets.token_hex(16)
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def database(self) -> Path:
        """Its database, a SQLite file."""
        return self._folder / "hs.db"

    def start(self) -> None:
        """Make the settings and the key, start the server, and return when it answers."""
        values = {"name": SERVER_NAME, "folder": self._folder, "secret": self._secret, "port": self._port}
        settings = _SETTINGS.format(free=_FREE, messages=self._messages, **values) + self._more
        (self._folder / "homeserver.yaml").write_text(settings)
        (self._folder / "log.yaml").write_text(_LOG.format(folder=self._folder))
        subprocess.run(self._command("--generate-keys"), env=_environment(), check=True, capture_output=True)  # noqa: S603  Our own command.
        self.resume()

    def resume(self) -> None:
        """Start the server again after `stop`, with everything it knew."""
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(self._command(), env=_environment(), stdout=quiet, stderr=quiet)  # noqa: S603  As above.
        last = time.monotonic() + _PATIENCE_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > last:
                raise RuntimeError((self._folder / "hs.log").read_text()[-2000:])
            time.sleep(0.1)

    def stop(self, *, hard: bool = False) -> None:
        """End the server; `hard` gives it no time to put anything away."""
        if self._process is not None:
            self._process.kill() if hard else self._process.terminate()
            self._process.wait(timeout=_PATIENCE_SECONDS)
            self._process = None

    def register(self, name: str) -> Person:
        """Make an account; see Synapse's "Shared-Secret Registration"."""
        path = "/_synapse/admin/v1/register"
        nonce = self.ask("GET", path)["nonce"]
        password = secrets.token_hex(8)
        signed = f"{nonce}\x00{name}\x00{password}\x00notadmin".encode()
        mac = hmac.new(self._secret.encode(), signed, hashlib.sha1).hexdigest()
        body = {
            "nonce": nonce,
            "username": name,
            "password": password,
            "admin": False,
            "mac": mac,
            "inhibit_login": True,
        }
        answer = self.ask("POST", path, body)
        return Person(user_id=answer["user_id"], password=password)

    def ask(self, method: str, path: str, body: object = None, token: str | None = None) -> dict[str, Any]:
        """Ask the server for something, outside of any event loop."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE_SECONDS)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            answer = json.loads(response.read())
        finally:
            connection.close()
        if response.status >= http.client.BAD_REQUEST:
            raise RuntimeError(method, path, response.status, answer)
        return dict(answer)

    def _command(self, *options: str) -> list[str]:
        settings = str(self._folder / "homeserver.yaml")
        return [sys.executable, "-m", "synapse.app.homeserver", "-c", settings, *options]

    def _answers(self) -> bool:
        try:
            self.ask("GET", "/_matrix/client/versions")
        except OSError:
            return False
        return True


def _environment() -> dict[str, str]:
    """Return ours with the bytecode cache on: without it the server takes three times as long to start."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
