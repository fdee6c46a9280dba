"""Killed at any moment, by whatever command: nothing is torn, nothing that was said to be done is lost, nothing is left after the next run."""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import signal

import pytest

from graph import pipeline
from graph.curation import template
from graph.curation.table import read_table
from graph.curation.tables import DECISIONS, SOURCES
from graph.extraction.cache import FOLDER as CACHE
from graph.limits import DEFAULT
from graph.query import index
from tests.hostile.command import casegraph, leftovers, make_case, start
from tests.hostile.events import MANNERS, events, killed

pytestmark = [pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs fork"), pytest.mark.timeout(0)]


class Build:
    """Each build has a title of its own; an export is whole if every file is what its manifest says, and has one title."""

    def __init__(self, folder):
        self.case, self.out, self.folder = make_case(folder / "case"), folder / "out", folder
        self.last = "0"
        assert casegraph(*self.command(0), cwd=folder).code == 0

    def command(self, number):
        (self.case / "case.toml").write_text(f'title = "{number}"\n', "utf-8")
        if number % 3 == 0:
            shutil.rmtree(self.case / CACHE, ignore_errors=True)  # so that the cache is being written, too
        return "build", "case", "-o", "out"

    def title(self):
        index.graph_of(self.out)  # what every command that reads an export does first
        manifest = json.loads((self.out / "manifest.json").read_text("utf-8"))
        assert {name: hashlib.sha256((self.out / name).read_bytes()).hexdigest() for name in manifest["outputs"]} == manifest["outputs"]
        assert {p.name for p in self.out.iterdir()} - {".index"} == {*manifest["outputs"], "manifest.json"}
        return manifest["title"]

    def check(self, number):
        assert self.title() in {self.last, str(number)}
        self.last = self.title()

    def finish(self, number):
        assert casegraph(*self.command(number), cwd=self.folder).code == 0
        self.last = self.title()
        assert self.last == str(number)


class Add:
    """Each run adds two documents; a row stands for a file with its hash, and the rows that were there stay."""

    def __init__(self, folder):
        self.case, self.folder = make_case(folder / "case"), folder
        self.table = self.case / "sources.csv"
        self.before = self.rows()

    def rows(self):
        table = read_table(self.table, SOURCES, ("id",), DEFAULT)
        assert table.problems == ()
        return [(row["id"], row["file"], row["sha256"]) for row in table.rows]

    def command(self, number):
        for part in "ab":
            (self.folder / f"letter-{number}{part}.txt").write_text(f"Letter {number}{part} to the Harbour Watch.\n" * 400, "utf-8")
        return "add", "--case", "case", f"letter-{number}a.txt", f"letter-{number}b.txt"

    def check(self, number):
        found = self.rows()
        new = [f"reports/letter-{number}{part}.txt" for part in "ab"]
        assert [row[1] for row in found] in ([row[1] for row in self.before], [*(row[1] for row in self.before), *new])
        for _, file, digest in found:
            assert not file or hashlib.sha256((self.case / file).read_bytes()).hexdigest() == digest
        self.before = found

    def finish(self, number):
        assert casegraph(*self.command(number), cwd=self.folder).code == 0
        self.check(number)
        assert f"reports/letter-{number}b.txt" in {row[1] for row in self.before}


class Init:
    """A new case each time: what is there is whole, and the next run makes the rest."""

    def __init__(self, folder):
        self.folder = folder
        self.texts = {name: template.text(name) for name in template.TEMPLATE}

    def command(self, number):
        return "init", f"new{number}"

    def check(self, number):
        for name, text in self.texts.items():
            path = self.folder / f"new{number}" / name
            assert not path.exists() or path.read_text("utf-8") == text

    def finish(self, number):
        casegraph(*self.command(number), cwd=self.folder)
        for name, text in self.texts.items():
            assert (self.folder / f"new{number}" / name).read_text("utf-8") == text
        assert leftovers(self.folder / f"new{number}") == []


class Export:
    """One file, made from the export again and again: always the same bytes, or not there yet."""

    def __init__(self, folder):
        self.folder = folder
        pipeline.build(make_case(folder / "case"), folder / "out")
        self.formats = ("gexf", "ftm", "neo4j", "jsonld", "trig", "rdfxml")
        self.whole = {}
        for name in self.formats:
            assert casegraph("export", name, "out", "-o", f"graph.{name}", cwd=folder).code == 0
            self.whole[name] = (folder / f"graph.{name}").read_bytes()

    def command(self, number):
        name = self.formats[number % 6]
        if number % 2:
            (self.folder / f"graph.{name}").unlink(missing_ok=True)
        return "export", name, "out", "-o", f"graph.{name}"

    def check(self, number):
        name = self.formats[number % 6]
        path = self.folder / f"graph.{name}"
        assert not path.exists() or path.read_bytes() == self.whole[name]

    def finish(self, number):
        assert casegraph(*self.command(number), cwd=self.folder).code == 0
        assert (self.folder / f"graph.{self.formats[number % 6]}").read_bytes() == self.whole[self.formats[number % 6]]


class Query:
    """The first question makes the index; whoever asks next gets the whole answer."""

    def __init__(self, folder):
        self.folder = folder
        pipeline.build(make_case(folder / "case"), folder / "out", formats=["nt"])
        self.answer = casegraph(*self.command(0), cwd=folder).out
        assert int(self.answer.split()[1]) > 300

    def command(self, number):
        if number % 2:
            index.forget(self.folder / "out")
        return "query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--format", "csv", "-e", "out"

    def check(self, number):
        pass

    def finish(self, _number):
        assert casegraph(*self.command(0), cwd=self.folder).out == self.answer
        assert len(list((self.folder / "out" / index.FOLDER).iterdir())) == 2


KINDS = {"build": Build, "add": Add, "init": Init, "export": Export, "query": Query}


def points(chance, most, rounds):
    """In turn before, while and after a call that touches the disk, and anywhere: which of them is drawn."""
    for number in range(rounds):
        manner = MANNERS[number % 4]
        yield killed(manner, chance.randint(1, most[manner]))


@pytest.mark.full
@pytest.mark.parametrize("rounds", [12, pytest.param(200, marks=pytest.mark.deep)])
@pytest.mark.parametrize("kind", KINDS)
def test_killed_at_any_moment_a_command_tears_nothing_and_the_next_run_leaves_nothing(tmp_path, kind, rounds):
    world, chance = KINDS[kind](tmp_path), random.Random(f"{kind}{rounds}")
    most = events(world.command(1), tmp_path, tmp_path / "events")
    world.check(1)
    assert casegraph(*world.command(2), cwd=tmp_path, before=killed("before", 1)).code == -signal.SIGKILL
    world.check(2)
    for number, kill in enumerate(points(chance, most, rounds), 3):
        # One run does a little less than another, so a late point may find that it has ended.
        assert casegraph(*world.command(number), cwd=tmp_path, before=kill).code in {0, 2, -signal.SIGKILL}
        world.check(number)
        if number % 4 == 0 or rounds < 20 or kind == "init":  # each of those has a folder of its own
            world.finish(number)
            assert leftovers(tmp_path) == []


class Reviewed:
    """A review whose answers are typed beforehand, over a pipe: a question is shown when the answer before it is on disk."""

    typed = b"n\nu\ny\nu\n" * 10 + b"y\n" * 5 + b"q\n"
    command = ("review", "case", "--by", "M.")

    def __init__(self, folder):
        self.folder = folder
        self.table = make_case(folder / "case") / "decisions.csv"
        self.most = events(self.command, folder, folder / "events", self.typed)
        self.script = self.table.read_bytes()
        assert self.script.count(b"\n") > 30

    def begin(self, before=None):
        self.table.unlink(missing_ok=True)
        return start(self.command, self.folder, self.typed, before=before)

    def check(self, done):
        """As many answers stand as were told; how many questions were shown."""
        data = self.table.read_bytes() if self.table.exists() else b""
        assert self.script.startswith(data)
        assert data.endswith(b"\n") or not data
        shown = len(re.findall(r"^\d+ of \d+$", done.out, re.MULTILINE))
        assert max(len(data.splitlines()) - 1, 0) >= shown - 1  # without the header; there is none before the first answer
        again = casegraph(*self.command, cwd=self.folder, stdin=b"y\nq\n")
        assert again.code == 0
        assert self.table.read_bytes().startswith(data) or not data
        assert read_table(self.table, DECISIONS, ("decision", "left"), DEFAULT).problems == ()
        assert leftovers(self.folder) == []
        return shown


@pytest.mark.full
@pytest.mark.parametrize("rounds", [12, pytest.param(200, marks=pytest.mark.deep)])
def test_killed_at_any_moment_a_review_loses_no_answer(tmp_path, rounds):
    world, chance = Reviewed(tmp_path), random.Random(rounds)
    for kill in points(chance, world.most, rounds):
        done = world.begin(kill).end()
        assert done.code in {0, -signal.SIGKILL}
        world.check(done)


@pytest.mark.full
@pytest.mark.parametrize("rounds", [6, pytest.param(100, marks=pytest.mark.deep)])
def test_killed_when_so_many_questions_were_read_a_review_loses_no_answer(tmp_path, rounds):
    """From outside, by whoever reads what it prints: it may be a few answers further by then, and never behind."""
    world, chance = Reviewed(tmp_path), random.Random(rounds)
    for _ in range(rounds):
        read = chance.randint(1, 30)
        running = world.begin()
        running.until(rb"^\d+ of \d+\n", read)
        running.kill()
        assert world.check(running.end()) >= read
