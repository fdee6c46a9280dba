"""How large the contents of a PDF become when they are unpacked, before the reader unpacks them: it has no limits of its own.

Measured: a PDF of 954 bytes whose page unpacks to 100 MB of words took pdfium 13 GB and half a minute. Pictures are left out, as
they are never unpacked here.
"""

from __future__ import annotations

import base64
import re
import zlib
from typing import TYPE_CHECKING

from graph.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.limits import Limits

_STREAM = re.compile(rb"\bstream[ \t]*(?:\r\n|\n|\r)")
_FILTER = re.compile(rb"/(FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL|ASCIIHexDecode|AHx|ASCII85Decode|A85)\b")
_PACKED = re.compile(rb"/(?:Filter|F)\b")
_PICTURE = (re.compile(rb"/Width\b"), re.compile(rb"/Height\b"), re.compile(rb"/Subtype\s*/Image\b"))
_PHOTO = re.compile(rb"/(?:DCT|JPX|CCITTFax|JBIG2)Decode\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
"""A letter of a name as its number: /Fl#61teDecode is /FlateDecode."""
_HEX = re.compile(rb"[^0-9A-Fa-f>]")
SMALL = 2**20
"""Below this a content is harmless, however well it was packed."""
MOST = 32 * 2**20
"""Unpacked contents of one stream: maps of a whole country have some 10 MB."""
OTHER = 2**16
"""Contents under LZW or run lengths, which unpack to thousands of times their size; programs of this century use neither for text."""


def check(data: bytes, name: str, limits: Limits) -> None:
    """Raises LimitError where a stream that is no picture unpacks to what no page holds."""
    for filters, start, end in _streams(data):
        content = data[start:end]
        for filter_ in filters:
            if filter_ in {b"FlateDecode", b"Fl"}:
                content = _unpacked(content)
                if len(content) > MOST or (len(content) > SMALL and len(content) > limits.zip_ratio * (end - start)):
                    raise LimitError(f"{name} unpacks to more than {limits.zip_ratio} times its size, or a page of it to more than {MOST // 2**20} MB. "
                                     "Raise `zip_ratio` under [limits] in case.toml if you trust it.")
            elif filter_ in {b"LZWDecode", b"LZW", b"RunLengthDecode", b"RL"}:
                if len(content) > OTHER:
                    raise _uncheckable(name)
                break
            else:  # text forms of bytes: what they hold is smaller, and may be packed
                known = _bytes_of(content, filter_)
                if known is None and len(content) > OTHER:
                    raise _uncheckable(name)
                content = known or b""


def _uncheckable(name: str) -> LimitError:
    return LimitError(f"{name} has contents in a packing that cannot be checked. Print it to a new PDF.")


def _streams(data: bytes) -> Iterator[tuple[list[bytes], int, int]]:
    """Filters, start and end of every stream that is no picture."""
    last = 0
    for match in _STREAM.finditer(data):
        if match.start() < last:
            continue
        start = match.end()
        end = data.find(b"endstream", start)
        before = data[last:match.start()]
        about = _ESCAPED.sub(lambda number: bytes([int(number[1], 16)]), before[before.rfind(b"obj") + 1:])
        last = end = len(data) if end < 0 else end
        picture = _PHOTO.search(about) or all(sign.search(about) for sign in _PICTURE)
        if not picture and _PACKED.search(about):
            yield _FILTER.findall(about) or [b"FlateDecode"], start, end  # the names may stand elsewhere: then what is most used is tried


def _bytes_of(data: bytes, filter_: bytes) -> bytes | None:
    """The bytes that digits or letters stand for; None where they are damaged."""
    try:
        if filter_ in {b"ASCIIHexDecode", b"AHx"}:
            digits = _HEX.sub(b"", data).split(b">")[0]
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        return base64.a85decode(data.split(b"~>")[0].split(b"<~")[-1], ignorechars=b" \t\n\r\v\f\0")
    except ValueError:
        return None


def _unpacked(data: bytes) -> bytes:
    """What the data unpack to, and at most a byte more than `MOST`; damaged data give what there is."""
    packer = zlib.decompressobj()
    try:
        return packer.decompress(data, MOST + 1)
    except zlib.error:
        return b""
