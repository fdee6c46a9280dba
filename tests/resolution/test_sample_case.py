"""On real reports: one node for each person, body and place of the sample case, and no two who are different in one."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from shutil import copy

import pytest

from graph import pipeline, vocabulary
from graph.case import open_case
from graph.resolution.disagreements import disagreements
from graph.resolution.nodes import participants
from tests.conftest import ROOT

ARTICLES = {"000_1b1b3ffcc0d6b1d8": "2021-02-05", "001_9cf4ab790b577fe7": "2021-02-08", "002_3db73600e45747be": "2021"}
ONE_EACH = {
    r"(\w+ )?Magamadov": "Salekh Magamadov", r"(\w+ )?Isa(y?ev|eff)": "Ismail Isayev", r"(\w+ )*Kad(yr|ry)ov": "Ramzan Kadyrov", r"(\w+ )?Nemov": "Alexander Nemov",
    r"(the )?(Russian )?LGBT Network": "Russian LGBT Network", r"Nizhn(y|ii|iy) Novgorod": "Nizhny Novgorod",
}


def called(resolved, pattern: str) -> set[str]:
    """The ids of all entities with a name or a mention like this."""
    names = {e.id for e in resolved.entities if any(re.fullmatch(pattern, n) for n in (e.name, *e.aliases))}
    return names | {p.id for s in resolved.statements for p in participants(s) if re.fullmatch(pattern, p.mention)}


@pytest.fixture(scope="module")
def articles(shared, tmp_path_factory):
    """The three articles alone, and with the tables of the sample case."""
    found = {}
    for name in ("alone", "with tables"):
        folder = tmp_path_factory.mktemp("case")
        (folder / "reports").mkdir()
        (folder / "case.toml").write_text('title = "Articles"\n', "utf-8")
        lines = ["id,file,published"]
        for article, published in ARTICLES.items():
            copy(shared / "articles" / f"{article}.txt", folder / "reports")
            lines.append(f"{article},{article}.txt,{published}")
        (folder / "sources.csv").write_text("\n".join(lines) + "\n", "utf-8")
        if name == "with tables":
            copy(ROOT / "seeds" / "entities.csv", folder)
        found[name] = pipeline.resolve(open_case(folder))[0]
    return found


@pytest.mark.parametrize("case", ["alone", "with tables"])
def test_the_articles_have_one_node_for_each(articles, case):
    resolved = articles[case]
    names = {e.id: e.name for e in resolved.entities}
    for pattern, name in ONE_EACH.items():
        assert [names[i] for i in called(resolved, pattern)] == [name]


@pytest.mark.parametrize("case", ["alone", "with tables"])
def test_no_two_whom_the_gold_tells_apart_are_one_node(articles, case, shared):
    gold: dict[tuple[str, str], set[str]] = defaultdict(set)
    for article in ARTICLES:
        for entity in json.loads((shared / "gold" / "articles" / f"{article}.json").read_text("utf-8"))["entities"]:
            for name in (entity["name"], *entity["aliases"]):
                gold[article, name].add(entity["name"])
    nodes: dict[str, set[str]] = defaultdict(set)
    for statement in articles[case].statements:
        for part in participants(statement):
            # A proper name; what "they" or "the region" means is for coreference to tell.
            meant = gold.get((statement.source, part.mention), set())
            if len(meant) == 1 and part.mention[:1].isupper():
                nodes[part.id] |= meant
    assert {i: names for i, names in nodes.items() if len(names) > 1} == {}


def test_the_sample_case_has_one_node_for_each():
    resolved, _ = pipeline.resolve(open_case(ROOT / "seeds"))
    names = {e.id: e.name for e in resolved.entities}
    for pattern, name in ONE_EACH.items():
        assert [names[i] for i in called(resolved, pattern)] == [name]
    assert len({e.name for e in resolved.entities if e.curated}) == len([e for e in resolved.entities if e.curated])


def test_what_the_sources_of_the_sample_case_differ_on_is_found_and_nothing_silly_is():
    resolved, known = pipeline.resolve(open_case(ROOT / "seeds"))
    statements = {s.id: s for s in resolved.statements}
    found = disagreements(resolved.statements, {e.id: e for e in resolved.entities}, vocabulary.relations(), known)
    told = {(one.kind, value): {statements[i].quote for i in ids} for one in found for value, ids in one.sides}
    assert told["when", "2017-21"]
    assert any("2019" in one.about or "2019" in dict(one.sides) for one in found if one.kind == "when")
    assert told["where", "Apartment of Magamadov and Isayev"]
    assert told["where", "House in Nizhny Novgorod"]
    assert told["why", "their sexual orientation"]
    assert {"charges of moderating an opposition group on Telegram", "activism for LGBTQ+ rights and an opposition channel on Telegram"} <= {v for kind, v in told if kind == "why"}
    assert all(told.values())
    # Each once, though two men are concerned; two detentions, as sources tell of both, are no two times of one.
    assert len(found) <= 9
    assert not [one for one in found if one.kind == "when" and "detained" in one.about]
