"""An answer is never lost, never half written, and what stood in the table stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.curation import decisions
from graph.curation.table import read_table
from graph.curation.tables import DECISIONS
from graph.errors import InputError
from graph.limits import DEFAULT
from graph.model import Decision

ROOT = Path(__file__).resolve().parents[2]
cell = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20).map(str.strip)
decision = st.builds(
    Decision, decision=st.sampled_from(["same", "different"]), left=cell.filter(bool), right=cell.filter(bool), by=cell, reason=cell, on=st.just("2031-05-06"),
)


def rows(path: Path) -> list[tuple[str, ...]]:
    table = read_table(path, DECISIONS, ("decision", "left"), DEFAULT)
    assert table.problems == ()
    return [tuple(row[c] for c in DECISIONS) for row in table.rows]


def cells(d: Decision) -> tuple[str, ...]:
    return tuple(getattr(d, c) for c in DECISIONS)


@given(st.lists(decision, min_size=1, max_size=4))
def test_what_is_written_is_read_again(tmp_path_factory, made):
    path = tmp_path_factory.mktemp("case") / "decisions.csv"
    for d in made:
        decisions.append(path, d)
    assert rows(path) == [cells(d) for d in made]


@pytest.mark.parametrize("old", [
    b"decision,left,right,by,on,reason\nsame,a,b,,,\n",
    b"decision,left,right,by,on,reason\r\nsame,a,b,,,",
    "\ufeffdecision;left;right;by;on;reason\nsame;a;b;;;\n".encode(),
    b'decision,left,right,by,on,reason\nsame,"a,\nb",c,,,\n\n',
])
def test_what_stood_there_stays_byte_for_byte(tmp_path, old):
    path = tmp_path / "decisions.csv"
    path.write_bytes(old)
    before = rows(path)
    new = Decision(decision="different", left="x;y", right="z,'\"", by="M.", on="2031-05-06")
    decisions.append(path, new)
    assert path.read_bytes().startswith(old)
    assert rows(path) == [*before, cells(new)]


def test_columns_in_another_order_and_missing_ones_are_kept_and_added(tmp_path):
    path = tmp_path / "decisions.csv"
    path.write_text("left,decision,right\na,same,b\n", "utf-8")
    new = Decision(decision="different", left="c", right="d", by="M.")
    decisions.append(path, new)
    assert path.read_text("utf-8").splitlines()[0] == "left,decision,right,by,on,reason"
    assert rows(path) == [("same", "a", "b", "", "", ""), cells(new)]


def test_a_table_that_cannot_be_read_is_not_touched(tmp_path):
    path = tmp_path / "decisions.csv"
    path.write_text('decision,left\nsame,"a\n', "utf-8")
    with pytest.raises(InputError):
        decisions.append(path, Decision(decision="same", left="a", right="b"))
    assert path.read_text("utf-8") == 'decision,left\nsame,"a\n'


ENDLESS = """
import sys
from itertools import count
from pathlib import Path
from graph.curation import decisions
from graph.model import Decision
for number in count():
    decisions.append(Path(sys.argv[1]), Decision(decision="same", left=f"a{number}", right="b", reason="r" * 200))
    print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("answers", [1, 2, 7])
def test_killed_at_any_moment_no_answer_is_lost_and_none_half_written(tmp_path, answers):
    path = tmp_path / "decisions.csv"
    kept = 0
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-c", ENDLESS, str(path)], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
        for _ in range(answers):
            process.stdout.readline()
        process.kill()
        told = answers + len(process.stdout.read().splitlines())
        process.wait()
        found = rows(path)
        # One more may be on disk than was told: killed between the two.
        assert kept + told <= len(found) <= kept + told + 1
        assert all(row[5] == "r" * 200 for row in found)
        kept = len(found)
    decisions.append(path, Decision(decision="same", left="last", right="b"))
    assert [p.name for p in tmp_path.iterdir()] == ["decisions.csv"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_mark_of_utf8_stays_when_a_column_is_added(tmp_path, mark):
    path = tmp_path / "decisions.csv"
    path.write_bytes(mark + "decision,left\nrejected,st-ä\n".encode())
    decisions.append(path, Decision(decision="same", left="a", right="b"))
    assert path.read_bytes().startswith(mark + b"decision,left,")
    assert path.read_bytes().count(b"\xef\xbb\xbf") == len(mark) / 3
    assert [row[:3] for row in rows(path)] == [("rejected", "st-ä", ""), ("same", "a", "b")]
