"""Ways in which a text could have been written down, each by what others use for it and not by what looks for it."""

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import quopri
import zipfile
import zlib
from collections.abc import Callable, Mapping
from urllib.parse import quote, urlencode

Hides = Callable[[str], bytes]


def _zipped(text: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("another", "nothing")
        zipped.writestr("a member", f"before {text} after")
    return made.getvalue()


def _deflated(text: str) -> bytes:
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(text.encode()) + packing.flush()


AS_TEXT: Mapping[str, Hides] = {
    "as it is": str.encode,
    "in capitals": lambda text: text.upper().encode(),
    "in small letters": lambda text: text.lower().encode(),
    "UTF-16, little end first": lambda text: text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: text.encode("utf-16-be"),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64 after one": lambda text: base64.b64encode(b"." + text.encode() + b"..."),
    "base64 after two": lambda text: base64.urlsafe_b64encode(b".." + text.encode() + b"?"),
    "base64 in lines": lambda text: base64.encodebytes(b"-" * 50 + text.encode() + b"-" * 50),
    "base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16")),
    "base32": lambda text: base64.b32encode(b"..." + text.encode()),
    "percent": lambda text: quote(text).encode(),
    "a form": lambda text: urlencode({"option": text}).encode(),
    "JSON": lambda text: json.dumps({"said": text}).encode(),
    "quoted-printable": lambda text: quopri.encodestring((text * 4).encode()),
    "hex": lambda text: text.encode().hex().encode(),
    "hex with spaces": lambda text: text.encode().hex(" ").encode(),
    "HTML": lambda text: html.escape(text).encode("ascii", "xmlcharrefreplace"),
    "escaped, as Python shows it": lambda text: repr(text.encode()).encode(),
    "escaped in ASCII": lambda text: ascii(text).encode(),
    "reversed": lambda text: text.encode()[::-1],
    "reversed letter by letter": lambda text: text[::-1].encode(),
    "cut short": lambda text: text[:14].encode(),
}
PACKED: Mapping[str, Hides] = {
    "gzip": lambda text: gzip.compress(text.encode()),
    "zlib": lambda text: zlib.compress(text.encode()),
    "bzip2": lambda text: bz2.compress(text.encode()),
    "xz": lambda text: lzma.compress(text.encode()),
    "a zip": _zipped,
    "zlib in gzip": lambda text: gzip.compress(b"before" + zlib.compress(text.encode())),
    "base64 in gzip": lambda text: gzip.compress(base64.b64encode(text.encode())),
    "a zip that breaks off": lambda text: _zipped(text)[:-60],
}
EVERYWHERE = {**AS_TEXT, **PACKED}
AT_THE_BEGINNING: Mapping[str, Hides] = {"deflate": _deflated}
