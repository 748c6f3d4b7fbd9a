"""matrix-js-sdk with its Rust encryption, in a process of its own: it shares no code with the bot."""

import asyncio
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.synapse.homeserver import Homeserver, Person

NO_SHIELD = 0
_HERE = Path(__file__).parent
_INSTALL_SECONDS = 180
_ANSWER_SECONDS = 40


class CannotInstallError(Exception):
    """The app cannot be had here; the text says why."""


def install(folder: Path) -> Path:
    """Fetch the app into the folder and return its script. Raises `CannotInstallError`."""
    if shutil.which("node") is None or (npm := shutil.which("npm")) is None:
        raise CannotInstallError("node and npm are not there")
    for name in ("package.json", "app.mjs"):
        shutil.copy(_HERE / name, folder)
    command = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--prefer-offline"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=_INSTALL_SECONDS)  # noqa: S603  Our own command.
    except (OSError, subprocess.SubprocessError) as error:
        raise CannotInstallError("matrix-js-sdk cannot be fetched") from error
    return folder / "app.mjs"


@dataclass(kw_only=True)
class StrictPeer:
    """One person on one device, whose app trusts signed devices only."""

    person: Person
    process: asyncio.subprocess.Process
    asked: int = 0

    @classmethod
    async def come(cls, script: Path, homeserver: Homeserver, person: Person) -> Self:
        """Log in on a new device, which the app signs."""
        node, pipe = shutil.which("node") or "node", subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            node, str(script), stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd=script.parent
        )
        peer = cls(person=person, process=process)
        await peer.do("come", url=homeserver.url, user=person.user_id, password=person.password)
        return peer

    async def do(self, deed: str, **what: object) -> Any:  # noqa: ANN401  Whatever the app says.
        """Let the app do something and return what comes of it. Raises `RuntimeError`."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.asked += 1
        self.process.stdin.write(json.dumps({"id": self.asked, "do": deed, **what}).encode() + b"\n")
        async with asyncio.timeout(_ANSWER_SECONDS):
            line = await self.process.stdout.readline()
        answer = json.loads(line)
        assert answer["id"] == self.asked
        if "error" in answer:
            raise RuntimeError(deed, answer["error"])
        return answer["result"]

    async def go(self) -> None:
        """Close the app."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()
