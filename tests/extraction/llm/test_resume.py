"""A build that a model reads for can be stopped at any moment: no answer is lost, and none is asked for twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter

import pytest

from graph import pipeline
from tests.conftest import ROOT
from tests.extraction.llm.replay import Server

pytest.importorskip("openai")

FIRST = "Police in Tarnovik detained Mira Solheim on 4 May 2021, Harbour Watch said. "
TEXTS = [f"{FIRST}\n\n" + "\n\n".join(f"{FIRST}It was the {n}th time in district {m}. " + "The union spoke of a long week and of rain. " * 50 for n in range(3)) for m in range(2)]
TRUE = {
    "subject": "Police in Tarnovik", "subject_type": "organization", "relation": "detained", "object": "Mira Solheim", "object_type": "person", "stance": "asserted",
    "speaker": "Harbour Watch", "time": "2021-05-04", "place": None, "qualifiers": {}, "quote": "Police in Tarnovik detained Mira Solheim on 4 May 2021"}
ANSWER = json.dumps({"statements": [TRUE, {**TRUE, "relation": "killed", "quote": "Police in Tarnovik killed Mira Solheim on 4 May 2021"}]})


class Stopper(Server):
    """Counts what it is asked, and stops whoever asks when it has heard enough, before it answers."""

    def __init__(self):
        super().__init__()
        self.answers, self.stop_at, self.victim, self.how = [ANSWER], 0, 0, signal.SIGKILL

    def before_answering(self):
        if len(self.heard) == self.stop_at:
            os.kill(self.victim, self.how)

    def questions(self):
        return Counter(body["messages"][1]["content"] for body in self.heard)


@pytest.fixture
def server():
    running = Stopper()
    yield running
    running.close()


@pytest.fixture
def case(tmp_path):
    folder = tmp_path / "case"
    (folder / "reports").mkdir(parents=True)
    for number, text in enumerate(TEXTS):
        (folder / "reports" / f"note-{number}.txt").write_text(text, "utf-8")
    return folder


def started(case, server, out):
    command = [sys.executable, "-m", "graph.cli", "build", str(case), "-o", str(out), "--format", "jsonl", "--format", "report", "--extractor", "rules+llm", "--model", "tiny", "--endpoint", server.url]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "OPENAI_LOG": "debug", "CASEGRAPH_LLM_KEY": "sk-canary-key"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_ctrl_c_in_the_midst_of_a_build_loses_no_answer(case, server, tmp_path):
    chosen = {"name": "llm", "endpoint": server.url, "model": "tiny", "retries": 0}
    server.stop_at, server.victim, server.how = 3, os.getpid(), signal.SIGINT
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            pipeline.build(case, tmp_path / "out", formats=["jsonl"], extractor=chosen)
    finally:
        signal.signal(signal.SIGINT, before)
    assert not (tmp_path / "out" / "statements.jsonl").exists()
    pipeline.build(case, tmp_path / "out", formats=["jsonl"], extractor=chosen)
    asked = server.questions()
    assert len(asked) > 4
    # The one that was not answered is asked again, and no other.
    assert sorted(asked.values()) == [1] * (len(asked) - 1) + [2]
    pipeline.build(case, tmp_path / "again", formats=["jsonl"], extractor=chosen)
    assert server.questions() == asked


@pytest.mark.full
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_killed_at_every_question_the_build_goes_on_and_gives_the_same_bytes(case, server, tmp_path, how):
    server.how, output, stops = how, "", 0
    while True:
        server.stop_at = len(server.heard) + 3  # each run gets two answers more
        process = started(case, server, tmp_path / "out")
        server.victim = process.pid
        output += process.communicate(timeout=280)[0]
        if process.returncode == 0:
            break
        stops += 1
        assert process.returncode == (-signal.SIGKILL if how == signal.SIGKILL else 130), output
        assert not (tmp_path / "out" / "statements.jsonl").exists()
    asked = server.questions()
    assert stops >= 2
    # Those that were never answered were asked again once; an answer that was given was never asked for again.
    assert sum(asked.values()) - len(asked) == stops
    assert max(asked.values()) == 2
    if how == signal.SIGINT:
        assert "Stopped." in output
    assert "Traceback" not in output
    for word in ("sk-canary-key", "Solheim", "Tarnovik"):
        assert word not in output
    whole = tmp_path / "whole"
    (case / ".casegraph").rename(tmp_path / "kept-answers")
    server.stop_at = 0
    process = started(case, server, whole)
    process.communicate(timeout=280)
    assert process.returncode == 0
    for name in ("statements.jsonl", "report.md"):
        assert (whole / name).read_bytes() == (tmp_path / "out" / name).read_bytes()
    report = (whole / "report.md").read_text("utf-8")
    assert "found by the rules and the model alike" in report
    assert report.count("A statement of the model was refused:") >= len(TEXTS)
    assert not any(json.loads(line)["relation"] == "killed" for line in (whole / "statements.jsonl").read_text("utf-8").splitlines())
    assert all(b"sk-canary-key" not in path.read_bytes() for path in case.rglob("*") if path.is_file())
