"""The documents beside this file, made anew: one fictional report as LibreOffice and Chromium write it.

    python tests/sources/made/make.py

Needs `soffice` (Debian: libreoffice-writer-nogui) and `chromium`. The tests read the files that are there: they are what these
programs made, once; only `report.txt` and `page.html` are written by hand (here).
"""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
TITLE = "Two held after protest at Port Amber"
PARAGRAPHS = (
    "Police in Port Amber detained Mira Solheim and Jonas Vardan on 4 May 2021, the rights group Harbour Watch said in a statement that it published on its site.",
    "Solheim, 34, a teacher from Tarnovik, was allegedly beaten by prison guards during the first night in the remand centre, according to her lawyer, Ravi Okoro.",
    "The Interior Ministry denied that officers had beaten her. “Nobody was harmed,” said Elka Marsh, a spokeswoman for the ministry, when reporters asked about the bruises on Solheim’s arms.",
    "A court in Tarnovik sentenced Vardan to five years in prison on 12 June 2021. Harbour Watch urged the authorities to release both of them without conditions.",
    "Okoro said that the harbour administration had threatened dockworkers who wanted to testify, and that one of them, Tomas Lindqvist, fled to Norway in the following week.",
)
AROUND = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - Amber Courier</title>
<meta name="author" content="Anouk Ferro"><meta property="article:published_time" content="2021-06-14T08:00:00Z"><meta property="og:site_name" content="Amber Courier">
<script>var tracker = "Police detained nobody";</script><style>.ad {{ color: red }}</style></head><body>
<header><a href="/">Amber Courier</a><nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li><li><a href="/harbour">Harbour</a></li></ul></nav></header>
<div class="cookie-banner"><p>We use cookies. <button>Accept all</button></p></div>
<main><article><h1>{title}</h1><p class="byline">By Anouk Ferro</p>
{body}
</article></main>
<aside class="ad"><p>Advertisement</p><p>Lamps and sails, now 20 percent off at Brenmouth Stores.</p></aside>
<section class="related"><h2>Most read</h2><ul><li><a href="/1">Ferry strike ends</a></li><li><a href="/2">New pier opens in Karest</a></li></ul></section>
<footer><p>Subscribe to our newsletter. All rights reserved.</p></footer></body></html>
"""


def page(whole: bool = True) -> str:
    """The report as a page: with all that is around it on a site, or alone."""
    body = "\n".join(f"<p>{html.escape(text, quote=False)}</p>" for text in PARAGRAPHS)
    if whole:
        return AROUND.format(title=TITLE, body=body)
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title></head><body><h1>{TITLE}</h1>\n{body}</body></html>'


def document() -> str:
    """The report as LibreOffice's flat document."""
    body = "".join(f"<text:p>{html.escape(text, quote=False)}</text:p>" for text in PARAGRAPHS)
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name if name != "fo" else "xsl-fo-compatible"}:1.0"' for name in ("office", "style", "text", "fo"))
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
            f'<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/>'
            f'</style:page-layout></office:automatic-styles>'
            f'<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"/></office:master-styles>'
            f'<office:body><office:text><text:h text:outline-level="1">{TITLE}</text:h>{body}</office:text></office:body></office:document>')


def main() -> None:
    (HERE / "report.txt").write_text("\n\n".join((TITLE, *PARAGRAPHS)) + "\n", "utf-8")
    (HERE / "page.html").write_text(page(), "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "report.html")
        plain.write_text(page(whole=False), "utf-8")
        home = {**os.environ, "HOME": folder, "SOURCE_DATE_EPOCH": "1620000000"}
        letter = Path(folder, "report.fodt")
        letter.write_text(document(), "utf-8")
        office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        for kind in ("odt:writer8", "docx:MS Word 2007 XML", "pdf:writer_pdf_Export"):
            subprocess.run([*office, "--convert-to", kind, "--outdir", folder, str(letter)], check=True, env=home)
        for suffix in ("odt", "docx", "pdf"):
            shutil.copy(Path(folder, f"report.{suffix}"), HERE / f"libreoffice.{suffix}")
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={HERE / 'chromium.pdf'}", plain.as_uri()],
                       check=True, env=home)


if __name__ == "__main__":
    main()
