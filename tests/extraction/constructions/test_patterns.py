"""The vocabulary's words as patterns."""

from __future__ import annotations

import pytest

from graph import vocabulary
from graph.errors import InputError
from graph.extraction.constructions.patterns import build, parse

ENTRIES = vocabulary.entries()


def test_every_pattern_of_the_vocabulary_can_be_read():
    lexicon = build(ENTRIES)
    assert len(lexicon.verbs) > 400
    assert len(lexicon.roles) > 150


@pytest.mark.parametrize("relation", sorted(ENTRIES))
def test_word_lists_are_sorted_and_name_nothing_twice(relation):
    for key in ("verbs", "nouns", "roles"):
        words = ENTRIES[relation].get(key, [])
        assert words == sorted(set(words))


def test_a_case_adds_a_relation_without_code():
    extra = {"label": "evicted", "inverse": "was evicted by", "domain": ["organization"], "range": ["person"], "verbs": ["turf +out of:origin"]}
    lexicon = build({**ENTRIES, "evicted": extra})
    assert lexicon.verbs["turf"][0].particle == "out"


def test_a_pattern_that_cannot_be_read_is_named():
    with pytest.raises(InputError, match="flee where"):
        build({**ENTRIES, "fled_to": {**ENTRIES["fled_to"], "verbs": ["flee where"]}})


def test_slots_are_read_as_documented():
    pattern = parse("granted_protection", "receive ^ =asylum|status from|in:@")
    assert pattern.patient_subject
    assert pattern.nouns == {"asylum", "status"}
    assert pattern.agent_in == ("from", "in")
    assert parse("fled_to", "flee to|into:*").object_in == ("to", "into")
    assert parse("charged", "charge with:offence").qualifiers == (("with", "offence"),)
