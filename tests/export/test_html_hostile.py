"""Whatever a text of the case holds, it is shown as text: nothing runs, nothing is fetched, no element comes of it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from fictional import claims

from graph import vocabulary
from graph.model import (
    Entity,
    EntityType,
    KnowledgeBase,
    Method,
    Participant,
    Source,
    Stance,
    Statement,
    StoryStep,
    Value,
)

pytestmark = pytest.mark.browser

OURS = ["{{7*7}}", "${alert(1)}", "__proto__", "constructor", "toString", "</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u202egnp.exe", "\u2066x\u2069",
        "a\u2028b\u2029c", "\ud800", "x" * 5000, "\x00\x01\x1b", "<img src=x onerror=alert(1)>", "href", "'\"`><", "&lt;b&gt;", "%0a", "🏳️‍🌈" * 50, "", " ", "\n"]


@pytest.fixture(scope="module")
def everything(strings):
    return hostile(strings)


@pytest.fixture(scope="module")
def strings(shared):
    found = [*OURS]
    for name in ("xss_payloads.json", "naughty_strings.json"):
        found += json.loads((shared / "hostile" / name).read_text("utf-8"))
    return found


def hostile(strings: list[str]) -> KnowledgeBase:
    """One entity, one source and two statements for every string, which stands in every text of them."""
    types = list(EntityType)
    entities = [Entity(id=f"person/{n:04}{text[:20]}", type=types[n % 6], name=text, aliases=(text, text + "2"), description=text, country=text, wikidata=text, parent=text, curated=True)
                for n, text in enumerate(strings)]
    sources = [Source(id=f"{n:04}{text[:20]}", file=text, title=text, publisher=text, author=text, published=text, url=text, language=text) for n, text in enumerate(strings)]
    statements = []
    for n, text in enumerate(strings):
        me = Participant(id=entities[n].id, name=text, type=entities[n].type, mention=text + "!")
        you = Participant(id=entities[n - 1].id, name=strings[n - 1], type=entities[n - 1].type, mention=text)
        stranger = Participant(id=f"nobody/{n}", name=text, type=EntityType.person)
        for number, object_ in enumerate((you, Value(text))):
            statements.append(Statement(
                id=f"st-{n}-{number}-{text[:20]}", subject=me if n % 5 else None, relation="hostile", object=object_, stance=list(Stance)[n % 3], speaker=stranger, via=(me, stranger), time=text,
                place=you, qualifiers=((text, text),), source=sources[n].id, quote=text, prefix=text, suffix=text, locator=text, method=Method.extracted if number else Method.curated,
                extractor=text, rule=text, doubts=(text,), decision="accepted" if number else None, note=text))
    relation = replace(vocabulary.relations()["detained"], id="hostile", label=strings[5], inverse=strings[14])
    return KnowledgeBase(title=strings[5], base="https://example.org/", language=strings[14], sources=tuple(sources), entities=tuple(entities), statements=tuple(statements),
                         claims=claims(tuple(statements)), story=tuple(StoryStep(title=text, text=text, statements=(statements[n].id,)) for n, text in enumerate(strings[:30])), relations={"hostile": relation})


GUARD = """(() => {
    const allowed = new Set(('html head meta title style body a header h1 div input ul li button main nav section h2 h3 details summary p span label bdi aside article blockquote q dl dt dd cite br ol '
        + 'script noscript svg circle polygon line path text table caption thead tbody tr th td canvas output').split(' '));
    window.strange = [];
    window.look = (element) => {
        if (element.nodeType !== 1) return;
        if (!allowed.has(element.localName)) strange.push(element.outerHTML.slice(0, 99));
        for (const { name, value } of element.attributes) {
            if (/^on|^(src|srcdoc|style|action|formaction)$/.test(name) && !(element.closest('#graph, .space') && name === 'style')) strange.push(`${name}=${value}`.slice(0, 99));
            if (/href$/.test(name) && !/^(https?:\\/\\/|#)/.test(value)) strange.push(`${name}=${value}`.slice(0, 99));
        }
    };
    document.querySelectorAll('*').forEach(look);
    new MutationObserver((records) => { for (const record of records) for (const node of record.addedNodes) { look(node); node.querySelectorAll?.('*').forEach(look); } })
        .observe(document, { childList: true, subtree: true });
})()"""
"""From now on every element that comes into the page is looked at: `strange` holds those that our code does not make."""

STRANGE = "Promise.resolve().then(() => [...new Set(strange)].concat(document.scripts.length === 3 ? [] : ['a script']))"


def test_every_hostile_string_in_every_text_is_inert_in_every_view(open_page, everything):
    page = open_page(everything)
    page.evaluate(GUARD)
    wrong = page.evaluate("""casegraph.data.nodes.map((node, n) => {
        casegraph.select(n);
        return document.querySelector('#panel h2').textContent === node.label ? null : node.name; }).filter((name) => name !== null)""")
    assert wrong == []
    wrong = page.evaluate("""casegraph.data.claims.map((claim, n) => {
        if (n % 16) return null;
        casegraph.selectClaim(n);
        const words = claim.statements.map((row) => casegraph.data.statements[row].quote || '').filter(Boolean), shown = [...document.querySelectorAll('#panel q')].map((q) => q.textContent);
        return words.every((text) => shown.includes(text)) ? null : n; }).filter((n) => n !== null)""")
    assert wrong == []
    for step in range(30):
        page.evaluate(f"casegraph.change({{ story: {step}, node: null, claim: null, focus: 0 }})")
    for view in ("table", "map", "graph"):
        page.evaluate(f"casegraph.change({{ view: '{view}', node: null, claim: null, story: null }})")
    assert page.evaluate(STRANGE) == []


def test_the_guard_of_these_tests_sees_what_should_not_be_there(open_page, strings):
    page = open_page(hostile(strings[:20]))
    page.evaluate(GUARD)
    page.evaluate("document.body.append(document.createElement('img'), Object.assign(document.createElement('a'), { href: 'javascript:1' }))")
    assert len(page.evaluate(STRANGE)) == 2


def test_hostile_strings_are_inert_where_they_are_typed(open_page, strings, everything):
    page = open_page(everything)
    page.evaluate(GUARD)
    for text in [text for text in strings if 0 < len(text) < 200 and "\ud800" not in text][::40]:
        page.fill("#search", text.replace("\n", " ").replace("\r", " ").replace("\0", ""))
    page.fill("#search", OURS[5])
    page.locator("#suggestions li", has_text="in the table").dispatch_event("mousedown")
    assert page.evaluate(STRANGE) == []
    again = open_page(everything, page.url.split("#")[1])
    assert again.evaluate("casegraph.state.words") == OURS[5]
    again.evaluate(GUARD)
    assert again.evaluate(STRANGE) == []


def test_hostile_strings_are_inert_in_what_is_saved(open_page, strings, everything):
    page = open_page(everything)
    root = ET.fromstring(page.evaluate("casegraph.svgText()"))
    assert {element.tag.split("}")[1] for element in root.iter()} == {"svg", "title", "rect", "path", "text"}
    assert page.evaluate("casegraph.csvText().split('\\r\\n').length") > len(strings)
