"""Small documents in every format, made here: the same paragraphs as text, HTML, PDF, DOCX, ODT and mail."""

from __future__ import annotations

import html
import io
import zipfile
from email.message import EmailMessage

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def text(paragraphs):
    return "\n\n".join(paragraphs).encode()


def web(paragraphs):
    body = "".join(f"<p>{html.escape(p)}</p>" for p in paragraphs)
    return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title></head><body><nav><ul><li><a href="/">Home</a></li>'
            f'<li><a href="/shop">Shop for lamps</a></li></ul></nav><article>{body}</article><footer><p>Subscribe to our newsletter today</p></footer></body></html>').encode()


def archive(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return buffer.getvalue()


def docx(paragraphs, inside=""):
    body = "".join(f"<w:p><w:r><w:t>{html.escape(p[:5])}</w:t></w:r><w:r><w:t xml:space='preserve'>{html.escape(p[5:])}</w:t></w:r></w:p>" for p in paragraphs)
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}{inside}</w:body></w:document>'})


def odt(paragraphs):
    body = "".join(f"<text:p>{html.escape(p[:5])}<text:span>{html.escape(p[5:])}</text:span></text:p>" for p in paragraphs)
    content = f'<office:document-content xmlns:office="{_OFFICE}" xmlns:text="{_TEXT}"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def mail(paragraphs):
    message = EmailMessage()
    message["From"], message["To"], message["Date"] = "A <a@x.example>", "b@x.example", "Tue, 04 May 2021 10:00:00 +0000"
    message.set_content("\n\n".join(paragraphs))
    return message.as_bytes()


def pdf(pages):
    """A PDF whose pages are lists of lines, in Helvetica; the smallest that readers agree on."""
    return pdf_of(["\n".join(["BT /F1 11 Tf 14 TL 60 780 Td", *(f"({_escaped(line)}) Tj T*" for line in lines), "ET"]).encode("cp1252") for lines in pages])


def pdf_of(streams, about="", guard="", times=1):
    """A PDF of pages with these contents; `about` goes into the dictionary of each, `guard` into the trailer; the pages stand there so many times."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    kids = []
    for stream in streams:
        objects.append(b"<<%s/Length %d>>stream\n%s\nendstream" % (about.encode(), len(stream), stream))
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>" % len(objects))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids * times), len(kids) * times)
    out, offsets = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, item)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R{guard}>>\nstartxref\n{len(out)}\n%%EOF".encode()


def _escaped(line):
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
