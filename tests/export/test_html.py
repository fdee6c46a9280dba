"""The file that the page is: what is in it, what is not, and that the same case gives the same bytes."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path

import pytest
from fictional import case
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.export import FORMATS, html
from graph.export.html import document, groups, layout
from graph.export.html.facts import facts, months
from graph.export.html.network import CaseNetwork
from graph.model import EntityType, Note, Source

SMALL = case(60)


@pytest.fixture(scope="module")
def page() -> str:
    return CaseNetwork.of(SMALL).generate_html()


def data_of(page: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1])


def test_the_page_is_a_default_format():
    assert FORMATS["html"].file == "graph.html"
    assert FORMATS["html"].default


def test_vis_network_is_the_one_that_was_looked_through():
    data = resources.files("pyvis").joinpath(document.VIS).read_bytes()
    assert hashlib.sha256(data).hexdigest() == "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"


def test_the_policy_allows_exactly_the_scripts_and_the_style_of_the_page(page):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL) + re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline]
    assert len(inline) == 3
    assert re.findall(r"'sha256-[^']*'", policy) == hashes
    for part in ("default-src 'none'", "connect-src 'none'", "form-action 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"):
        assert part in policy
    assert "unsafe" not in policy


def test_nothing_in_the_markup_is_inline_or_elsewhere(page):
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    assert not re.search(r"\s(on\w+|style|src)\s*=", markup)
    assert not re.search(r"\b(?:https?:)?//", markup)
    assert "\r" not in page


@given(st.recursive(st.text() | st.integers() | st.none(), lambda children: st.lists(children) | st.dictionaries(st.text(), children), max_leaves=8))
def test_json_comes_back_as_it_was_and_holds_nothing_that_a_parser_takes_for_markup(value):
    text = document.as_json(value)
    assert json.loads(text) == value
    assert not set("<>&\u2028\u2029") & set(text)
    text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_title_is_text_whatever_it_holds(title):
    class Reader(HTMLParser):
        def __init__(self):
            super().__init__()
            self.inside, self.text, self.tags = False, "", []

        def handle_starttag(self, tag, attrs):
            self.tags.append(tag)
            self.inside = tag == "title"

        def handle_endtag(self, tag):
            self.inside = False

        def handle_data(self, data):
            self.text += data if self.inside else ""

    reader = Reader()
    reader.feed(re.sub(r"<(script|style)[^>]*>.*?</\1>", "", document.page(title, {}), flags=re.DOTALL))
    assert reader.text.replace("\r", "\n") == title.replace("\r", "\n") or "\0" in title
    assert reader.tags.count("title") == 1
    assert not {"img", "iframe", "object", "svg"} & set(reader.tags)


def test_the_same_case_gives_the_same_bytes_under_any_hash_seed(tmp_path):
    program = "import sys; from pathlib import Path; from fictional import case; from graph.export import html; html.write(case(400), Path(sys.argv[1]))"
    here = Path(__file__).resolve()
    written = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.html"
        subprocess.run([sys.executable, "-c", program, str(path)], check=True, cwd=tmp_path, env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC-{seed}",
                       "PYTHONPATH": os.pathsep.join([str(here.parents[2]), str(here.parent)])})
        written.append(path.read_bytes())
    assert written[0] == written[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.html", "2.html"], "pyvis would have written lib/ here"


def test_what_a_person_rejected_is_nowhere_in_the_file(tmp_path):
    bad = SMALL.statements[0]
    kb = replace(SMALL, statements=(replace(bad, decision="rejected", quote="words that nobody may read"), *SMALL.statements[1:]), story=())
    html.write(kb, tmp_path / "graph.html")
    text = (tmp_path / "graph.html").read_text("utf-8")
    assert "words that nobody may read" not in text
    assert bad.id not in text


def test_what_is_not_shown_is_not_in_the_file(page):
    for entity in SMALL.entities:
        assert entity.id not in page
    kb = replace(SMALL, sources=tuple(replace(s, file="reports/canary-file.txt", sha256="canary-hash") for s in SMALL.sources),
                 entities=tuple(replace(e, wikidata="canary-wikidata", protected="canary-protected", parent="canary-parent") for e in SMALL.entities),
                 statements=tuple(replace(s, rule="canary-rule") for s in SMALL.statements), notes=(Note(kind="canary-note"),))
    kb = replace(kb, sources=(*kb.sources, Source(id="canary-unused", title="canary-title")))
    assert "canary" not in CaseNetwork.of(kb).generate_html()


def test_without_quotes_no_words_of_a_source_are_in_the_file():
    bare = replace(SMALL, statements=tuple(replace(s, quote="", prefix="", suffix="") for s in SMALL.statements))
    text = CaseNetwork.of(bare).generate_html()
    assert not any(s.quote in text for s in SMALL.statements)
    assert "It was raining" not in text


def test_every_statement_is_in_one_claim_and_points_to_what_it_names():
    data = facts(SMALL)
    assert sorted(row for claim in data["claims"] for row in claim["statements"]) == list(range(len(SMALL.statements)))
    for row, statement in zip(data["statements"], SMALL.statements, strict=True):
        assert row["id"] == statement.id
        assert data["nodes"][row["s"]]["name"] == (statement.subject.name if statement.subject else "someone not named")
        assert data["sources"][row["source"]]["title"] == next(s.title for s in SMALL.sources if s.id == statement.source)
        assert data["stances"][row["stance"]] == statement.stance


def test_agents_whom_sources_do_not_name_are_one_a_source_and_never_put_together():
    data = facts(SMALL)
    unnamed = [n for n, node in enumerate(data["nodes"]) if data["types"][node["type"]] == EntityType.unidentified]
    without = {s.source for s in SMALL.statements if s.subject is None}
    assert len(unnamed) == len(without) > 1
    for claim in data["claims"]:
        if claim["s"] in unnamed:
            assert len({data["statements"][row]["source"] for row in claim["statements"]}) == 1


def test_the_hash_of_a_view_can_name_nothing_but_opaque_keys():
    data = facts(SMALL)
    assert all(re.fullmatch("[a-z2-7]{16}", item["key"]) for item in data["nodes"] + data["sources"])


@pytest.mark.parametrize(("time", "expected"), [("2020-04", [24243, 24243]), ("2020", [24240, 24251]), ("2017/..", [24204, None]), ("", None), ("last summer", None)])
def test_dates_are_as_exact_as_they_are_given(time, expected):
    assert months(time) == expected


def test_pyvis_is_given_places_and_looks_and_no_word_of_the_case(page):
    drawing = data_of(page)["network"]
    assert {key for node in drawing["nodes"] for key in node} == {"id", "shape", "color", "size", "x", "y"}
    assert {key for edge in drawing["edges"] for key in edge} == {"id", "from", "to"}


graphs = st.integers(2, 25).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=40)))


@settings(max_examples=30, deadline=None)
@given(graphs)
def test_no_name_covers_another_in_a_small_graph(graph):
    count, edges = graph
    radii, labels = [12.0] * count, [layout.label_size("Somebody Longname Of Somewhere")] * count
    places = layout.place(count, edges, radii, labels)
    assert places == layout.place(count, edges, radii, labels)
    wide, high = labels[0]
    for i, (x, y) in enumerate(places):
        for u, v in places[:i]:
            assert abs(x - u) >= wide - 1 or abs(y - v) >= high + 12 - 1


@settings(deadline=None)
@given(st.integers(0, 3))
def test_groups_hold_every_node_once_and_do_not_overlap(seed):
    data = CaseNetwork.of(case(300, seed=seed)).data
    drawn = [node for node in data["nodes"] if "group" in node]
    found = data["groups"]
    assert {node["group"] for node in drawn} == set(range(len(found)))
    for i, one in enumerate(found):
        for two in found[:i]:
            assert ((one["x"] - two["x"]) ** 2 + (one["y"] - two["y"]) ** 2) ** 0.5 >= one["r"] + two["r"] - 2


def test_small_groups_are_put_together():
    places, group, found = groups.place_groups(200, [], [9.0] * 200)
    assert len(found) == 2
    assert len(set(places)) == 200
    assert set(group) == {0, 1}
