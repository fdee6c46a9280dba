"""One command takes a case folder to every export, all or nothing, and the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from itertools import product

import pytest

from graph import export, pipeline
from graph.errors import InputError, UsageError
from graph.extraction.cache import FOLDER

REPORT = """Two held in Tarnovik

Police in Tarnovik detained Mira Solheim on 4 May 2021, Harbour Watch said.

Mira Solheim, 34, was allegedly tortured by prison guards.
"""


@pytest.fixture
def case(tmp_path):
    folder = tmp_path / "case"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "note.txt").write_text(REPORT, "utf-8")
    (folder / "case.toml").write_text('title = "Port of Tarnovik"\n', "utf-8")
    (folder / "sources.csv").write_text("id,file,title,published\nnote,note.txt,A note,2021-05-09\n", "utf-8")
    (folder / "entities.csv").write_text("id,type,name,aliases\nperson/mira-solheim,person,Mira Solheim,Solheim\n,organization,Harbour Watch,\n", "utf-8")
    (folder / "statements.csv").write_text(
        "subject,relation,object,stance,source,quote\nHarbour Watch,helped,Mira Solheim,alleged,note,Harbour Watch said\n", "utf-8")
    return folder


def rows(out):
    return [json.loads(line) for line in (out / "statements.jsonl").read_text("utf-8").splitlines()]


def test_a_case_becomes_every_export(case, tmp_path):
    summary = pipeline.build(case, tmp_path / "out")
    assert sorted(p.name for p in summary.files) == sorted(p.name for p in (tmp_path / "out").iterdir())
    assert {"graph.graphml", "graph.html", "graph.nt", "graph.ttl", "manifest.json", "report.md", "statements.jsonl"} <= {p.name for p in summary.files}
    assert all(path.stat().st_size for path in summary.files)


def test_every_statement_names_its_source_and_its_exact_words(case, tmp_path):
    pipeline.build(case, tmp_path / "out", formats=["jsonl"])
    found = rows(tmp_path / "out")
    assert {row["method"] for row in found} == {"curated", "extracted"}
    assert all(row["source"] == "note" and REPORT[row["start"]:row["end"]] == row["quote"] for row in found)


def test_a_hedge_is_not_shown_as_a_fact(case, tmp_path):
    pipeline.build(case, tmp_path / "out", formats=["jsonl"])
    assert [row["stance"] for row in rows(tmp_path / "out") if row["relation"] == "tortured"] == ["alleged"]


def test_the_manifest_holds_the_hash_of_every_input_and_output(case, tmp_path):
    summary = pipeline.build(case, tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert set(manifest["inputs"]) == {"case.toml", "sources.csv", "entities.csv", "statements.csv", "reports/note.txt"}
    assert manifest["outputs"] == {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in summary.files if p.name != "manifest.json"}


def test_a_quote_that_does_not_stand_in_its_document_is_refused_and_nothing_is_written(case, tmp_path):
    with (case / "statements.csv").open("a", encoding="utf-8") as file:
        file.write("Harbour Watch,helped,Mira Solheim,asserted,note,words that nobody wrote\n")
    with pytest.raises(InputError, match=r"statements\.csv:3 \[quote\]"):
        pipeline.build(case, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_document_that_cannot_be_read_is_left_out_by_name_and_the_rest_is_built(case, tmp_path):
    (case / "reports" / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    summary = pipeline.build(case, tmp_path / "out")
    assert [note.source for note in summary.left_out] == ["scan"]
    assert "scan" in (tmp_path / "out" / "report.md").read_text("utf-8")


def test_a_story_that_shows_what_is_not_there_is_said(case, tmp_path):
    (case / "case.toml").write_text('title = "x"\n[[story]]\ntitle = "First"\nstatements = ["st-nowhere"]\n', "utf-8")
    summary = pipeline.build(case, tmp_path / "out", formats=["jsonl"])
    assert [n.message for n in summary.kb.notes if n.kind == "story"] == ["The step “First” shows st-nowhere, which is no statement of this build."]


def test_a_document_without_a_date_is_said(case, tmp_path):
    (case / "reports" / "loose.txt").write_text("Police in Tarnovik detained Mira Solheim last week.\n", "utf-8")
    summary = pipeline.build(case, tmp_path / "out", formats=["report"])
    assert [n.source for n in summary.kb.notes if n.kind == "undated"] == ["loose"]
    assert "loose.txt has no date" in (tmp_path / "out" / "report.md").read_text("utf-8")


def test_without_quotes_no_words_of_a_source_are_in_any_file(case, tmp_path):
    summary = pipeline.build(case, tmp_path / "out", quotes=False)
    assert not [p.name for p in summary.files if b"allegedly tortured" in p.read_bytes() or b"Harbour Watch said" in p.read_bytes()]


def test_what_was_read_before_gives_the_same_answer(case, tmp_path):
    pipeline.build(case, tmp_path / "cold")
    assert (case / FOLDER).is_dir()
    pipeline.build(case, tmp_path / "warm")
    shutil.rmtree(case / FOLDER)
    (case / FOLDER).mkdir()
    (case / FOLDER / "extracted.sqlite").write_bytes(b"no database at all" * 500)
    pipeline.build(case, tmp_path / "damaged")
    cold = {p.name: p.read_bytes() for p in (tmp_path / "cold").iterdir()}
    assert cold == {p.name: p.read_bytes() for p in (tmp_path / "warm").iterdir()}
    assert cold == {p.name: p.read_bytes() for p in (tmp_path / "damaged").iterdir()}


def test_an_unknown_format_is_refused_with_those_there_are(case, tmp_path):
    with pytest.raises(UsageError, match="jsonl"):
        pipeline.build(case, tmp_path / "out", formats=["docx"])


_RUN = ("import sys; from pathlib import Path; from graph import export, pipeline;"
        "pipeline.build(Path(sys.argv[1]), Path(sys.argv[2]), formats=sorted(export.FORMATS), jobs=int(sys.argv[3]))")
_HASH_SEEDS, _LOCALES, _ZONES = range(5), ("C", "C.UTF-8"), ("UTC", "Asia/Tokyo")
_SOME = [(seed, locale, zone, (zone + seed) % 2, (locale + zone) % 2, 1 + (locale + seed // 2) % 2) for seed, locale, zone in product(_HASH_SEEDS, range(2), range(2))]
"""Every hash seed with every locale and time zone, and of the rest every value with every other value of two."""
_ALL = list(product(_HASH_SEEDS, range(2), range(2), range(2), range(2), (1, 2)))


def test_some_runs_hold_every_pair_of_circumstances():
    pairs = {(i, j, run[i], run[j]) for run in _ALL for i in range(6) for j in range(i)}
    assert {(i, j, run[i], run[j]) for run in _SOME for i in range(6) for j in range(i)} == pairs


@pytest.mark.full
@pytest.mark.timeout(0)
@pytest.mark.parametrize("runs", [pytest.param(_SOME, id="some"), pytest.param(_ALL, id="all", marks=pytest.mark.deep)])
def test_the_same_input_gives_the_same_bytes(case, tmp_path, runs):
    """Under any hash seed, locale, time zone, order of files, working directory and number of processes, in every format."""
    (case / "reports" / "second.md").write_text("# Solheim freed\n\nA court in Tarnovik released Solheim last summer.\n", "utf-8")
    hashes = {}
    for seed, locale, zone, backwards, elsewhere, jobs in runs:
        copy, out = tmp_path / "copy" / "case", tmp_path / "out"
        copy.mkdir(parents=True)
        names = sorted((p for p in case.rglob("*") if p.is_file() and FOLDER not in p.parts), reverse=bool(backwards))
        for path in names:
            (copy / path.relative_to(case)).parent.mkdir(exist_ok=True)
            shutil.copy(path, copy / path.relative_to(case))
        env = {**os.environ, "PYTHONHASHSEED": str(seed), "LC_ALL": _LOCALES[locale], "TZ": _ZONES[zone],
               "PYTHONPATH": os.pathsep.join([os.getcwd(), *filter(None, [os.environ.get("PYTHONPATH")])])}
        subprocess.run([sys.executable, "-c", _RUN, str(copy), str(out), str(jobs)], check=True, env=env, cwd=tmp_path if elsewhere else os.getcwd())
        for path in out.iterdir():
            hashes.setdefault(path.name, set()).add(hashlib.sha256(path.read_bytes()).hexdigest())
        shutil.rmtree(copy.parent)
        shutil.rmtree(out)
    assert hashes.keys() == {*(f.file for f in export.FORMATS.values()), "manifest.json"}
    assert {name: len(found) for name, found in hashes.items() if len(found) > 1} == {}
