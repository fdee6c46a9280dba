"""The sample case: curated with care, every quote exact, and not one sentence of the articles in the repository."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from pathlib import Path

import pytest

from graph import curation, sources, vocabulary
from graph.case import open_case
from graph.model import Participant, Stance

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="module")
def tables():
    case = open_case(SEEDS)
    return curation.read(case, vocabulary.relations(case.relations))


def runs(text: str) -> set[tuple[str, ...]]:
    """Every eight words in a row."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i:i + 8]) for i in range(len(words) - 7)}


def repository_files() -> list[Path]:
    """Every tracked file, and those that are about to be."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file() and not path.is_symlink()]


def test_the_tables_have_no_problem_and_hold_what_a_documenter_would_collect(tables):
    assert len([e for e in tables.entities if e.type in {"person", "official", "organization", "place"}]) >= 25
    assert len(tables.statements) >= 60
    assert {s.stance for s in tables.statements} == set(Stance)


@pytest.mark.parametrize(("spelling", "name"), [
    ("Saleh Magamadov", "Salekh Magamadov"), ("Isaev", "Ismail Isayev"), ("Kadryov", "Ramzan Kadyrov"),
    ("LGBT Network", "Russian LGBT Network"), ("Chechen Republic", "Chechnya"), ("MBKh", "MBKh Media"),
])
def test_every_spelling_leads_to_one_entity(tables, spelling, name):
    assert [e.name for e in tables.entities if spelling in (e.name, *e.aliases)] == [name]


def test_every_statement_names_a_source_and_a_place_in_it(tables):
    assert all(s.source and s.locator for s in tables.statements)


def test_every_quote_is_the_exact_words_of_a_report_where_the_locator_says(tables):
    case = open_case(SEEDS)
    documents = {s.id: sources.read(case, s) for s in tables.sources if s.file}
    quoted = [s for s in tables.statements if s.quote]
    assert len(quoted) >= 60
    for statement in quoted:
        document = documents[statement.source]
        assert statement.quote in document.text
        assert statement.locator == document.locate(document.text.index(statement.quote))


def test_words_of_an_article_are_never_quoted(tables):
    own = {s.id for s in tables.sources if s.file}
    assert [s.quote for s in tables.statements if s.source not in own and s.quote] == []


@pytest.mark.parametrize("hedge", ["allegedly", "reportedly", "claim", "accused of", "alleged ", "likely"])
def test_a_hedge_in_the_words_is_a_hedge_in_the_stance(tables, hedge):
    hedged = [s for s in tables.statements if hedge in s.quote and s.relation != "denied_existence"]
    assert hedged
    assert [s.quote for s in hedged if s.stance is Stance.asserted] == []


def test_the_case_keeps_what_the_sources_contradict_each_other_on(tables):
    def values(relation, object_, what):
        return {what(s) for s in tables.statements if s.relation == relation
                and isinstance(s.object, Participant) and s.object.name == object_}

    purge = values("persecuted", "LGBT people in Chechnya", lambda s: s.time)
    assert {"2017-21", "2019"} <= purge
    assert {"Apartment of Magamadov and Isayev", "House in Nizhny Novgorod"} <= values(
        "detained", "Salekh Magamadov", lambda s: s.place.name if s.place else "")
    reasons = values("detained", "Salekh Magamadov", lambda s: dict(s.qualifiers).get("reason", ""))
    assert len(reasons - {""}) >= 3
    assert set(Stance) == values("persecuted", "LGBT people in Chechnya", lambda s: s.stance)


def test_columns_are_those_of_the_design():
    headers = {name: next(csv.reader((SEEDS / name).read_text("utf-8").splitlines()))
               for name in ("sources.csv", "entities.csv", "statements.csv", "decisions.csv")}
    assert headers["sources.csv"][:8] == ["id", "file", "title", "publisher", "author", "published", "url", "language"]
    assert headers["entities.csv"][:10] == ["id", "type", "name", "aliases", "description", "country", "wikidata", "latitude", "longitude", "protected"]
    assert headers["statements.csv"][:3] == ["subject", "relation", "object"]


def test_every_step_of_the_story_shows_statements_that_are_there(tables):
    ids = {s.id for s in tables.statements}
    steps = open_case(SEEDS).story
    assert steps
    assert [i for step in steps for i in step.statements if i not in ids] == []


def test_notes_on_an_article_are_no_second_voice(tables):
    articles = {s.id for s in tables.sources if not s.file}
    assert all(set(s.retells) <= articles and s.retells for s in tables.sources if s.file)


@pytest.mark.parametrize("folder", ["articles", "gold"])
def test_no_eight_words_in_a_row_of_others_stand_in_the_repository(shared, folder):
    texts = [path.read_text("utf-8") for path in sorted((shared / folder).rglob("*.txt"))]
    texts += [json.loads(line)["text"] for path in sorted((shared / folder).glob("*.jsonl")) for line in path.read_text("utf-8").splitlines() if line]
    theirs = set().union(*(runs(text) for text in texts))
    assert theirs
    found = {}
    for path in repository_files():
        both = runs(path.read_bytes().decode("utf-8", "ignore")) & theirs
        if both:
            found[path.relative_to(ROOT).as_posix()] = sorted(" ".join(words) for words in both)[:3]
    assert found == {}
