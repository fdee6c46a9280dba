"""What kind of file this is, told by its first bytes and, where they say nothing, by its name."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from graph.errors import InputError, Problem

_HTML = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_MAIL = re.compile(rb"\A(?:From [^\n]*\n)?(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\r?\n")
_MAIL_HEADER = re.compile(rb"^(?:From|Received|Message-ID|MIME-Version|Return-Path):", re.IGNORECASE | re.MULTILINE)
_OTHER = {b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"II*\0": "a picture", b"MM\0*": "a picture", b"\xd0\xcf\x11\xe0": "an old Office file",
          b"\x7fELF": "a program", b"MZ\x90": "a program", b"Rar!": "an archive", b"7z\xbc\xaf": "an archive", b"\x1f\x8b": "a packed file",
          b"{\\rtf": "RTF", b"SQLite format 3": "a database", b"ID3": "a recording", b"OggS": "a recording"}
_REMEDIES = {"a picture": "Write down what it says in a text file of its own.", "a recording": "Write down what is said in a text file of its own.",
             "an archive": "Unpack it and put the documents in it here.", "a packed file": "Unpack it first.", "a program": "It is no document: take it away.",
             "a database": "Save what you need of it as text.",
             "an archive, or a file of a program that is not known": "Unpack it, or save it as .txt, .md, .html, .pdf, .docx, .odt or .eml."}
_TEXTUAL = {".txt", ".md", ".text", ".markdown", ""}


def kind(data: bytes, name: str) -> str:
    """`pdf`, `docx`, `odt`, `html`, `mail` or `text`. Raises InputError for what is none of them."""
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data, name)
    for magic, what in _OTHER.items():
        if head.startswith(magic):
            raise _unreadable(name, f"is {what}")
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in {".pdf", ".docx", ".odt"} and head:
        raise InputError([Problem(name, what=f"is no {suffix[1:].upper()} file, or a damaged one.", remedy="Save it again from the program that made it.")])
    if _HTML.search(head) or suffix in {".html", ".htm", ".xhtml"}:
        return "html"
    if suffix == ".eml" or (suffix not in _TEXTUAL and _MAIL.search(head) and _MAIL_HEADER.search(head)):
        return "mail"
    if suffix not in _TEXTUAL:
        raise _unreadable(name, f"is of a kind that cannot be read ({suffix})")
    return "text"


def _zipped(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RecursionError) as error:
        raise InputError([Problem(name, what="is a damaged file.", remedy="Save it again from the program that made it.")]) from error
    if "word/document.xml" in names:
        return "docx"
    if "content.xml" in names and "mimetype" in names:
        return "odt"
    raise _unreadable(name, "is an archive, or a file of a program that is not known")


def _unreadable(name: str, what: str) -> InputError:
    remedy = _REMEDIES.get(what.removeprefix("is "), "Save it as .txt, .md, .html, .pdf, .docx, .odt or .eml.")
    return InputError([Problem(name, what=f"{what}.", remedy=remedy)])
