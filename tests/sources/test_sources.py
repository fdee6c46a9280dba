"""A file of a case becomes a document; what cannot be read is said with its name and a remedy."""

from __future__ import annotations

import pytest

from graph import sources
from graph.case import Case
from graph.errors import InputError, LimitError
from graph.limits import Limits
from graph.model import Source


def case_with(folder, **files: bytes) -> Case:
    (folder / "reports").mkdir()
    for name, data in files.items():
        (folder / "reports" / name.replace("_", ".")).write_bytes(data)
    return Case(folder=folder, title="Port Amber")


def test_every_file_without_a_row_becomes_a_source_called_by_its_stem(tmp_path):
    case = case_with(tmp_path, b_txt=b"b", a_md=b"a", b_md=b"c")
    (tmp_path / "reports" / ".hidden").write_bytes(b"x")
    row = Source(id="letter", file="reports/a.md")
    listed = sources.listing(case, (row,))
    assert [(s.id, s.file) for s in listed] == [("b", "reports/b.md"), ("b.txt", "reports/b.txt"), ("letter", "reports/a.md")]


def test_the_text_keeps_every_character_of_the_file(tmp_path):
    case = case_with(tmp_path, a_txt="\ufeffOne\r\n\r\nTwo\x00\u2028é".encode())
    document = sources.read(case, Source(id="a", file="reports/a.txt"))
    assert document.text == "One\r\n\r\nTwo\x00\u2028é"
    assert document.locate(document.text.index("Two")) == "paragraph 2"
    assert len(document.source.sha256) == 64


def test_an_empty_file_is_a_document_without_segments(tmp_path):
    case = case_with(tmp_path, a_txt=b"")
    assert sources.read(case, Source(id="a", file="reports/a.txt")).segments == ()


def test_a_kind_that_cannot_be_read_is_named_with_the_kinds_that_can(tmp_path):
    with pytest.raises(InputError, match=r"reports/scan\.tiff .*\.tiff.*\.txt"):
        sources.read(case_with(tmp_path, scan_tiff=b"scan"), Source(id="scan", file="reports/scan.tiff"))


def test_text_that_is_not_utf8_is_named_with_line_and_byte(tmp_path):
    case = case_with(tmp_path, a_txt=b"one\ntwo \xff")
    with pytest.raises(InputError, match=r"a\.txt:2 .*0xff"):
        sources.read(case, Source(id="a", file="reports/a.txt"))


def test_more_documents_or_text_than_the_limit_is_an_error_that_names_the_setting(tmp_path):
    case = case_with(tmp_path, a_txt=b"abc", b_txt=b"abc")
    small = Case(folder=case.folder, title="", limits=Limits(documents=1, text_chars=2))
    with pytest.raises(LimitError, match="documents"):
        sources.listing(small, ())
    with pytest.raises(LimitError, match="text_chars"):
        sources.read(small, Source(id="a", file="reports/a.txt"))
