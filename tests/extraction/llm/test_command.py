"""What docs/llm.md promises holds through the command line, against a server that replays answers."""

from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from graph.cli import app
from graph.errors import UsageError
from tests.extraction.llm.replay import Server
from tests.extraction.llm.test_llm import RIGHT, TEXT, WRONG, answer

pytest.importorskip("openai")


@pytest.fixture
def server():
    running = Server()
    running.answers = [answer(*RIGHT, *WRONG)]
    yield running
    running.close()


@pytest.fixture
def case(tmp_path):
    folder = tmp_path / "case"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "note.txt").write_text(TEXT, "utf-8")
    (folder / "sources.csv").write_text("id,file,published\nnote,reports/note.txt,2021-07-01\n", "utf-8")
    return folder


def build(case, *options):
    done = CliRunner().invoke(app, ["build", str(case), "-o", str(case.parent / "out"), *options])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return [json.loads(line) for line in (case.parent / "out" / "statements.jsonl").read_text("utf-8").splitlines()]


def test_both_readers_stand_in_one_graph_and_their_agreement_is_shown_everywhere(case, server):
    rows = build(case, "--extractor", "rules+llm", "--model", "tiny", "--endpoint", server.url)
    found = {kind: [r for r in rows if re.fullmatch(pattern, r["extractor"])] for kind, pattern in {
        "both": r"rules/1\+llm/tiny/\w{8}", "rules": "rules/1", "model": r"llm/tiny/\w{8}"}.items()}
    assert sum(map(len, found.values())) == len(rows)
    assert {r["relation"] for r in RIGHT} <= {r["relation"] for r in rows}
    assert found["both"]
    assert found["model"]
    # What both found ranks highest.
    assert min(r["confidence"] for r in found["both"]) >= max(r["confidence"] for r in found["rules"] + found["model"])
    text = case.parent.joinpath("out", "report.md").read_text("utf-8")
    assert f"- {len(found['both'])} found by the rules and the model alike, {len(found['rules'])} by the rules alone, {len(found['model'])} by the model alone\n" in text
    assert ", found by rules and model [note" in text
    assert found["both"][0]["extractor"] in case.parent.joinpath("out", "graph.html").read_text("utf-8")


def test_what_is_refused_is_listed_with_its_reason(case, server):
    build(case, "--extractor", "llm", "--model", "tiny", "--endpoint", server.url)
    text = case.parent.joinpath("out", "report.md").read_text("utf-8").split("## Answers of the model that were refused\n")[1].split("\n## ")[0]
    assert text.count("\n- note: A statement of the model was refused:") == len(WRONG)
    for reason in ("does not stand in the text", "is no relation", "takes no", "did not happen", "neither named nor referred to"):
        assert reason in text


def test_the_case_can_say_it_all_and_a_rebuild_asks_nothing(case, server):
    (case / "case.toml").write_text(f'[extractor]\nname = "rules+llm"\nmodel = "tiny"\nendpoint = "{server.url}"\n', "utf-8")
    first = build(case)
    assert build(case) == first
    assert len(server.heard) == 1
    # Other options of the same case read anew, but the answers are there.
    build(case, "--extractor", "llm")
    assert len(server.heard) == 1
    # Another model is another answer.
    build(case, "--model", "other")
    assert len(server.heard) == 2


def test_review_asks_about_what_the_model_found_and_asks_the_model_nothing_again(case, server):
    server.answers = [answer({**RIGHT[1], "stance": "asserted"})]
    options = ("--extractor", "llm", "--model", "tiny", "--endpoint", server.url)
    build(case, *options)
    listed = CliRunner().invoke(app, ["review", str(case), "--list", *options]).stdout
    assert "somebody – tortured → Mira Solheim (alleged" in listed
    assert "The model reads it as asserted, the rules as alleged." in listed
    assert len(server.heard) == 1


def test_a_model_on_another_machine_needs_leave_and_is_not_reached_for_what_is_confidential(case, server, monkeypatch):
    away = ("--extractor", "llm", "--model", "tiny", "--endpoint", "https://models.example/v1")
    with pytest.raises(UsageError, match="--allow-remote"):
        build(case, *away)
    (case / "sources.csv").write_text("id,file,published,confidential\nnote,reports/note.txt,2021-07-01,yes\n", "utf-8")
    done = CliRunner().invoke(app, ["build", str(case), "-o", str(case.parent / "out"), *away, "--allow-remote"])
    assert done.exit_code == 0
    assert "goes to https://models.example/v1" in done.stderr
    text = case.parent.joinpath("out", "report.md").read_text("utf-8")
    assert "note: It is marked confidential" in text.split("## Documents that were not sent\n")[1]


def test_a_key_in_the_case_is_refused(case, server):
    (case / "case.toml").write_text('[extractor]\nname = "llm"\nmodel = "tiny"\nkey = "sk-canary"\n', "utf-8")
    with pytest.raises(UsageError, match="CASEGRAPH_LLM_KEY") as told:
        build(case)
    assert "sk-canary" not in str(told.value)


def test_a_model_is_measured_on_documents_of_ones_own(case, server, tmp_path):
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "note.txt").write_text(TEXT, "utf-8")
    entities = {(r[side], r[f"{side}_type"]) for r in RIGHT for side in ("subject", "object") if r[side] and r[f"{side}_type"] != "literal"}
    (gold / "note.json").write_text(json.dumps({
        "source": "note.txt", "story": "note", "published": "2021-07-01", "publisher": None, "language": "en",
        "entities": [{"name": name, "type": kind, "aliases": ["Solheim"] if name == "Mira Solheim" else []} for name, kind in sorted(entities)],
        "statements": [{"id": f"s{n}", "group": f"g{n}", "subject": r["subject"], "relation": r["relation"], "object": r["object"], "stance": r["stance"], "speaker": r["speaker"],
                        "time": r["time"], "place": None, "qualifiers": {}, "quote": r["quote"], "alt_quotes": [], "optional": False} for n, r in enumerate(RIGHT)],
    }), "utf-8")
    done = CliRunner().invoke(app, ["evaluate", str(gold), "--extractor", "llm", "--model", "tiny", "--endpoint", server.url])
    assert done.exit_code == 0, done.exception
    assert re.search(r"precision\D+1\.00.*recall\D+1\.00", done.stdout, re.DOTALL | re.IGNORECASE), done.stdout
