"""Whether a secret stands in the settings file itself, comments and all. What was found is never shown, only where."""

import re
from collections.abc import Iterator, Mapping

from bot.settings import SECRET_KEYS

# What secrets look like, and which setting names a file for one. Of Discord: an id, a time and a signature, in base64;
# of Synapse and Matrix Authentication Service: what their tokens begin with; of age and ssh: private keys.
_LOOKS: Mapping[re.Pattern[str], str] = {
    re.compile(r"\b[MNO][\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}", re.ASCII): "token_file",
    re.compile(r"\bsyt_\w+_\w+_\w+", re.ASCII): "access_token_file",
    re.compile(r"\bm[ca]t_\w{16,}", re.ASCII): "access_token_file",
    re.compile(r"AGE-SECRET-KEY-", re.IGNORECASE): "recipients, with the public key",
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"): "recipients, with the public key",
    re.compile(r"\w://[^\s/:@\"']*:[^\s/@\"']+@"): "database_file",
    re.compile(r"\w://[^\s\"']*[?&]password=[^\s&\"']"): "database_file",
}
_NAMED = re.compile(rf"^[#\s]*(?P<key>{'|'.join(SECRET_KEYS)})\s*=\s*[\"'][^\"']", re.ASCII)


def secrets_in(text: str) -> Iterator[tuple[int, str]]:
    """Give the number of each line that holds what looks like a secret, and the setting to use in its stead."""
    for number, line in enumerate(text.splitlines(), start=1):
        if named := _NAMED.match(line):
            yield number, SECRET_KEYS[named["key"]]
        elif found := next((instead for looks, instead in _LOOKS.items() if looks.search(line)), None):
            yield number, found
