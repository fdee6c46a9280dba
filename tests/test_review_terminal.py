"""The loop of `casegraph review` in a terminal: whatever kills it, every answer that was taken is in `decisions.csv`, whole."""

from __future__ import annotations

import os
import re
import select
import signal
import sys

import pytest

from graph import cli
from graph.curation.table import read_table
from graph.curation.tables import DECISIONS
from graph.limits import DEFAULT

pty = pytest.importorskip("pty")

NAMES = [("Zarema Betirova", "Zarema Betitova"), ("Amina Dorvelkan", "Amina Dorvelpan"), ("Lena Ostrovand", "Lena Ostrovend"), ("Tomas Rivaldine", "Tomas Rivadline")]
ROW = re.compile(r"(same|different|undone),person/[a-z-]+,person/[a-z-]+,M\.,\d{4}-\d\d-\d\d,")
PROMPT = re.compile(rb"\d+ of \d+\r?\n.*?q = quit: ", re.DOTALL)
"""A question up to where an answer is typed: a terminal may show the last line again when a key is pressed."""


@pytest.fixture
def case(tmp_path):
    folder = tmp_path / "case"
    folder.mkdir()
    people = [name for pair in NAMES for name in pair]
    (folder / "entities.csv").write_text("type,name\nperson,Bo Chen\n" + "".join(f"person,{n}\n" for n in people), "utf-8")
    (folder / "sources.csv").write_text("id,title\nnote,A note\n", "utf-8")
    (folder / "statements.csv").write_text(
        "subject,relation,object,stance,source\n" + "".join(f"Bo Chen,helped,{n},asserted,note\n" for n in people), "utf-8")
    return folder


class Terminal:
    """`casegraph review` in a terminal of 80 columns, in a process of its own that can be killed at its n-th step with a file."""

    def __init__(self, folder, *, steps=0, options=()):
        self.shown = b""
        self.pid, self.screen = pty.fork()
        if not self.pid:
            try:
                self._run(folder, steps, options)
            finally:
                os._exit(70)

    def _run(self, folder, steps, options):
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0, "r"), os.fdopen(1, "w", buffering=1), os.fdopen(2, "w", buffering=1)
        signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a process of its own
        os.environ.update(COLUMNS="80", LINES="24", TERM="dumb")
        sys.argv = ["casegraph", "review", str(folder), "--by", "M.", *options]
        left = [steps]

        def count(event, args):
            if left[0] and event in {"open", "os.rename", "os.remove", "os.listdir", "os.scandir", "glob.glob", "fcntl.flock", "os.chmod"} and "decisions.csv" in f"{args}" + str(folder):
                left[0] -= 1
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)

        from graph.curation import decisions
        answer = decisions.append

        def counted(*given):
            if steps and not armed:
                armed.append(True)
                sys.addaudithook(count)
            return answer(*given)

        armed: list[bool] = []
        decisions.append = counted
        try:
            cli.main()
        except SystemExit as done:
            sys.stdout.flush()
            os._exit(int(done.code or 0))

    def until(self, words=PROMPT, times=1):
        """Read until these words stood so often on the screen; False where the process ended before."""
        while len(re.findall(words, self.shown)) < times:
            ready, _, _ = select.select([self.screen], [], [], 60)
            assert ready, self.shown.decode()
            try:
                part = os.read(self.screen, 4096)
            except OSError:
                part = b""
            if not part:
                return False
            self.shown += part
        return True

    def interrupt(self):
        """Press Ctrl-C, and again where it came in the moment between the prompt and the wait for a key, in which C does not hear it."""
        os.write(self.screen, b"\x03")
        while not select.select([self.screen], [], [], 2)[0]:
            os.write(self.screen, b"\x03")

    def type(self, word):
        os.write(self.screen, word.encode() + b"\n")

    def end(self, kill=False):
        if kill:
            os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        os.close(self.screen)
        return status


def written(folder):
    """The rows of the table, each whole, and nothing beside the table that a writer left."""
    path = folder / "decisions.csv"
    if not path.exists():
        return []
    text = path.read_text("utf-8")
    assert text.endswith("\n")
    rows = text.splitlines()[1:]
    assert all(ROW.fullmatch(row) for row in rows), text
    assert not read_table(path, DECISIONS, ("decision", "left"), DEFAULT).problems
    return rows


def test_killed_between_two_questions_no_answer_is_lost(case):
    words = ["y", "n", "undo", "y", "s", "n"]
    for taken in range(len(words) + 1):
        (case / "decisions.csv").unlink(missing_ok=True)
        terminal = Terminal(case)
        for number, word in enumerate(words[:taken], 1):
            assert terminal.until(times=number), terminal.shown.decode()
            terminal.type(word)
        # The next question, or the end, is on the screen: what was answered before is on disk.
        terminal.until(times=taken + 1)
        terminal.end(kill=True)
        expected = [{"y": "same", "n": "different", "undo": "undone"}[w] for w in words[:taken] if w != "s"]
        assert [row.split(",")[0] for row in written(case)] == expected


@pytest.mark.full
def test_killed_at_any_step_of_writing_an_answer_none_is_half_written(case):
    step = 1
    while True:
        (case / "decisions.csv").unlink(missing_ok=True)
        terminal = Terminal(case, steps=step)
        for number, word in enumerate(["y", "n", "u", "n"], 1):
            if not terminal.until(times=number):
                break
            terminal.type(word)
        alive = terminal.until(times=5)
        seen = len(PROMPT.findall(terminal.shown)) - 1  # answers after which the next question stood there
        terminal.end(kill=alive)
        rows = [row.split(",")[0] for row in written(case)]
        assert rows == ["same", "different", "undone", "different"][:len(rows)]
        assert seen <= len(rows) <= seen + 1
        # Whoever goes on is asked what is still open, and what a killed writer left is swept away.
        if step % 7 == 1:
            again = Terminal(case)
            assert again.until()
            again.type("y")
            assert again.until(times=2) or b"written" in again.shown
            again.type("q")
            again.end()
            assert len(written(case)) == len(rows) + 1
            assert [p.name for p in case.iterdir() if "decisions" in p.name] == ["decisions.csv"]
        if alive:
            break
        step += 1
    assert step > 10


def test_what_was_answered_is_not_asked_again(case):
    terminal = Terminal(case)
    assert terminal.until()
    terminal.type("y")
    assert terminal.until(times=2)
    terminal.end(kill=True)
    again = Terminal(case)
    assert again.until()
    assert b"1 of 3" in again.shown
    again.type("q")
    assert again.end() == 0


def test_ctrl_c_is_quit_and_says_what_was_written(case):
    terminal = Terminal(case)
    assert terminal.until()
    terminal.type("n")
    assert terminal.until(times=2)
    terminal.interrupt()
    assert terminal.until(b"1 answer written to decisions.csv")
    assert terminal.end() == 0
    assert len(written(case)) == 1


def test_both_sides_stand_beside_each_other_within_80_columns(case):
    terminal = Terminal(case)
    assert terminal.until()
    lines = [line for line in terminal.shown.decode().replace("\r", "").splitlines() if not line.endswith("quit: ")]
    terminal.type("q")
    terminal.end()
    assert max(map(len, lines)) <= 80
    first, second = next(line.split(" | ") for line in lines if " | " in line)
    assert {first.strip(), second.strip()} in [{f"{n} (person, in the tables)" for n in pair} for pair in NAMES]
    assert any(line.count("Bo Chen – helped") == 2 for line in lines)


def test_one_side_after_the_other_for_a_screen_that_is_read_aloud(case):
    terminal = Terminal(case, options=("--in-turn",))
    assert terminal.until()
    shown = terminal.shown.decode()
    terminal.type("q")
    terminal.end()
    assert " | " not in shown
    one, other = next(pair for pair in NAMES if f"  {pair[0]} (" in shown)
    assert shown.index("First:") < shown.index(one) < shown.index("Second:") < shown.rindex(f"  {other} (")
