"""A folder of documents as people have them: what LibreOffice and Chromium made of one report, a saved page, a mail, a scan, and hostile ones."""

from __future__ import annotations

import importlib.util
import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from graph import extraction, pipeline, sources, vocabulary
from graph.case import Case
from graph.model import SegmentKind, Source, Value

HERE = Path(__file__).parent
MADE = HERE / "made"


def load(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hostile = load("hostile")
make = hostile.make
TEXT = (MADE / "report.txt").read_text("utf-8")
FILES = ("report.txt", "page.html", "libreoffice.docx", "libreoffice.odt", "libreoffice.pdf", "chromium.pdf", "letter.eml", "word.docx")


def data(name):
    """The bytes of a document; a mail with a quoted reply and a file as other programs write .docx are made here."""
    paragraphs = TEXT.strip().split("\n\n")
    if name == "letter.eml":
        return make.mail([*paragraphs, "On Monday, Bruno Hale wrote:", "> Police detained Bruno Hale on 1 May 2021, he said.", "--\nAnouk Ferro, Amber Courier"])
    return make.docx(paragraphs) if name == "word.docx" else (MADE / name).read_bytes()


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    case = Case(folder=tmp_path_factory.mktemp("case"), title="x")
    found = {}
    for name in FILES:
        (case.folder / name).write_bytes(data(name))
        found[name] = sources.read(case, Source(id="one", file=name, published="2021-06-14"))
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_program_s_file_gives_the_words_of_the_report(documents, name):
    document = documents[name]
    kept = [document.text[s.start:s.end] for s in document.segments if s.kind is not SegmentKind.boilerplate]
    assert " ".join(" ".join(kept).split()) == " ".join(TEXT.split())


def test_the_same_text_in_every_format_gives_the_same_statements(documents):
    rules = extraction.load("rules", known=(), entries=vocabulary.entries(), settings={})
    told = {name: sorted((s.subject.name if s.subject else "", s.relation, s.object.value if isinstance(s.object, Value) else s.object.name, s.stance.value,
                          s.speaker.name if s.speaker else "", s.time, " ".join(s.quote.split())) for s in rules.extract(document).statements)
            for name, document in documents.items()}
    assert len(told["report.txt"]) >= 10
    assert {name: [t for t in found if t not in told["report.txt"]] + [t for t in told["report.txt"] if t not in found] for name, found in told.items()
            if found != told["report.txt"]} == {}


@pytest.mark.parametrize(("name", "where"), [("libreoffice.pdf", "page 1"), ("chromium.pdf", "page 1"), ("libreoffice.docx", "paragraph 3"), ("libreoffice.odt", "paragraph 3"),
                                             ("page.html", "paragraph"), ("report.txt", "paragraph 3")])
def test_a_quote_leads_back_to_its_page_or_paragraph(documents, name, where):
    document = documents[name]
    assert document.locate(document.text.index("Solheim, 34")).startswith(where)


def test_what_stands_around_a_saved_page_is_boilerplate(documents):
    document = documents["page.html"]
    apart = " ".join(document.text[s.start:s.end] for s in document.segments if s.kind is SegmentKind.boilerplate)
    assert all(words in apart for words in ("News", "Sport", "cookies", "Lamps and sails", "Ferry strike ends", "newsletter"))
    assert "tracker" not in document.text
    assert (document.source.author, document.source.publisher) == ("Anouk Ferro", "Amber Courier")


def scan():
    """A page that is a picture."""
    return make.pdf_of([b"q 400 0 0 600 50 50 cm BI /W 8 /H 8 /CS /G /BPC 8 ID " + bytes(range(64)) + b" EI Q"])


def test_a_folder_of_everything_builds_and_the_report_says_what_was_left_out(tmp_path):
    reports = tmp_path / "case" / "reports"
    reports.mkdir(parents=True)
    for name in ("report.txt", "letter.eml", "libreoffice.pdf"):
        (reports / name).write_bytes(data(name))
    (reports / "scan.pdf").write_bytes(scan())
    for name, made in hostile.DOCUMENTS.items():
        (reports / name).write_bytes(made())
    summary = pipeline.build(tmp_path / "case", tmp_path / "out")
    report = (tmp_path / "out" / "report.md").read_text("utf-8")
    assert {s.source for s in summary.kb.statements} == {"report", "letter", "libreoffice"}
    assert "scan.pdf: no text on page 1: a scan or a picture, which is not read." in report
    told = report.split("## Documents left out", 1)[1].split("\n## ")[0]
    assert [name for name in hostile.DOCUMENTS if name not in told] == []
    assert len(summary.left_out) == len(hostile.DOCUMENTS)


_READ = """
import json, resource, sys
from graph import sources
from graph.errors import CasegraphError
from graph.limits import DEFAULT
data, used = sys.stdin.buffer.read(), resource.getrusage(resource.RUSAGE_SELF)
try:
    sources.read_content(data, sys.argv[1], DEFAULT)
    said = ""
except CasegraphError as error:
    said = str(error)
spent = resource.getrusage(resource.RUSAGE_SELF)
try:  # ru_maxrss knows the process that started this one too
    peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
except OSError:
    peak = spent.ru_maxrss
print(json.dumps([said, spent.ru_utime + spent.ru_stime - used.ru_utime - used.ru_stime, peak / 1024]))
"""
SECONDS, MIB = 2, 300


@pytest.mark.skipif(sys.platform == "win32", reason="measured as Unix does")
@pytest.mark.parametrize("name", hostile.DOCUMENTS)
def test_a_hostile_document_is_refused_by_name_within_two_seconds_and_300_mb(name):
    """Processor seconds and peak memory of a process of its own, which is killed at twice the limits."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS + 1, 2 * SECONDS + 1))

    done = subprocess.run([sys.executable, "-c", _READ, name], input=hostile.DOCUMENTS[name](), capture_output=True, check=False, preexec_fn=limit)
    assert done.returncode == 0, done.stderr.decode()[-300:]
    said, seconds, mib = json.loads(done.stdout)
    assert name in said
    assert seconds < SECONDS
    assert mib < MIB
