"""Documents as people have them: the same words from every format, where a person finds them, and nothing hostile gets through."""

from __future__ import annotations

import base64
import importlib.util
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import sources
from graph.errors import InputError, LimitError
from graph.limits import DEFAULT, Limits
from graph.model import SegmentKind

_spec = importlib.util.spec_from_file_location("documents", Path(__file__).parent / "documents.py")
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)

STORY = ["Police in Tarnovik detained Mira Solheim & her brother on Tuesday, a rights group said in a statement that it sent to reporters that evening.",
         "Neighbours heard shouting from the flat near the harbour in the night, and nobody has seen the two since then, the group added on Friday."]
FORMATS = {"a.txt": make.text, "a.html": make.web, "a.docx": make.docx, "a.odt": make.odt, "a.eml": make.mail, "a.pdf": lambda story: make.pdf([_wrapped(story)])}


def _wrapped(story):
    lines = []
    for paragraph in story:
        words = paragraph.split()
        while words:
            line = ""
            while words and len(line) + len(words[0]) < 70:
                line += (" " if line else "") + words.pop(0)
            lines.append(line)
    return lines


def read(data, name, limits=DEFAULT):
    return sources.read_content(data, name, limits)


def body(content):
    kept = [content.text[s.start:s.end] for s in content.segments if s.kind is not SegmentKind.boilerplate] if content.segments else [content.text]
    return " ".join(" ".join(kept).split())


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_words(name):
    assert body(read(FORMATS[name](STORY), name)) == " ".join(STORY)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_told_by_its_content_and_not_by_its_name(name):
    assert body(read(FORMATS[name](STORY), "a.txt" if name != "a.eml" else name)) == " ".join(STORY)


@pytest.mark.parametrize(("name", "where"), [("a.txt", "paragraph 2"), ("a.docx", "paragraph 2"), ("a.odt", "paragraph 2"), ("a.eml", "paragraph 2"), ("a.pdf", "page 1")])
def test_every_offset_leads_back_to_where_a_person_finds_it(name, where):
    content = read(FORMATS[name](STORY), name)
    offset = content.text.index("Neighbours heard")
    label = [a.label for a in content.anchors if a.start <= offset][-1]
    assert where in label


def test_a_web_page_keeps_its_menus_as_boilerplate():
    content = read(make.web(STORY), "a.html")
    apart = " ".join(content.text[s.start:s.end] for s in content.segments if s.kind is SegmentKind.boilerplate)
    assert "Shop for lamps" in apart
    assert "newsletter" in apart


def test_scripts_and_styles_are_no_text():
    page = make.web(STORY).replace(b"<article>", b"<article><script>var stolen = 1</script><style>p{color:red}</style>")
    assert "stolen" not in read(page, "a.html").text
    assert "color" not in read(page, "a.html").text


def test_words_broken_over_lines_are_whole_again():
    assert "demonstration" in read(make.pdf([["A crowd came to the harbour for a demon-", "stration against the new lease there."]]), "a.pdf").text


def test_running_headers_of_a_pdf_are_left_out():
    pages = [["Harbour Report 2021", f"Chapter {n} of the report tells what the witnesses of day {n} saw.", f"page {n}"] for n in range(1, 6)]
    text = read(make.pdf(pages), "a.pdf").text
    assert "Harbour Report" not in text
    assert text.count("Chapter") == 5


def test_a_page_without_text_is_said_and_not_guessed():
    content = read(make.pdf([["Words on the first page."], []]), "a.pdf")
    assert content.remarks == ("a.pdf: no text on page 2: a scan or a picture, which is not read.",)


def test_quoted_replies_and_signatures_are_boilerplate():
    letter = make.mail(["Mira was freed.", "On Monday, Bo wrote:", "> Is she free?", "--\nAna Lund"])
    content = read(letter, "a.eml")
    assert body(content) == "Mira was freed."
    assert content.published == "2021-05-04"


@pytest.mark.parametrize("sender", ["<", ".:", ", .@", "\\@[ "])
def test_a_damaged_header_does_not_hide_the_letter(sender):
    content = read(f"From: {sender}\nDate: {sender}\nSubject: Night\n\nMira was freed.\n".encode(), "a.eml")
    assert content.author in {"", sender.strip()}
    assert "Mira was freed." in content.text


def test_attachments_are_read_and_what_cannot_be_read_is_said():
    from email import message_from_bytes, policy

    message = message_from_bytes(make.mail(["See the note."]), policy=policy.default)
    message.add_attachment(make.docx(STORY), maintype="application", subtype="octet-stream", filename="note.docx")
    message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="scan.png")
    content = read(message.as_bytes(), "a.eml")
    assert STORY[1] in content.text
    assert any("scan.png" in remark and "picture" in remark for remark in content.remarks)


def test_deleted_words_of_a_word_file_stay_deleted():
    assert "secret" not in read(make.docx(STORY, "<w:p><w:del><w:r><w:delText>secret</w:delText><w:t>secret</w:t></w:r></w:del></w:p>"), "a.docx").text


@pytest.mark.parametrize("name", FORMATS)
def test_the_limit_on_text_holds_in_every_format(name):
    with pytest.raises(LimitError, match="text_chars"):
        read(FORMATS[name](STORY), name, Limits(text_chars=20))


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(FORMATS)), st.data())
def test_a_damaged_document_gives_text_or_our_error(name, data):
    whole = FORMATS[name](STORY)
    cut = data.draw(st.integers(0, len(whole)))
    junk = data.draw(st.binary(max_size=30))
    try:
        content = read(whole[:cut] + junk + whole[min(len(whole), cut + len(junk)):], name)
    except (InputError, LimitError):
        return
    assert all(0 <= a.start <= len(content.text) for a in content.anchors)
    assert "".join(content.text[s.start:s.end] for s in content.segments) in {"", content.text}


def test_a_page_saved_as_one_file_is_read_past_its_pictures():
    page = make.web(STORY).replace(b"<article>", b'<article><img src="data:image/png;base64,' + b"A" * 11_000_000 + b'">')
    assert body(read(page, "a.html")) == " ".join(STORY)


def test_a_text_that_the_parser_would_cut_off_is_refused_and_not_shortened():
    with pytest.raises(LimitError, match="10 MB"):
        read(make.web([*STORY, "word " * 2_500_000]), "a.html")


def test_a_long_pdf_with_packed_contents_is_read():
    words = "".join(f"({n} boats lay in the harbour of Port Amber that day.) Tj T* " for n in range(20_000))
    page = make.pdf_of([zlib.compress(f"BT /F1 11 Tf 14 TL 60 780 Td {words} ET".encode())], about="/Filter/FlateDecode")
    assert "19999 boats" in read(page, "a.pdf").text


BOMB = b"BT /F1 11 Tf (" + b"A" * 40_000_000 + b") Tj ET"


def _hex(data):
    return data.hex().encode() + b">"


@pytest.mark.parametrize(("about", "pack"), [
    ("/Filter/FlateDecode", zlib.compress), ("/Filter/Fl#61te#44ecode", zlib.compress), ("/Filter 9 0 R", zlib.compress), ("/F/Fl", zlib.compress),
    ("/Filter[/FlateDecode/FlateDecode]", lambda data: zlib.compress(zlib.compress(data))), ("/Filter[/ASCIIHexDecode/FlateDecode]", lambda data: _hex(zlib.compress(data))),
    ("/Filter[/AHx/Fl]", lambda data: _hex(zlib.compress(data))[:-1]), ("/Filter[/ASCII85Decode/FlateDecode]", lambda data: base64.a85encode(zlib.compress(data), adobe=True)),
    ("/Filter[/A85/Fl]", lambda data: base64.a85encode(zlib.compress(data)) + b"v" * 90_000), ("/Filter/LZWDecode", lambda data: data[:90_000]),
    ("/Filter/FlateDecode/Subtype/Image", zlib.compress), ("/Filter/FlateDecode" + " " * 9000, zlib.compress),
])
def test_a_bomb_in_a_pdf_is_refused_however_its_packing_is_written(about, pack):
    with pytest.raises(LimitError, match=r"zip_ratio|cannot be checked"):
        read(make.pdf_of([pack(BOMB)], about=about), "a.pdf")


@pytest.mark.parametrize(("about", "pack"), [("/Filter[/AHx/Fl]", lambda data: _hex(zlib.compress(data))), ("/Filter[/A85/Fl]", lambda data: base64.a85encode(zlib.compress(data)) + b"~>"),
                                             ("/Filter/AHx", _hex), ("/Filter/Fl#61teDecode", zlib.compress)])
def test_a_page_is_read_however_it_is_packed(about, pack):
    page = b"BT /F1 11 Tf 14 TL 60 780 Td (Nineteen boats lay in the harbour.) Tj ET"
    assert "Nineteen boats" in read(make.pdf_of([pack(page)], about=about), "a.pdf").text


@pytest.mark.parametrize("packed", [b"no packing at all", b""])
def test_what_is_no_packing_gives_no_words_and_no_traceback(packed):
    for filter_ in ("FlateDecode", "ASCII85Decode/Fl", "ASCIIHexDecode/Fl", "RunLengthDecode"):
        assert read(make.pdf_of([packed], about=f"/Filter[/{filter_}]"), "a.pdf").text == ""
