"""How large an input may be, each number with its reason. A case raises one in `case.toml` under `[limits]`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds on what is read."""

    file_bytes: int = 200 * 2**20
    """A scanned book as PDF is some 100 MB; more is an archive, not a report."""
    table_rows: int = 1_000_000
    """What a spreadsheet program can hold."""
    field_chars: int = 100_000
    """A cell that is longer holds a document, which belongs in `reports/`."""
    text_chars: int = 20_000_000
    """About 7,000 pages: more text in one file is a container, not a document."""
    documents: int = 100_000
    """More want a database, not a folder."""
    pages: int = 10_000
    """A PDF with more is a damaged or hostile one."""
    nesting: int = 1_000
    """Elements within elements, attachments within mails: people write a few dozen, and parsers recurse."""
    zip_entries: int = 10_000
    """Parts of a word processor's file; a long one with pictures has some hundred."""
    zip_ratio: int = 200
    """Unpacked size over packed size: text packs to a tenth, a bomb to a thousandth."""


DEFAULT = Limits()
