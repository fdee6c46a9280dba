"""Hostile and broken documents, all made here: bombs, entities, encrypted and cut files. `DOCUMENTS` has what is to be refused."""

from __future__ import annotations

import importlib.util
import struct
import zlib
from pathlib import Path

_spec = importlib.util.spec_from_file_location("documents", Path(__file__).parent / "documents.py")
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)

STORY = ["Police in Tarnovik detained Mira Solheim on 4 May 2021, Harbour Watch said.", "Neighbours heard shouting from the flat near the harbour in the night."]
WORD = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:t>"
END = b"</w:t></w:p></w:body></w:document>"
ENTITIES = ("<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
            + "]><w:document xmlns:w='x'><w:p><w:t>&i;</w:t></w:p></w:document>")
XXE = "<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><w:document xmlns:w='x'><w:p><w:t>&x;</w:t></w:p></w:document>"


def deflated(start: bytes, filler: bytes, times: int, end: bytes) -> tuple[bytes, int, int]:
    """`start`, the filler so many times and `end`, packed, with its CRC and size, without ever holding it unpacked."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(filler) + packer.flush(zlib.Z_FULL_FLUSH)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    tail = packer.compress(end) + packer.flush(zlib.Z_FINISH)
    crc = zlib.crc32(start)
    for _ in range(times):
        crc = zlib.crc32(filler, crc)
    return head + block * times + tail, zlib.crc32(end, crc), len(start) + len(filler) * times + len(end)


def zip_of(name: str, packed: bytes, crc: int, size: int) -> bytes:
    """A zip of one part that is packed already; `size` is what it claims to unpack to."""
    file = name.encode()
    about = struct.pack("<HHHHHIII", 20, 0, 8, 0, 33, crc, len(packed), size)
    local = b"PK\3\4" + about + struct.pack("<HH", len(file), 0) + file
    central = b"PK\1\2" + struct.pack("<H", 20) + about + struct.pack("<HHHHHII", len(file), 0, 0, 0, 0, 0, 0) + file
    return local + packed + central + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local) + len(packed), 0)


def huge_docx(claimed: int | None = None) -> bytes:
    """Some 580 KB that unpack to 566 million characters."""
    packed, crc, size = deflated(WORD, b"A" * 2**20, 540, END)
    return zip_of("word/document.xml", packed, crc, size if claimed is None else claimed)


def encrypted_docx() -> bytes:
    data = bytearray(make.docx(STORY))
    for at in range(len(data) - 4):
        if bytes(data[at:at + 4]) in {b"PK\x03\x04", b"PK\x01\x02"}:
            data[at + (6 if data[at + 2] == 3 else 8)] |= 1  # the flag that says "encrypted"
    return bytes(data)


def encrypted_pdf() -> bytes:
    """A PDF with a password that nobody knows: the keys in it are made up."""
    key = "00" * 32
    return make.pdf_of([b"BT ET"], guard=f"/ID[<{'11' * 16}><{'11' * 16}>]/Encrypt<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -4>>")


def pdf_bomb():
    """A page whose content, packed twice, unpacks from some kilobytes to 100 MB of words."""
    words = zlib.compress(zlib.compress(b"BT /F1 11 Tf 60 780 Td " + b"(word) Tj " * 10_000_000 + b"ET", 9), 9)
    return make.pdf_of([words], about="/Filter[/FlateDecode/FlateDecode]")


def nested_mail() -> bytes:
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(2000))
    return ("From: a@x.example\nTo: b@x.example\nMIME-Version: 1.0\n" + parts + "\nend\n").encode()


DOCUMENTS = {
    "566 million characters.docx": huge_docx,
    "that lie about their number.docx": lambda: huge_docx(1000),
    "bomb.odt": lambda: make.archive({"mimetype": "x", "content.xml": b"<x>" + b"A" * 60_000_000 + b"</x>"}),
    "entity bomb.docx": lambda: make.archive({"word/document.xml": ENTITIES}),
    "entity bomb.odt": lambda: make.archive({"mimetype": "x", "content.xml": ENTITIES}),
    "entity of a file.docx": lambda: make.archive({"word/document.xml": XXE}),
    "entity of a file.odt": lambda: make.archive({"mimetype": "x", "content.xml": XXE}),
    "broken xml.docx": lambda: make.archive({"word/document.xml": "<w:document><w:p>"}),
    "encrypted.docx": encrypted_docx,
    "encrypted.pdf": encrypted_pdf,
    "truncated.docx": lambda: make.docx(STORY)[:200],
    "truncated.pdf": lambda: make.pdf([STORY])[:60],
    "truncated.odt": lambda: make.odt(STORY)[:-40],
    "bomb.pdf": pdf_bomb,
    "many pages.pdf": lambda: make.pdf_of([b"BT ET"], times=10_001),
    "not.pdf": lambda: b"hello",
    "other archive.zip": lambda: make.archive({"a.txt": "x"}),
    "many parts.docx": lambda: make.archive({f"part{n}.xml": "" for n in range(10_001)} | {"word/document.xml": "<w/>"}),
    "deep.docx": lambda: make.archive({"word/document.xml": "<p>" * 10_000 + "</p>" * 10_000}),
    "deep.html": lambda: b"<html><body>" + b"<div>" * 10_000 + b"x",
    "many tags.html": lambda: b"<html><body>" + b"<b>x</b>" * 1_100_000,
    "nested.eml": nested_mail,
    "picture.txt": lambda: b"\x89PNG\r\n\x1a\n",
    "program.txt": lambda: b"\x7fELF\x02",
}
"""Each is refused by its name."""
