"""What a reader can do with the page. Every test also holds that it asks for nothing and breaks no policy (`open_page`)."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from fictional import case, claims
from playwright.sync_api import expect

from graph import pipeline
from graph.case import open_case
from graph.model import Stance, Value

pytestmark = pytest.mark.browser

SMALL, TINY = case(60), case(15)
NODE = "casegraph.data.nodes.findIndex((node) => node.name === {!r})"


def busiest(page) -> int:
    return page.evaluate("casegraph.data.nodes.reduce((best, node, n, all) => node.lines.length > all[best].lines.length ? n : best, 0)")


def contested(page) -> int:
    return page.evaluate("""casegraph.data.claims.findIndex((claim) => claim.o !== undefined && new Set(claim.statements.map((row) =>
        casegraph.data.statements[row].stance === 2)).size === 2)""")


def point_of(page, expression: str) -> tuple[float, float]:
    box = page.locator("#graph").bounding_box()
    at = page.evaluate(expression)
    return box["x"] + at["x"], box["y"] + at["y"]


def place_of(node: int) -> str:
    return f"casegraph.network.canvasToDOM(casegraph.network.getPosition({node}))"


@pytest.fixture(scope="module")
def sample():
    """The sample case, read and extracted as a build does it."""
    return pipeline.assemble(open_case(Path(__file__).resolve().parents[2] / "seeds"))


OVERLAPS = """(() => { const names = casegraph.names; let overlaps = 0;
    for (let i = 0; i < names.length; i++) for (let j = 0; j < i; j++) { const a = names[i], b = names[j];
        if (a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top) overlaps += 1; }
    return overlaps; })()"""
CUT_OFF = """(() => { const { clientWidth, clientHeight } = document.getElementById('graph');
    return casegraph.names.filter((name) => name.left < 0 || name.top < 0 || name.right > clientWidth || name.bottom > clientHeight).map((name) => name.text); })()"""


@pytest.mark.parametrize("which", ["sample", "fictional"])
def test_all_names_of_the_first_screen_can_be_read(open_page, sample, which):
    page = open_page(sample if which == "sample" else SMALL)
    shown = page.evaluate("casegraph.network.body.nodeIndices.length")
    assert page.evaluate(OVERLAPS) == 0
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate("casegraph.names.length") == shown > 30


def test_the_overview_counts_the_claims_that_the_report_counts(open_page, sample):
    words = open_page(sample).locator("#panel").inner_text()
    assert f" of {len(sample.claims)} claims rest on one source" in words


@pytest.mark.parametrize(("width", "height"), [(390, 844), (768, 1024)])
def test_on_a_small_screen_nothing_is_cut_off(open_page, sample, width, height):
    page = open_page(sample, width=width, height=height)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(OVERLAPS) == 0
    assert page.evaluate(CUT_OFF) == []
    for selector in ("header", "#search", "#to-table", "#theme", "#graph", "#panel", "#from", "#to", "#time"):
        box = page.locator(selector).bounding_box()
        assert box["x"] >= 0, selector
        assert box["y"] >= 0, selector
        assert box["x"] + box["width"] <= width, selector
        assert box["y"] + box["height"] <= height, selector
    outside = page.evaluate("""[...document.querySelectorAll('header *, #time *, #panel > *')].filter((element) => { const box = element.getBoundingClientRect();
        return box.width > 1 && (box.left < -1 || box.right > innerWidth + 1); }).map((element) => element.outerHTML.slice(0, 80))""")
    assert outside == []


def test_filters_open_on_a_phone(open_page):
    page = open_page(SMALL, width=390, height=844)
    assert not page.locator("#filters").is_visible()
    page.click("#open-filters")
    page.click("#filters >> text=denied")
    page.click("#open-filters")
    assert page.evaluate("[...casegraph.state.off.stance]") == [2]


@pytest.mark.parametrize(("typed", "name"), [("lucja", "Łucja"), ("EMILE", "Émile"), ("alias 5", "")])
def test_search_finds_names_whatever_the_accents_and_aliases(open_page, typed, name):
    page = open_page(SMALL)
    page.keyboard.press("/")
    page.keyboard.type(typed)
    first = page.locator("#suggestions [role=option]").first
    assert name in first.inner_text()
    page.keyboard.press("ArrowDown")
    assert first.get_attribute("aria-selected") == "true"
    assert page.get_attribute("#search", "aria-activedescendant") == first.get_attribute("id")
    page.keyboard.press("Enter")
    chosen = page.locator("#panel h2").inner_text()
    assert name in chosen
    assert not page.locator("#suggestions").is_visible()


def test_search_finds_words_of_a_quote_and_shows_them_all_in_the_table(open_page):
    page = open_page(SMALL)
    page.fill("#search", "trucks dawn")
    page.locator("#suggestions >> text=in the table").dispatch_event("mousedown")
    rows = page.locator("#table tbody tr").count()
    assert 0 < rows == page.evaluate("casegraph.shown.statements.reduce((sum, shown) => sum + shown, 0)")
    assert "w=trucks+dawn" in page.url


def test_a_click_on_a_name_shows_its_statements_and_a_click_beside_it_clears(open_page):
    page = open_page(SMALL)
    node = busiest(page)
    page.mouse.click(*point_of(page, place_of(node)))
    assert page.locator("#panel h2").inner_text() == page.evaluate(f"casegraph.data.nodes[{node}].label")
    assert page.locator("#panel .card").count() > 3
    box = page.locator("#graph").bounding_box()
    page.mouse.click(box["x"] + 6, box["y"] + box["height"] - 6)
    assert page.locator("#panel h2").inner_text() == "Overview"


def test_a_click_on_a_line_shows_every_statement_behind_it_with_its_words(open_page):
    page = open_page(SMALL)
    claim = page.evaluate("""casegraph.data.claims.findIndex((claim) => claim.o !== undefined && claim.statements.length > 1 && !casegraph.data.claims.some((other) =>
        other.n !== claim.n && other.o !== undefined && [claim.s, claim.o].includes(other.s) && [claim.s, claim.o].includes(other.o)))""")
    page.mouse.click(*point_of(page, f"casegraph.middle({claim})"))
    statements = page.evaluate(f"casegraph.data.claims[{claim}].statements.map((row) => casegraph.data.statements[row])")
    assert page.evaluate("casegraph.state.claim") == claim
    assert sorted(page.locator("#panel blockquote q").all_inner_texts()) == sorted(s["quote"] for s in statements)
    assert page.locator("#panel .card .chip").count() == len(statements)
    assert page.locator("#panel .card cite").count() == len(statements)


def test_a_contested_claim_shows_one_of_each_side_first_and_a_mark_on_its_line(open_page):
    page = open_page(SMALL)
    claim = contested(page)
    page.evaluate(f"casegraph.selectClaim({claim})")
    chips = page.locator("#panel .card .chip").all_inner_texts()
    assert "denied" in chips[1]
    assert "denied" not in chips[0]
    assert "Contested" in page.locator("#panel").inner_text()


def test_a_line_is_drawn_as_its_most_certain_stance_and_marked_where_anybody_denies_it(open_page):
    page = open_page(SMALL)
    wrong = page.evaluate("""casegraph.data.claims.filter((claim) => claim.o !== undefined).filter((claim) => {
        const stances = claim.statements.map((row) => casegraph.data.statements[row]).map((s) => (s.doubts.length && s.stance === 0 ? 1 : s.stance)), least = Math.min(...stances);
        const dashes = casegraph.network.body.edges[claim.n].options.dashes;
        return JSON.stringify(dashes) !== JSON.stringify([false, [7, 5], [1.5, 4]][least]); }).length""")
    assert wrong == 0


def test_curated_and_extracted_statements_are_told_apart(open_page):
    page = open_page(SMALL)
    page.evaluate(f"casegraph.select({busiest(page)})")
    said = set(page.locator("#panel .card .method").all_inner_texts())
    assert {text.split(",")[0] for text in said} == {"curated", "extracted"}


def test_a_literal_is_shown_with_its_subject_and_is_no_node(open_page):
    page = open_page(SMALL)
    statement = next(s for s in SMALL.statements if isinstance(s.object, Value) and s.subject)
    page.evaluate(f"casegraph.select({NODE.format(statement.subject.name)})")
    assert statement.object.value in page.locator("#panel").inner_text()
    assert not page.evaluate(f"casegraph.data.nodes.some((node) => node.name === {statement.object.value!r})")


def test_arrows_enter_brackets_and_letters_do_what_they_say(open_page):
    page = open_page(SMALL)
    page.focus("#graph")
    page.keyboard.press("ArrowRight")
    first = page.evaluate("casegraph.state.node")
    assert first == busiest(page)
    moved = set()
    for key, axis, sign in (("ArrowRight", "x", 1), ("ArrowLeft", "x", -1), ("ArrowDown", "y", 1), ("ArrowUp", "y", -1)):
        page.evaluate(f"casegraph.select({first})")
        page.focus("#graph")
        page.keyboard.press(key)
        now = page.evaluate("casegraph.state.node")
        if now != first:
            moved.add(key)
            step = page.evaluate(f"casegraph.network.getPosition({now}).{axis} - casegraph.network.getPosition({first}).{axis}")
            assert step * sign > 0, key
    assert len(moved) >= 3
    assert "statement" in page.locator("#live").inner_text()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("]")
    page.keyboard.press("]")
    cards = page.locator("#panel .card")
    now = min(1, cards.count() - 1)
    assert "now" in cards.nth(now).get_attribute("class")
    page.keyboard.press("[")
    assert "now" in cards.nth(0).get_attribute("class")
    page.keyboard.press("f")
    assert page.evaluate("casegraph.state.focus") == 1
    page.keyboard.press("Escape")
    assert page.evaluate("casegraph.state.focus") == 0
    page.keyboard.press("Escape")
    assert page.evaluate("casegraph.state.node") is None


def test_the_legend_filters_counts_and_a_double_click_shows_only_that(open_page):
    page = open_page(SMALL)
    denied = sum(s.stance is Stance.denied for s in SMALL.statements)
    assert page.locator("#filters .row", has_text="denied").locator(".count").inner_text() == str(denied)
    page.locator("#filters .row", has_text="denied").dblclick()
    assert page.evaluate("casegraph.shown.statements.reduce((sum, shown) => sum + shown, 0)") == denied
    page.click("#reset")
    assert page.evaluate("casegraph.shown.statements.reduce((sum, shown) => sum + shown, 0)") == len(SMALL.statements)
    page.uncheck("#filter-type-0")
    people = [n for n, s in enumerate(SMALL.statements) if any(p is not None and not isinstance(p, Value) and p.type == "person" for p in (s.subject, s.object))]
    assert page.evaluate("casegraph.shown.statements.reduce((sum, shown) => sum + shown, 0)") == len(SMALL.statements) - len(people)


def test_where_filters_leave_nothing_the_page_says_so_and_offers_the_way_back(open_page):
    page = open_page(SMALL, "st=asserted.alleged.denied")
    assert page.evaluate("casegraph.network.body.nodeIndices.length") == 0
    page.click("#focus-bar >> text=Reset filters")
    assert page.evaluate("casegraph.network.body.nodeIndices.length") > 50


def test_a_view_is_restored_from_its_address(open_page):
    page = open_page(SMALL)
    node = busiest(page)
    page.uncheck("#filter-stance-1")
    page.uncheck("#filter-source-2")
    page.evaluate(f"casegraph.select({node})")
    page.keyboard.press("f")
    page.evaluate("casegraph.change({ from: 24200, undated: false })")
    address = page.url.split("#")[1]
    assert SMALL.entities[0].id not in address
    other = open_page(SMALL, address)
    look = "JSON.stringify([casegraph.state.node, casegraph.state.focus, casegraph.state.from, casegraph.state.undated, [...casegraph.state.off.stance], [...casegraph.state.off.source], [...casegraph.shown.statements]])"
    assert other.evaluate(look) == page.evaluate(look)
    assert other.locator("#panel h2").inner_text() == page.locator("#panel h2").inner_text()


@pytest.mark.parametrize("hash_", ["n=nobody&c=nothing&f=99&g=-1&s=500&from=20x&st=maybe", "%E0%A4%A", "v=<script>", "w=" + "x" * 500, "n=__proto__&c=constructor"])
def test_an_address_that_means_nothing_shows_the_case(open_page, hash_):
    page = open_page(SMALL, hash_)
    assert page.locator("#panel h2").inner_text() == "Overview"


def test_the_timeline_narrows_and_undated_statements_have_their_own_box(open_page):
    page = open_page(SMALL)
    undated = sum(not s.time for s in SMALL.statements)
    assert page.locator("#undated-count").inner_text() == f"undated ({undated})"
    page.uncheck("#undated")
    assert page.evaluate("casegraph.shown.statements.reduce((sum, shown) => sum + shown, 0)") == len(SMALL.statements) - undated
    page.focus("#from")
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    assert "from=2017-01" in page.url
    assert page.get_attribute("#from", "aria-valuetext") == "2017-01"
    early = [s for s in SMALL.statements if s.time.startswith("2016")]
    assert page.evaluate("casegraph.shown.statements.reduce((sum, shown) => sum + shown, 0)") == len(SMALL.statements) - undated - len(early)


def test_focus_puts_the_neighbours_on_a_ring_in_the_direction_in_which_they_stood(open_page):
    page = open_page(SMALL)
    node = busiest(page)
    page.evaluate(f"casegraph.select({node})")
    page.keyboard.press("f")
    neighbours = page.evaluate(f"[...new Set(casegraph.data.nodes[{node}].lines.flatMap((n) => [casegraph.data.claims[n].s, casegraph.data.claims[n].o]))].filter((n) => n !== {node})")
    shown = page.evaluate("casegraph.network.body.nodeIndices")
    assert sorted(shown) == sorted([*neighbours, node])
    assert "1 step" in page.locator("#focus-bar").inner_text()
    page.click("#focus-bar >> text=+")
    assert page.evaluate("casegraph.network.body.nodeIndices.length") > len(shown)
    page.click("#focus-bar >> text=Show all")
    assert not page.locator("#focus-bar").is_visible()


def test_the_table_holds_the_same_statements_and_sorts_by_every_column(open_page):
    page = open_page(SMALL, "v=table")
    assert page.locator("#table tbody tr").count() == len(SMALL.statements)
    for column in range(page.locator("#table thead th").count()):
        order = []
        for way in ("ascending", "descending"):
            page.locator("#table thead button").nth(column).click()
            assert page.locator("#table thead th").nth(column).get_attribute("aria-sort") == way
            order.append(page.locator("#table tbody tr").evaluate_all("rows => rows.map((row) => row.dataset.row)"))
        assert order[0] != order[1]
        assert sorted(order[0]) == sorted(order[1])
    page.locator("#table thead button").first.click()
    names = page.locator("#table tbody th").all_inner_texts()
    assert page.evaluate("names => names.every((name, n) => !n || new Intl.Collator('en', { numeric: true }).compare(names[n - 1].normalize('NFKD').replace(/\\p{M}/gu, '').replace(/Ł/g, 'L'), name.normalize('NFKD').replace(/\\p{M}/gu, '').replace(/Ł/g, 'L')) <= 0)", names)


def test_a_long_table_keeps_only_the_rows_on_the_screen_in_the_page(open_page):
    page = open_page(case(1000), "v=table")
    assert page.locator("#table table").get_attribute("aria-rowcount") == "2501"
    assert page.locator("#table tbody tr").count() < 120
    page.locator("#table").evaluate("table => { table.scrollTop = table.scrollHeight; }")
    page.wait_for_selector("#table tbody tr[aria-rowindex='2501']")


def test_every_step_of_the_sample_s_story_names_statements_that_there_are(sample):
    known = {s.id for s in sample.statements if s.decision != "rejected"}
    assert len(sample.story) >= 5
    for step in sample.story:
        assert step.statements, step.title
        assert set(step.statements) <= known, step.title


def test_the_story_is_read_step_by_step(open_page):
    page = open_page(SMALL)
    page.click("#to-story")
    assert "step 1 of 2" in page.locator("#panel").inner_text().lower()
    page.click("#panel >> text=Next")
    assert page.locator("#panel h2").inner_text() == SMALL.story[1].title
    assert page.locator("#panel .card").count() == len(SMALL.story[1].statements)
    assert page.url.endswith("#s=2")


def test_a_picture_is_saved_with_shapes_names_and_legend(open_page):
    page = open_page(SMALL)
    with page.expect_download() as download:
        page.click("#svg")
    root = ET.fromstring(Path(download.value.path()).read_text("utf-8"))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    drawn = page.evaluate("casegraph.names.map((name) => name.text)")
    assert all(word in " ".join(texts) for name in drawn for word in name.split())
    assert any("A line is a claim someone made, not a finding." in text for text in texts)
    assert {"person", "asserted", "alleged", "denied"} <= set(texts)
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) > page.evaluate("casegraph.network.body.edgeIndices.length * 2")
    with page.expect_download() as download:
        page.click("#png")
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    assert download.value.suggested_filename == "graph.png"


def test_the_table_is_saved_as_it_is_filtered_and_no_cell_is_a_formula(open_page):
    first = SMALL.statements[0]
    formulas = ["=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1"]
    statements = tuple(replace(s, quote=formulas[n]) if n < len(formulas) else s for n, s in enumerate(SMALL.statements))
    page = open_page(replace(SMALL, statements=statements, claims=claims(statements)))
    page.uncheck(f"#filter-stance-{list(Stance).index(first.stance)}")
    page.check(f"#filter-stance-{list(Stance).index(first.stance)}")
    page.uncheck("#filter-stance-2")
    with page.expect_download() as download:
        page.click("#csv")
    text = Path(download.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == [s.id for s in statements if s.stance is not Stance.denied]
    for row in rows:
        assert not any(re.match(r"[\s]*[=+\-@＝]", cell) for cell in row.values() if cell)


def test_a_copied_citation_says_who_said_what_where_and_in_which_stance(open_page):
    page = open_page(SMALL)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(f"casegraph.select({busiest(page)})")
    row = int(page.locator("#panel .card").first.get_attribute("data-row"))
    page.locator("#panel .card >> text=Copy citation").first.click()
    expect(page.locator("#live")).to_contain_text("Copied")  # a wait by script would be refused by the page's own policy
    text = page.evaluate("navigator.clipboard.readText()")
    statement = SMALL.statements[row]
    for part in (statement.id, statement.quote, str(statement.stance), statement.locator):
        assert part in text


def test_only_addresses_of_the_web_become_links(open_page):
    bad = ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "https://example.org/ok", "ht tp://x", "blob:https://x")
    sources = tuple(replace(source, url=bad[n % len(bad)]) for n, source in enumerate(SMALL.sources))
    page = open_page(replace(SMALL, sources=sources))
    links = page.evaluate("""casegraph.data.nodes.flatMap((node, n) => { casegraph.select(n); return [...document.querySelectorAll('#panel .card .source a')].map((a) => [a.href, a.rel]); })""")
    assert {tuple(link) for link in links} == {("https://example.org/ok", "noopener noreferrer")}


def test_a_case_with_nothing_in_it_opens(open_page):
    page = open_page(replace(SMALL, entities=(), statements=(), claims=(), sources=(), story=()))
    assert page.locator("#panel h2").inner_text() == "Overview"
    page.click("#to-table")


def test_without_quotes_the_table_has_no_column_of_words(open_page):
    page = open_page(case(60, quotes=False), "v=table")
    assert "Words" not in page.locator("#table thead").inner_text()


@pytest.mark.parametrize("count", [60, 1000])
def test_printing_shows_the_whole_table_with_citations(open_page, count):
    kb = SMALL if count == 60 else case(count)
    page = open_page(kb)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#table tbody tr").count() == len(kb.statements)
    assert kb.statements[0].id in page.locator("#table tbody tr").first.inner_text()
    assert not page.locator("#filters").is_visible()
    assert not page.locator("#graph").is_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("casegraph.state.view") == "graph"


def test_a_graph_of_a_thousand_offers_a_map_of_groups_and_goes_into_one(open_page):
    page = open_page(case(400))
    everything = page.evaluate("casegraph.network.body.nodeIndices.length")
    page.click("#to-map")
    page.evaluate("casegraph.network.redraw()")
    assert page.evaluate("casegraph.names.length") > 0
    assert page.evaluate(OVERLAPS) == 0
    page.focus("#graph")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    inside = page.evaluate("casegraph.network.body.nodeIndices.length")
    assert 0 < inside < everything
    assert "g=0" in page.url
    page.click("#focus-bar >> text=Show all")
    assert page.evaluate("casegraph.network.body.nodeIndices.length") == everything


@pytest.mark.full
def test_a_graph_of_more_than_five_thousand_opens_on_the_map_and_search_covers_everything(open_page):
    kb = case(6200)
    page = open_page(kb)
    assert page.evaluate("casegraph.state.view") == "map"
    assert page.evaluate("casegraph.network.body.nodeIndices.length") == 0
    name = next(s.subject.name for s in kb.statements if s.subject and not isinstance(s.object, Value))
    page.fill("#search", name)
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == name
    assert 0 < page.evaluate("casegraph.network.body.nodeIndices.length") < 1000
    page.keyboard.press("f")
    page.click("#to-map")
    page.click("#to-table")
    assert page.locator("#table table").get_attribute("aria-rowcount") == str(len(kb.statements) + 1)


@pytest.mark.parametrize(("hash_", "dark", "script"), [
    ("", False, ""), ("", True, ""), ("v=table", False, ""), ("", False, "select"),
    *(pytest.param(*state, marks=pytest.mark.full) for state in (("v=table", True, ""), ("", True, "claim"), ("s=1", False, ""), ("", False, "search"), ("", False, "phone"))),
], ids=["light", "dark", "table", "a name", "table dark", "a line, dark", "story", "search", "phone"])
def test_axe_finds_no_barrier(open_page, axe, hash_, dark, script):
    page = open_page(TINY if "table" in hash_ else SMALL, hash_, dark=dark, **({"width": 390, "height": 844} if script == "phone" else {}))
    if script == "select":
        page.evaluate(f"casegraph.select({busiest(page)})")
        page.keyboard.press("f")
    elif script == "claim":
        page.evaluate(f"casegraph.selectClaim({contested(page)})")
    elif script == "search":
        page.fill("#search", "lund")
    page.evaluate(axe)
    found = page.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })")
    assert [(v["id"], [node["html"][:120] for node in v["nodes"][:3]]) for v in found["violations"]] == []


def test_what_is_doubtful_is_drawn_as_no_fact_and_said_to_be_doubtful_wherever_it_is_copied(open_page):
    told = next(s for s in TINY.statements if s.stance is Stance.asserted and not isinstance(s.object, Value) and s.subject and not s.decision)
    kb = replace(TINY, statements=tuple(replace(s, doubts=("who “he” is",)) if s is told else replace(s, doubts=()) for s in TINY.statements))
    accepted = replace(kb, statements=tuple(replace(s, decision="accepted") if s.id == told.id else s for s in kb.statements))
    seen = []
    for each in (kb, accepted):
        page = open_page(each)
        row = page.evaluate(f"casegraph.data.statements.findIndex((s) => s.id === {told.id!r})")
        (line,) = [r for r in csv.DictReader(io.StringIO(page.evaluate("casegraph.csvText()").removeprefix("\ufeff"), newline="")) if r["id"] == told.id]
        seen.append((page.evaluate(f"[casegraph.data.statements[{row}].stance, casegraph.data.statements[{row}].drawn]"), line["stance"], line["doubts"]))
    assert seen == [([0, 1], "asserted", "who “he” is"), ([0, 0], "asserted", "")]
