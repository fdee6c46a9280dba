"""The package imports and its vocabulary loads: what every other test stands on."""

from __future__ import annotations

from graph import vocabulary


def test_every_relation_of_the_standard_vocabulary_loads():
    assert len(vocabulary.relations()) > 50
