"""An extractor is measured on annotated documents as the guide says, and agrees with the shared scorer."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from graph import extraction, vocabulary
from graph.errors import InputError, UsageError
from graph.export.jsonl import to_json
from graph.extraction import evaluation

TEXT = "Tarnovik police detained Mira Solheim. The teacher was allegedly beaten by guards.\n"
GOLD = {"published": "2021-02-05", "entities": [{"name": "Mira Solheim", "type": "person", "aliases": ["The teacher"]}, {"name": "Tarnovik police", "type": "organization"},
                                                {"name": "guards", "type": "group"}],
        "statements": [{"id": "s1", "subject": "Tarnovik police", "relation": "detained", "object": "Mira Solheim", "stance": "asserted", "quote": "Tarnovik police detained Mira Solheim"},
                       {"id": "s2", "subject": "guards", "relation": "attacked", "object": "Mira Solheim", "stance": "alleged", "quote": "The teacher was allegedly beaten by guards"}]}


class Fixed:
    """An extractor that gives the statements it was made with."""

    id = "fixed"

    def __init__(self, *statements):
        self.statements = statements

    def extract(self, document):
        from graph.model import EntityType, Extraction, Method, Participant, Stance, Statement

        made = tuple(Statement(id=f"st-{n}", subject=Participant(id="s", name=s, type=EntityType.person), relation=r, object=Participant(id="o", name=o, type=EntityType.person),
                               stance=Stance(stance), source=document.source.id, quote=q, method=Method.extracted) for n, (s, r, o, stance, q) in enumerate(self.statements))
        return Extraction(source=document.source.id, statements=made)


def folder(tmp_path, gold=GOLD):
    (tmp_path / "a.json").write_text(json.dumps(gold), "utf-8")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    return tmp_path


ONE = ("police of Tarnovik Tarnovik police", "detained", "Solheim", "asserted", "Tarnovik police detained Mira Solheim")
TWO = ("guards", "attacked", "The teacher", "asserted", "The teacher was allegedly beaten")
NONE = ("guards", "killed", "Mira Solheim", "asserted", "beaten by guards")


def test_right_wrong_missed_and_harm_are_told_apart(tmp_path):
    figures = evaluation.evaluate(Fixed(("Tarnovik police", *ONE[1:]), TWO, NONE), evaluation.read(folder(tmp_path)))
    assert (figures.right, figures.wrong, figures.annotated, figures.harm) == (2, 1, 2, 1)
    assert figures.precision == pytest.approx(2 / 3)
    assert figures.recall == 1


def test_saying_it_twice_counts_once(tmp_path):
    figures = evaluation.evaluate(Fixed(TWO, TWO), evaluation.read(folder(tmp_path)))
    assert (figures.right, figures.wrong) == (1, 0)


def test_nothing_found_is_nought_and_no_error(tmp_path):
    figures = evaluation.evaluate(Fixed(), evaluation.read(folder(tmp_path)))
    assert (figures.f1, len(figures.missed)) == (0.0, 2)


@pytest.mark.parametrize("change", [{"statements": [{"quote": "not there", "relation": "x", "object": "y", "stance": "asserted"}]}, {"entities": 3}, {"statements": [{}]}])
def test_an_annotation_that_is_none_is_named(tmp_path, change):
    with pytest.raises(InputError, match=r"a\.json"):
        evaluation.read(folder(tmp_path, {**GOLD, **change}))


def test_a_folder_without_annotations_is_said(tmp_path):
    with pytest.raises(UsageError, match="no annotations"):
        evaluation.read(tmp_path)


@pytest.mark.full
def test_it_agrees_with_the_shared_scorer(shared, tmp_path):
    gold = evaluation.read(shared / "gold" / "dev_a")
    extractor = extraction.load("rules", known=(), entries=vocabulary.entries(), settings={})
    rows = [to_json(s) for g in gold for s in extractor.extract(g.document).statements]
    (tmp_path / "s.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    done = subprocess.run([sys.executable, str(shared / "gold" / "score.py"), str(tmp_path / "s.jsonl"), str(shared / "gold" / "dev_a"), "--json"], capture_output=True, text=True, check=True)
    theirs, ours = json.loads(done.stdout), evaluation.evaluate(extractor, gold)
    assert (round(ours.precision, 3), round(ours.recall, 3)) == pytest.approx((theirs["strict_precision"], theirs["strict_recall"]), abs=0.02)
