"""Who the model's spans are, beside the mentions that there are already."""

from __future__ import annotations

from graph.extraction.learned.candidates import added, pronouns
from graph.extraction.learned.proposals import Candidate, Span
from graph.extraction.learned.words import Words

SOURCE = "Rada Timm met the nurse . Timm left . The nurse stayed . She wept ."


def words() -> Words:
    parts = SOURCE.split(" ")
    starts, place, sentence, sentences = [], 0, 0, []
    for part in parts:
        starts.append(place)
        sentences.append(sentence)
        sentence += part == "."
        place += len(part) + 1
    n = len(parts)
    return Words(tuple(starts), tuple(s + len(p) for s, p in zip(starts, parts, strict=True)), tuple(parts), tuple(range(n)), ("ROOT",) * n,
                 tuple(sentences), (0,) * n)


def test_a_surname_is_the_person_who_bears_it_and_the_same_words_are_one_entity() -> None:
    spans = [Span(0, 2, "person", 3.0), Span(4, 5, "person", 2.0), Span(6, 7, "person", 1.0), Span(9, 11, "person", 1.0)]
    found, made = added(words(), SOURCE, spans, [], [], 0)
    assert [c.entity for c in found] == [0, 1, 0, 1] or [c.entity for c in found] == [1, 0, 1, 0]
    assert sorted(n.name for n in made) == ["Rada Timm", "nurse"]


def test_a_mention_that_is_there_already_is_kept_as_it_is() -> None:
    taken = [Candidate(0, 2, "official", 0)]
    found, made = added(words(), SOURCE, [Span(0, 2, "person", 3.0), Span(6, 7, "person", 1.0)], taken, ["Rada Timm"], 1)
    assert [(c.first, c.entity) for c in found] == [(6, 0)]
    assert not made


def test_an_uncovered_pronoun_may_mean_anybody() -> None:
    assert [(c.first, c.entity) for c in pronouns(words(), SOURCE, [])] == [(13, None)]
    assert not pronouns(words(), SOURCE, [Candidate(13, 14, "person", 0, pronoun=True)])
