"""How large the contents of a PDF become when they are unpacked, before the reader unpacks them: it has no limits of its own.

Measured: a PDF of 954 bytes whose page unpacks to 100 MB of words took pdfium 13 GB and half a minute. Pictures are left out, as
they are never unpacked here.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from graph.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.limits import Limits

_STREAM = re.compile(rb"\bstream\r?\n")
_FILTER = re.compile(rb"/(FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL|ASCIIHexDecode|AHx|ASCII85Decode|A85)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image|/(?:DCT|JPX|CCITTFax|JBIG2)Decode\b")
_DICTIONARY = 4096
"""Bytes before a stream in which its dictionary is looked for."""
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
                    raise LimitError(f"{name} has contents in a packing that cannot be checked. Print it to a new PDF.")
                break
            else:  # text forms of bytes: what they hold is smaller
                break


def _streams(data: bytes) -> Iterator[tuple[list[bytes], int, int]]:
    """Filters, start and end of every stream that is no picture."""
    last = 0
    for match in _STREAM.finditer(data):
        if match.start() < last:
            continue
        start = match.end()
        end = data.find(b"endstream", start)
        last = end = len(data) if end < 0 else end
        before = data[max(0, match.start() - _DICTIONARY):match.start()]
        about = before[before.rfind(b" obj") + 1:]
        if filters := [] if _PICTURE.search(about) else _FILTER.findall(about):
            yield filters, start, end


def _unpacked(data: bytes) -> bytes:
    """What the data unpack to, and at most a byte more than `MOST`; damaged data give what there is."""
    packer = zlib.decompressobj()
    try:
        return packer.decompress(data, MOST + 1)
    except zlib.error:
        return b""
