"""One person is one node, two people are two, and nothing that was written changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model import Decision, EntityType, Participant, Source, Stance, Value
from graph.resolution import resolve
from graph.resolution.claims import claims
from tests.resolution.cases import Report, curated, ids, solve


def report(source: str, *names: str, type_: str = "person") -> Report:
    made = Report(source)
    for name in names:
        made.say(made.name(name, type_=type_), "age", Value("30"))
    return made


def test_the_same_full_name_in_two_documents_is_one_person():
    assert ids(solve(report("a", "Tamar Osei"), report("b", "Tamar Osei"))) == ["person/tamar-osei"]


def test_a_surname_means_the_one_full_name_of_its_document():
    found = solve(report("a", "Tamar Osei", "Osei"), report("b", "Kofi Osei", "Osei"))
    assert ids(found) == ["person/kofi-osei", "person/tamar-osei"]


def test_a_surname_that_two_could_mean_stays_apart():
    assert len(ids(solve(report("a", "Tamar Osei"), report("b", "Kofi Osei"), report("c", "Osei")))) == 3


def test_the_same_lone_surname_in_two_documents_is_two():
    assert len(ids(solve(report("a", "Osei"), report("b", "Osei")))) == 2


def test_a_description_is_told_apart_by_its_document():
    assert len(ids(solve(report("a", "local police", type_="organization"), report("b", "local police", type_="organization")))) == 2


def test_a_curated_alias_joins_and_the_curated_id_stays():
    river = curated("River Watch", "RW", type_="organization")
    found = solve(report("a", "RW", type_="organization"), report("b", "the River Watch", type_="organization"), curated=(river,))
    assert ids(found) == ["organization/river-watch"]
    assert all(s.subject.name == "River Watch" for s in found.statements)


def test_two_entities_of_the_tables_stay_two_whatever_their_names():
    found = solve(curated=(curated("Ana Lima"), curated("Lima Ana", "Ana Lima")))
    assert len(ids(found)) == 2


def test_an_official_and_a_person_of_one_name_are_one_official():
    found = solve(report("a", "Tamar Osei"), report("b", "Tamar Osei", type_="official"))
    assert ids(found) == ["official/tamar-osei"]


def test_what_no_statement_touches_is_dropped_unless_a_table_lists_it():
    made = report("a", "Tamar Osei")
    made.name("Nobody Here")
    assert ids(solve(made, curated=(curated("Ana Lima"),))) == ["person/ana-lima", "person/tamar-osei"]


def test_mention_and_span_stay_as_written():
    made = Report("a")
    told = made.say("Osei", "detained", "Tamar Osei")
    (after,) = solve(made).statements
    assert (after.id, after.subject.mention, after.quote) == (told.id, "Osei", told.quote)
    assert after.subject.name == "Tamar Osei"


def test_decisions_join_and_part_and_can_be_taken_back():
    reports = [report("a", "Tamar Osei"), report("b", "Mother Tamar")]
    same = Decision(decision="same", left="Tamar Osei", right="person/mother-tamar")
    assert len(ids(solve(*reports))) == 2
    assert len(ids(solve(*reports, decisions=(same,)))) == 1
    undone = Decision(decision="undone", left="person/mother-tamar", right="Tamar Osei")
    assert len(ids(solve(*reports, decisions=(same, undone)))) == 2


def test_namesakes_that_are_different_are_named_by_their_documents():
    different = Decision(decision="different", left="a#tamar-osei", right="b#tamar-osei")
    found = solve(report("a", "Tamar Osei"), report("b", "Tamar Osei"), decisions=(different,))
    assert ids(found) == ["person/tamar-osei", "person/tamar-osei-b"]


def test_a_decision_that_no_longer_applies_is_reported():
    gone = Decision(decision="same", left="Nobody", right="Tamar Osei", by="M.")
    lost = Decision(decision="rejected", left="st-none")
    notes = [n.message for n in solve(report("a", "Tamar Osei"), decisions=(gone, lost)).notes if n.kind == "stale decision"]
    assert len(notes) == 2
    assert "'Nobody'" in notes[1]
    assert "st-none" in notes[0]


def test_a_rejected_statement_is_marked_and_makes_no_claim():
    made = report("a", "Tamar Osei")
    found = solve(made, decisions=(Decision(decision="rejected", left=made.statements[0].id),))
    assert [s.decision for s in found.statements] == ["rejected"]
    assert found.claims == ()


def test_two_outlets_that_quote_one_body_are_one_speaker():
    one, two, three = Report("a"), Report("b"), Report("c")
    for made in (one, two):
        made.say("Ana Lima", "detained", "Tamar Osei", stance=Stance.alleged, speaker=made.name("River Watch", type_="organization"))
    three.say("Ana Lima", "detained", "Tamar Osei", stance=Stance.denied)
    (claim,) = solve(one, two, three, a="Morning Post", b="Evening Post").claims
    assert (claim.speakers, claim.contested, len(claim.statements)) == (1, True, 3)
    two.say("Ana Lima", "detained", "Tamar Osei")
    (claim,) = solve(one, two, three, a="Morning Post", b="Evening Post").claims
    assert claim.speakers == 2


def test_who_says_it_only_in_a_doubtful_statement_is_no_speaker_until_it_is_accepted():
    one, two = Report("a"), Report("b")
    one.say("Ana Lima", "detained", "Tamar Osei")
    doubtful = two.say("Ana Lima", "detained", "Tamar Osei", doubts=("who “she” is",))
    assert [c.speakers for c in solve(one, two, a="Morning Post", b="Evening Post").claims] == [1]
    assert [c.speakers for c in solve(two, b="Evening Post").claims] == [0]
    accepted = (Decision(decision="accepted", left=doubtful.id),)
    assert [c.speakers for c in solve(one, two, decisions=accepted, a="Morning Post", b="Evening Post").claims] == [2]


@pytest.mark.parametrize(("speakers", "count"), [
    ((("River Watch", "organization"), ("the opposition group", "organization")), 1),
    ((("River Watch", "organization"), ("Rights charity", "organization")), 1),
    ((("a spokesman", "person"), ("the group", "organization")), 1),
    ((("River Watch", "organization"), ("residents", "group")), 2),
    ((("River Watch", "organization"), ("Kofi Osei", "person")), 2),
])
def test_a_speaker_without_a_name_may_be_any_that_is_named_and_is_no_further_voice(speakers, count):
    reports = [Report("a"), Report("b")]
    for report, (name, kind) in zip(reports, speakers, strict=True):
        report.say("Bo Chen", "detained", "Ana Lima", speaker=report.name(name, type_=kind))
    (claim,) = solve(*reports).claims
    assert claim.speakers == count


def test_a_headline_does_not_say_how_a_name_is_written():
    first, second = Report("a"), Report("b")
    first.say(first.name("Zubrovian Authorities", type_="organization"), "detained", "Ana Lima")
    second.say(second.name("Zubrovian authorities", type_="organization"), "detained", "Ana Lima")
    assert "Zubrovian authorities" in {e.name for e in solve(first, second).entities}


def test_one_writer_of_several_notes_is_one_voice():
    made = [Report("a"), Report("b")]
    for one in made:
        one.say("Ana Lima", "detained", "Tamar Osei")
    found = resolve(curated=(), statements=(), extractions=[r.done() for r in made], decisions=(), sources=(Source(id="a", author="M."), Source(id="b", author="M.")))
    assert [c.speakers for c in found.claims] == [1]


def test_a_body_and_who_works_for_it_are_one_voice():
    made = Report("a")
    watch = made.name("River Watch", type_="organization")
    made.say("Bo Chen", "works_for", watch)
    made.say("Ana Lima", "detained", "Tamar Osei", speaker=watch)
    made.say("Ana Lima", "detained", "Tamar Osei", speaker=made.name("Bo Chen"))
    found = solve(made)
    assert [c.speakers for c in found.claims if c.relation == "detained"] == [1]

@pytest.mark.parametrize(("retells", "speakers"), [((), 2), (("a",), 1), (("a", "c"), 1)])
def test_notes_on_a_source_are_no_second_speaker(retells, speakers):
    one, two = Report("a"), Report("b")
    for made in (one, two):
        made.say("Ana Lima", "detained", "Tamar Osei")
    sources = (Source(id="a", publisher="Morning Post"), Source(id="b", retells=retells), Source(id="c"))
    (claim,) = claims([*solve(one, two).statements], (), sources)
    assert claim.speakers == speakers


@pytest.mark.parametrize(("words", "speaker", "speakers"), [
    ("Bo Chen detained Ana Lima at the harbour gate on Monday night", None, 1),
    ("Bo Chen detained Ana Lima at the harbour gate on Monday night", "c", 1),  # then somebody is quoted, and is the voice
    ("Bo Chen detained Ana Lima", None, 2),
])
def test_one_text_in_two_files_is_one_voice(words, speaker, speakers):
    def said(source):
        who = Participant(id="person/c", name="Cy Dahl", type=EntityType.person) if speaker else None
        one = solve(report(source)).statements[0]
        return replace(one, id=f"st-{source}", source=source, quote=words, speaker=who)

    def report(source):
        made = Report(source)
        made.say("Bo Chen", "detained", "Ana Lima")
        return made

    (claim,) = claims([said("a"), said("b")], (), (Source(id="a", publisher="Morning Post"), Source(id="b", publisher="Evening Star")))
    assert claim.speakers == speakers


def test_a_text_that_stands_in_two_files_is_said_to():
    made = [Report("a"), Report("b")]
    for one in made:
        one.say("Bo Chen", "detained", "Ana Lima")
    done = [replace(e, statements=tuple(replace(s, quote="Bo Chen detained Ana Lima at the harbour gate on Monday") for s in e.statements)) for e in (r.done() for r in made)]
    found = resolve(curated=(), statements=(), extractions=done, decisions=(), sources=(Source(id="a"), Source(id="b")))
    assert [(n.source, n.message) for n in found.notes if n.kind == "copy"] == [("b", "has sentences of a word for word.")]
