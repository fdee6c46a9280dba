"""What the README promises, held on the sample case from end to end."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from graph import pipeline, sources
from graph.case import open_case

ROOT = Path(__file__).resolve().parents[1]


def state(folder: Path) -> dict[str, tuple[str, int, int]]:
    return {p.relative_to(folder).as_posix(): (hashlib.sha256(p.read_bytes()).hexdigest(), p.stat().st_mtime_ns, p.stat().st_mode)
            for p in sorted(folder.rglob("*")) if p.is_file() and ".casegraph" not in p.parts}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, Path, dict, dict]:
    """The sample case, its export, and the state of its files before and after."""
    folder = tmp_path_factory.mktemp("promises")
    case, out = folder / "seeds", folder / "exports"
    shutil.copytree(ROOT / "seeds", case)
    before = state(case)
    pipeline.check(case)
    pipeline.build(case, out)
    return case, out, before, state(case)


def statements(out: Path) -> list[dict]:
    return [json.loads(line) for line in (out / "statements.jsonl").read_text("utf-8").splitlines()]


def test_nothing_that_a_reader_does_changes_a_file_of_the_case(built):
    _, _, before, after = built
    assert after == before


def test_every_statement_of_the_sample_names_its_source_and_its_exact_words(built):
    case, out, _, _ = built
    opened = open_case(case)
    texts = {s.id: sources.read(opened, s).text for s in pipeline.check(case).sources if s.file}
    found = statements(out)
    assert {s["method"] for s in found} == {"curated", "extracted"}
    for statement in found:
        assert statement["source"]
        if statement["source"] in texts:
            assert statement["quote"]
            assert texts[statement["source"]][statement["start"]:statement["end"]] == statement["quote"]
        else:  # an article that is cited and not held: a person says where in it
            assert statement["method"] == "curated"


def test_a_hedge_of_the_tables_reaches_every_reader_as_a_hedge(built):
    case, out, _, _ = built
    curated = {s.id: str(s.stance) for s in pipeline.check(case).statements}
    written = {s["id"]: s["stance"] for s in statements(out) if s["method"] == "curated"}
    assert written == curated


def test_what_is_protected_in_the_sample_is_in_no_file_of_the_public_export(built, tmp_path):
    case = built[0]
    pipeline.build(case, tmp_path / "public", audience="public", k=1)
    for path in sorted((tmp_path / "public").iterdir()):
        assert b"witnesses-at-the-apartment" not in path.read_bytes()
        assert b"Witnesses at the apartment" not in path.read_bytes()


def test_the_three_articles_give_every_output_and_forty_exact_statements(shared, tmp_path):
    case = tmp_path / "case"
    (case / "reports").mkdir(parents=True)
    published = {"000": "2021-02-05", "001": "2021-02-08", "002": ""}
    rows = ["id,file,published"]
    for path in sorted((shared / "articles").glob("*.txt")):
        shutil.copyfile(path, case / "reports" / path.name)
        rows.append(f"{path.stem},reports/{path.name},{published[path.stem[:3]]}")
    (case / "sources.csv").write_text("\n".join(rows) + "\n", "utf-8")
    pipeline.build(case, tmp_path / "out")
    assert {p.name for p in (tmp_path / "out").iterdir()} >= {
        "graph.nt", "graph.ttl", "graph.html", "graph.graphml", "statements.jsonl", "report.md", "manifest.json"}
    opened = open_case(case)
    texts = {s.id: sources.read(opened, s).text for s in pipeline.check(case).sources}
    found = statements(tmp_path / "out")
    assert len(found) >= 40
    assert [s["quote"] for s in found if not s["quote"] or texts[s["source"]][s["start"]:s["end"]] != s["quote"]] == []
