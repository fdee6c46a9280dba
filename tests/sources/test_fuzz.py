"""Whatever the bytes of a document: text whose parts fit together, or an error of ours that names it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import sources
from graph.errors import InputError, LimitError
from graph.limits import DEFAULT

_spec = importlib.util.spec_from_file_location("documents_to_damage", Path(__file__).parent / "documents.py")
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)

STORY = ["Police in Tarnovik detained Mira Solheim & her brother on Tuesday, a rights group said in a statement.", "Neighbours heard shouting — “from the flat” — in the night.", "x"]
WHOLE = {"a.txt": make.text(STORY), "a.md": b"# Title\n\n* one\n\n> two\n\n" + make.text(STORY), "a.html": make.web(STORY), "a.docx": make.docx(STORY), "a.odt": make.odt(STORY),
         "a.eml": make.mail(STORY), "a.pdf": make.pdf([["Police in Tarnovik detained Mira.", "She was freed."], [], ["Page two."]])}
PARTS = [b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b"</p>", b"<div>" * 300, b"&#x110000;", b"&#0;", b"<![CDATA[", b"<!--", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"\xed\xa0\x80", b"\r", b"\x1b[31m",
         b"\n\n\n", b"--boundary", b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--b--\n", b"Content-Transfer-Encoding: base64\n", b"=?utf-7?B?AAAA?=", b"Date: Tue, 99 Foo 99999 10:00:00 +9999\n",
         b"PK\x03\x04", b"PK\x05\x06", b"%PDF-1.7", b"endobj", b"stream\n", b"/Kids[1 0 R]", b"/Length 999999999", b"99999 0 R", b"xref", b"A" * 5000, b"\xe2\x80\xae", b"<w:p>", b"<text:p>", b"http-equiv=refresh",
         b'<meta name="date" content="0000-99-99">', b'<meta property="og:url" content="javascript:1">', b'<html lang="' + b"x" * 300 + b'">', b"charset=utf-7", b"charset=nonsense"]
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["put", "cut", "over", "twice"]), st.one_of(st.sampled_from(PARTS), st.binary(max_size=12)), st.integers(0, 60)), min_size=1, max_size=6)


def damaged(data, changes):
    """The bytes with pieces put in, cut out, written over or doubled."""
    for where, how, part, length in changes:
        at = int(where * len(data))
        if how == "put":
            data = data[:at] + part + data[at:]
        elif how == "cut":
            data = data[:at] + data[at + length:]
        elif how == "over":
            data = data[:at] + part + data[at + len(part):]
        else:
            data = data[:at] + data[at:at + length] * 2 + data[at + length:]
    return data


def check(name, changes):
    try:
        content = sources.read_content(damaged(WHOLE[name], changes), name, DEFAULT)
    except (InputError, LimitError) as error:
        assert name in str(error) or "mail.html" in str(error)  # noqa: PT017
        return
    assert all(0 <= a.start <= len(content.text) for a in content.anchors)
    assert "".join(content.text[s.start:s.end] for s in content.segments) in {"", content.text}
    content.text.encode("utf-8")


_SETTINGS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}


@pytest.mark.full
@settings(max_examples=1000, **_SETTINGS)
@given(st.sampled_from(sorted(WHOLE)), CHANGES)
def test_a_thousand_damaged_documents_give_text_or_our_error(name, changes):
    check(name, changes)


@pytest.mark.deep
@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", sorted(WHOLE))
def test_fifty_thousand_damaged_documents_give_text_or_our_error(name):
    @settings(max_examples=7200, **_SETTINGS)
    @given(CHANGES)
    def fuzz(changes):
        check(name, changes)

    fuzz()
