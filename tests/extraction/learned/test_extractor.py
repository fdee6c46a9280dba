"""Whatever a model says: here one with weights by chance that sees a relation at almost every word."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import pytest

from graph import vocabulary
from graph.extraction import reading
from graph.extraction.learned.extractor import Learned
from graph.extraction.learned.heads import Heads
from graph.extraction.learned.pieces import read
from graph.extraction.learned.proposals import Candidate, Proposal, Role
from graph.extraction.learned.statements import Paragraphs, statements
from graph.extraction.learned.vote import Vote
from graph.extraction.learned.weights import Model
from graph.extraction.learned.words import words
from graph.extraction.syntax import language_model
from graph.model import Document, Entity, Participant, Source
from graph.sources.segments import mark

RELATIONS = ("detained", "fled_to", "position", "tortured", "works_for")
CLASSES = ("person", "official", "organization", "place", "group", "work", "position", "age", "said", "witnessed", "denied", "at_risk_from")
TYPES = (*CLASSES[:6], "pronoun", "literal")
SIZE, HIDDEN, LINK, SPAN, INNER = 8, 6, 4, 3, 5
TEXT = ("Guards from Kellen prison led Miro Tash, a farm hand, to the gate on Monday. He saw Ada Venn of the Reed Trust there.\n\n"
        '"They beat us," she told the Trust. Her brother, Colonel Ivo Venn, crossed into Sarnia with Miro Tash.')


class Encoder:
    """States of a word by the hash of its pieces: the same word has the same state."""

    vocabulary = read("[UNK]\n" + "\n".join(["##" * (i > 25) + chr(97 + i % 26) for i in range(52)]))

    def states(self, pieces: list[list[int]]) -> np.ndarray:
        seeds = [int.from_bytes(hashlib.sha256(str(p).encode()).digest()[:4], "big") for p in pieces]
        return np.stack([np.random.default_rng(seed).normal(size=SIZE) for seed in seeds]).astype(np.float32)


def model(seed: int) -> Model:
    chance = np.random.default_rng(seed)
    tables = {"mark": (1, SIZE), "relation": (5, HIDDEN), "kind": (8, HIDDEN), "path": (1, HIDDEN), "distance": (16, HIDDEN),
              "link_type": (8, LINK), "link_distance": (16, LINK), "width": (16, len(CLASSES))}
    linear = {"span": (len(CLASSES) * 2 * SPAN, SIZE), "trigger_in": (INNER, SIZE), "trigger_out": (5, INNER), "stance": (3, INNER),
              "role_trigger": (HIDDEN, SIZE), "role_mention": (HIDDEN, SIZE), "role_out": (4, HIDDEN), "none_out": (4, HIDDEN),
              "link_pronoun": (LINK, SIZE), "link_mention": (LINK, SIZE), "link_out": (1, LINK)}
    weights = {f"{name}.weight": chance.normal(size=shape) for name, shape in (tables | linear).items()}
    weights |= {f"{name}.bias": chance.normal(size=shape[0]) for name, shape in linear.items()}
    weights["trigger_out.bias"] += 3
    heads = Heads({name: values.astype(np.float32) for name, values in weights.items()})
    return Model("chance/1", Encoder(), heads, RELATIONS, CLASSES, TYPES, {"other": 0}, {"other": 0}, Vote({"": 1.0}, {"": 1.0}, 0.0, 0.0))


def learned(seed: int) -> Learned:
    return Learned(known=(), entries=vocabulary.entries(), settings={}, model=model(seed))


def document(text: str) -> Document:
    return Document(source=Source(id="r", published="2022-05-09"), text=text, segments=mark(text))


@pytest.mark.parametrize("seed", range(4))
def test_every_quote_is_a_slice_and_every_type_fits(seed: int) -> None:
    extractor = learned(seed)
    found = extractor.extract(document(TEXT))
    ids = {entity.id for entity in found.entities}
    for s in found.statements:
        assert TEXT[s.start:s.end] == s.quote
        for node in (s.subject, s.object):
            if isinstance(node, Participant):
                assert node.id in ids
                assert TEXT[node.start:node.end] == node.mention
        assert s.subject is None or str(s.subject.type) in extractor.rules.lexicon.domain[s.relation]


def test_a_model_that_sees_much_gives_statements_of_its_own() -> None:
    found = [s for seed in range(4) for s in learned(seed).extract(document(TEXT)).statements]
    assert [s for s in found if s.extractor == "chance/1"]


def test_the_same_text_gives_the_same_statements() -> None:
    assert learned(1).extract(document(TEXT)) == learned(1).extract(document(TEXT))


@pytest.mark.parametrize(("text", "word", "real"), [
    ("Police tortured Miro Tash.", "tortured", True),
    ("Police may torture Miro Tash.", "torture", False),
    ("If soldiers detain Ada Venn, her brother will leave.", "detain", False),
    ("The court refused to detain Ada Venn.", "detain", False),
    ("Guards never tortured Miro Tash.", "tortured", False),
    ("Guards threatened to torture Miro Tash.", "torture", False),
])
def test_the_reality_gate_has_the_last_word(text: str, word: str, real: bool) -> None:
    read_ = reading.read(document(text), language_model.load())
    told = words(read_.paragraphs)
    trigger = told.span(text.index(word), text.index(word) + len(word))[0]
    whom = Candidate(trigger + 1, trigger + 3, "person", 0)
    proposal = Proposal("tortured", trigger, 0.99, (), (Role(0, 0, 5.0),), (), None, {})
    entity = Entity(id="r#whom", type="person", name="whom")
    read_ = replace(read_, entities=(entity,), mentions=())
    found = list(statements([proposal], [whom], told, Paragraphs(read_), "chance/1"))
    assert bool(found) == real


def test_a_paragraph_that_is_only_a_quotation_goes_on_in_the_voice_before_it() -> None:
    text = 'Ada Venn spoke to the court about the raid.\n\n"We lived in Sarnia," said Ada Venn.\n\n"Police tortured Miro Tash."'
    read_ = reading.read(document(text), language_model.load())
    told = words(read_.paragraphs)
    at = text.index("tortured")
    trigger = told.span(at, at + 8)[0]
    index = next(i for i, entity in enumerate(read_.entities) if entity.name == "Miro Tash")
    whom = Candidate(trigger + 1, trigger + 3, "person", index)
    proposal = Proposal("tortured", trigger, 0.99, (), (Role(index, 0, 5.0),), (), None, {})
    (found,) = [e.statement for e in statements([proposal], [whom], told, Paragraphs(read_), "chance/1")]
    assert found.speaker is not None
    assert found.speaker.name == "Ada Venn"


def test_who_belongs_to_whom_by_order_is_not_the_models_to_say() -> None:
    text = "Police and soldiers tortured Ada Venn and Miro Tash respectively."
    read_ = reading.read(document(text), language_model.load())
    told = words(read_.paragraphs)
    trigger = told.span(text.index("tortured"), text.index("tortured") + 8)[0]
    proposal = Proposal("tortured", trigger, 0.99, (), (Role(0, 0, 5.0),), (), None, {})
    assert not list(statements([proposal], [Candidate(trigger + 1, trigger + 3, "person", 0)], told, Paragraphs(read_), "chance/1"))


@pytest.mark.parametrize("text", ["", " \n\n ", "x", "\x00\x07", "Ж" * 300, "a " * 300, "«»“”" * 50])
def test_odd_texts_give_nothing_wrong_and_no_error(text: str) -> None:
    for s in learned(2).extract(document(text)).statements:
        assert text[s.start:s.end] == s.quote


def test_a_model_alone_is_compared_without_the_rules() -> None:
    found = learned(1).alone(reading.read(document(TEXT), language_model.load()))
    assert {s.extractor for s in found} <= {"chance/1"}
