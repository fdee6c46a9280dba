"""Answers written by reading three made-up reports, and a hundred errors planted among them: right ones stay, errors go.

The annotations are a careful reader's, in the form of a model's answer. An error is a right statement changed in one way so
that it is wrong; kinds of change take turns, and each is known to be wrong by how it is made.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from graph import vocabulary
from graph.extraction import reading
from graph.extraction.constructions import patterns
from graph.extraction.llm.answers import parse
from graph.extraction.llm.verification import Refusal, Verifier
from graph.extraction.llm.windows import windows
from graph.extraction.syntax import language_model
from graph.model import Document, Source
from graph.sources.segments import mark

FOLDER = Path(__file__).parent / "recorded"
ENTRIES = vocabulary.entries()
UNREAL = {
    "ferry": [("Otto Lund", "official", "released", "Ivo Marrek", "person", "The union urged Governor Otto Lund to release the captain"),
              (None, None, "handed_over", "Ivo Marrek", "person", "Marrek could be moved to the mainland, Quist fears"),
              (None, None, "expelled", "Ivo Marrek", "person", "Marrek could be moved to the mainland")],
    "archive": [(None, None, "charged", "Tomas Roth", "person", "Roth's brother fears that he may be charged with espionage"),
                (None, None, "convicted", "Tomas Roth", "person", "he may be charged with espionage")],
    "choir": [("Nadja Ferro", "person", "arrived_at", "Port Amber", "place", "Ferro plans to leave for Port Amber and may sue the ministry"),
              ("Nadja Ferro", "person", "petitioned", "Interior Ministry", "organization", "Ferro plans to leave for Port Amber and may sue the ministry"),
              (None, None, "convicted", "Bruno Castell", "official", "He was never convicted")],
}
"""What the reports say did not happen, put as if it had."""


class Story:
    def __init__(self, name):
        self.name = name
        text = (FOLDER / f"{name}.txt").read_text("utf-8")
        self.right = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))["statements"]
        document = Document(source=Source(id=name, published=json.loads((FOLDER / f"{name}.json").read_text("utf-8"))["published"]), text=text, segments=mark(text))
        self.reading = reading.read(document, language_model.load(), ())
        self.verifier = Verifier(self.reading, patterns.build(ENTRIES), "llm/recorded", 0.7)
        self.windows = list(windows(self.reading))

    def judge(self, item):
        proposals, broken = parse(json.dumps({"statements": [item]}))
        assert not broken
        results = [self.verifier.admit(proposals[0], window) for window in self.windows]
        return next((r for r in results if not isinstance(r, Refusal)), results[0])


@pytest.fixture(scope="module")
def stories():
    return [Story(path.stem) for path in sorted(FOLDER.glob("*.txt"))]


def errors(stories):
    """A hundred (story, statement) that are wrong."""
    chance = random.Random(7)
    made = []
    for story in stories:
        for subject, subject_type, relation, object_, object_type, quote in UNREAL[story.name]:
            made.append((story, {"subject": subject, "subject_type": subject_type, "relation": relation, "object": object_, "object_type": object_type, "stance": "asserted",
                                 "speaker": None, "time": None, "place": None, "qualifiers": {}, "quote": quote}))
    kinds = ["invented quote", "another story's quote", "stranger as subject", "stranger as object", "unknown relation", "wrong type", "invented words", "itself"]
    while len(made) < 100:
        kind = kinds[len(made) % len(kinds)]
        story = chance.choice(stories)
        item = dict(chance.choice(story.right))
        other = chance.choice([s for s in stories if s is not story])
        stranger = chance.choice([s for s in other.right if s["object_type"] != "literal"])
        if kind == "invented quote":
            item["quote"] = f"{item['subject'] or 'Someone'} is known to have {item['relation']} {item['object']} more than once"
        elif kind == "another story's quote":
            item["quote"] = chance.choice(other.right)["quote"]
        elif kind == "stranger as subject":
            if item["subject"] is None:
                continue
            item["subject"], item["subject_type"] = stranger["object"], stranger["object_type"]
        elif kind == "stranger as object":
            if item["object_type"] == "literal":
                continue
            item["object"], item["object_type"] = stranger["object"], stranger["object_type"]
        elif kind == "unknown relation":
            item["relation"] = chance.choice(["betrayed", "met_with", "arrest", "has_role"])
        elif kind == "wrong type":
            item["relation"], item["quote"] = ("located_in" if item["object_type"] != "place" else "detained"), item["quote"]
        elif kind == "invented words":
            if item["object_type"] != "literal":
                continue
            item["object"] = chance.choice(["chief engineer", "77", "I regret it all", "the whole report"])
        else:
            if item["subject"] is None:
                continue
            item["object"], item["object_type"] = item["subject"], item["subject_type"]
        made.append((story, item))
    return made


def test_the_right_ones_stay(stories):
    judged = [(story.name, item, story.judge(item)) for story in stories for item in story.right]
    lost = [(name, item["quote"], found.reason) for name, item, found in judged if isinstance(found, Refusal)]
    assert len(judged) >= 45
    assert 1 - len(lost) / len(judged) >= 0.97, lost


def test_the_planted_errors_go(stories):
    planted = errors(stories)
    kept = [(story.name, item["relation"], item["subject"], item["object"], item["quote"]) for story, item in planted if not isinstance(story.judge(item), Refusal)]
    assert len(planted) == 100
    assert len(kept) <= 10, kept


def test_no_hedge_of_a_right_one_is_lost(stories):
    for story in stories:
        for item in story.right:
            found = story.judge(item)
            if item["stance"] != "asserted" and not isinstance(found, Refusal):
                assert found.stance != "asserted"
