"""Decisions hold whatever the order, and who is who does not depend on the order of anything."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Decision, Source, Value
from graph.resolution import resolve
from tests.resolution.cases import Report, solve

NAMES = ["Tamar Osei", "Tamar Ossei", "T. Osei", "Osei", "Kofi Osei", "Tamara Osei", "River Watch", "RW", "The River Watch", "Тамар Осей"]


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[list[str]], list[tuple[str, tuple[int, str], tuple[int, str]]]]:
    """Documents with names, and judgements on pairs of those names."""
    named = draw(st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4), min_size=1, max_size=5))
    handle = st.sampled_from([(number, name) for number, names in enumerate(named) for name in names])
    return named, draw(st.lists(st.tuples(st.sampled_from(["same", "different", "undone"]), handle, handle), max_size=8))


def made(named: list[list[str]]) -> list[Report]:
    found = []
    for number, names in enumerate(named):
        report = Report(f"doc{number}")
        for name in names:
            kind = "organization" if "R" in name else "person"
            report.say(report.name(name, type_=kind), "age", Value("30"))
            report.say(report.name(name, type_=kind), "contacted", report.name(names[0], type_="organization" if "R" in names[0] else "person"))
        found.append(report)
    return found


def row(verdict: str, left: tuple[int, str], right: tuple[int, str]) -> Decision:
    return Decision(decision=verdict, left=local(left), right=local(right))


def local(handle: tuple[int, str]) -> str:
    return f"doc{handle[0]}#{handle[1].lower().replace(' ', '-')}"


def partition(resolution) -> dict[str, str]:
    """Which entity each participant of each statement is."""
    found = {}
    for statement in resolution.statements:
        found[statement.id, "subject"] = statement.subject.id
        if not isinstance(statement.object, Value):
            found[statement.id, "object"] = statement.object.id
    return found


def standing(decisions: list[Decision]) -> list[Decision]:
    """Only the rows that count: the last on each pair, if it takes nothing back."""
    last = {frozenset((d.left, d.right)): d for d in decisions}
    return [d for d in last.values() if d.decision != "undone"]


@settings(max_examples=60, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_decisions_in_any_order_and_undone_are_as_from_scratch(case, random):
    named, verdicts = case
    decisions = [row(*v) for v in verdicts]
    shuffled: list[Decision] = []
    queues = defaultdict(list)
    for d in decisions:
        queues[frozenset((d.left, d.right))].append(d)
    pairs = [pair for pair, rows in queues.items() for _ in rows]
    random.shuffle(pairs)
    for pair in pairs:
        shuffled.append(queues[pair].pop(0))
    first = solve(*made(named), decisions=tuple(decisions))
    assert partition(first) == partition(solve(*made(named), decisions=tuple(shuffled)))
    assert partition(first) == partition(solve(*made(named), decisions=tuple(standing(decisions))))


@settings(max_examples=60, deadline=None)
@given(cases())
def test_different_is_never_violated(case):
    named, verdicts = case
    decisions = [row(*v) for v in verdicts]
    documents = made(named)
    found = solve(*documents, decisions=tuple(decisions))
    after = partition(found)
    where = {}
    for document in documents:
        for statement in document.statements:
            where[statement.subject.id] = after[statement.id, "subject"]
    for d in standing(decisions):
        if d.decision == "different" and d.left != d.right and d.left in where and d.right in where:
            assert where[d.left] != where[d.right]


@settings(max_examples=60, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_documents_and_entities_does_not_matter(case, random):
    named, verdicts = case
    documents = made(named)
    decisions = tuple(row(*v) for v in verdicts)
    first = solve(*documents, decisions=decisions)
    extractions = [d.done() for d in documents]
    random.shuffle(extractions)
    turned = [type(e)(source=e.source, entities=e.entities[::-1], statements=e.statements[::-1]) for e in extractions]
    sources = tuple(Source(id=d.source) for d in reversed(documents))
    assert resolve(curated=(), statements=(), extractions=turned, decisions=decisions, sources=sources) == first


@settings(max_examples=60, deadline=None)
@given(cases())
def test_merging_changes_no_statement_but_who_is_meant(case):
    named, verdicts = case
    documents = made(named)
    found = solve(*documents, decisions=tuple(row(*v) for v in verdicts))
    before = sorted((s.id, s.subject.mention, s.start, s.end) for d in documents for s in d.statements)
    assert sorted((s.id, s.subject.mention, s.start, s.end) for s in found.statements) == before
    assert {s.subject.id for s in found.statements} <= {e.id for e in found.entities}
    assert len({e.id for e in found.entities}) == len(found.entities)


def test_different_wins_over_a_chain_of_sames():
    named = [["Ana Lima"], ["Bo Chen"], ["Cy Diaz"]]
    chain = (row("same", (0, "Ana Lima"), (1, "Bo Chen")), row("same", (1, "Bo Chen"), (2, "Cy Diaz")))
    assert len(solve(*made(named), decisions=chain).entities) == 1
    found = solve(*made(named), decisions=(row("different", (0, "Ana Lima"), (2, "Cy Diaz")), *chain))
    assert len(found.entities) == 3
    assert len([n for n in found.notes if n.kind == "stale decision"]) == 2
