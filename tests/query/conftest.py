"""Exports to ask: the sample case's own tables, and a small fictional case with everything a question needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import curation, resolution, sources, vocabulary
from graph.case import open_case
from graph.model import KnowledgeBase
from tests.query.harbour_case import harbour_case, write

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Path:
    """An export of what `seeds/` has in its tables: no extraction, so that each answer can be written out from the rows."""
    case = open_case(SEEDS)
    relations = vocabulary.relations(case.relations)
    tables = curation.read(case, relations)
    listed = sources.listing(case, tables.sources)
    resolved = resolution.resolve(
        curated=tables.entities, statements=tables.statements, extractions=(), decisions=tables.decisions, sources=listed)
    kb = KnowledgeBase(
        title=case.title, base=case.base, sources=listed, entities=resolved.entities, statements=resolved.statements,
        claims=resolved.claims, relations=relations)
    return write(kb, tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def harbour(tmp_path_factory) -> Path:
    """An export of the fictional case of `harbour_case`."""
    return write(harbour_case(), tmp_path_factory.mktemp("harbour"))
