"""Short codes for what one event made: the same event makes the same thing, and its code tells nothing of it."""

import hashlib
import re
from base64 import b32encode
from dataclasses import dataclass

from bot.domain.commands import Reading
from bot.domain.saying import Refused

_CODE = re.compile(r"[a-z2-7]{8}")


def code_for(kind: str, key: str) -> str:
    """Return the code of what the event of that key made; `kind` keeps things of two kinds apart."""
    digest = hashlib.blake2s(key.encode(), digest_size=5, person=kind.encode()).digest()
    return b32encode(digest).decode().casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code, as `code_for` makes it. Value: `str`. What is none is refused with `gone`, as one of nothing would be."""

    gone: str
    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> str:
        """Return the code. One of another group reads just as well, and is then of something that is not there."""
        code = text.strip().casefold()
        if not _CODE.fullmatch(code):
            raise Refused(self.gone)
        return code
