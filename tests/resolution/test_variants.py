"""Names that are alike: joined, asked about or kept apart by name and evidence together."""

from __future__ import annotations

import pytest

from graph.model import Source, Value
from graph.resolution import resolve
from tests.resolution.cases import Report, curated, ids, solve


def told(source: str, *names: str, type_: str = "person") -> Report:
    report = Report(source)
    for name in names:
        report.say(report.name(name, type_=type_), "position", Value("someone"))
    return report


def asked(found) -> list[tuple[str, ...]]:
    return [q.names for q in found.questions if q.right]


@pytest.mark.parametrize(("one", "other"), [
    ("Salman Tsokaev", "Salman Tsokayev"), ("Салман Цокаев", "Salman Tsokaev"), ("Şükrü Yılmaz", "Sukru Yilmaz"), ("Dr. Ana Lima", "Ana Lima"),
    ("Gholam-Reza Karimi", "Gholamreza Karimi"), ("Lima, Ana", "Ana Lima"),
])
def test_spellings_of_one_name_in_two_documents_are_one_person(one, other):
    assert len(ids(solve(told("a", one), told("b", other)))) == 1


@pytest.mark.parametrize(("one", "other"), [
    ("Salman Tsokaev", "Salman Tsokaeva"), ("Salman Tsokaev", "Ruslan Tsokaev"), ("S. Tsokaev", "R. Tsokaev"), ("Ana Lima", "Ana Lopes"),
    ("Ivan Petrovich Sukhov", "Ivan Pavlovich Sukhov"),
])
def test_relatives_and_others_are_neither_joined_nor_asked_about(one, other):
    found = solve(told("a", one), told("b", other))
    assert len(ids(found)) == 2
    assert asked(found) == []


def test_a_slip_is_a_question_until_company_place_and_office_speak_for_it():
    def report(source: str, name: str, *, known: bool) -> Report:
        made = Report(source)
        if known:
            for other in ("Bo Chen", "Cy Diaz"):
                made.say(other, "contacted", name, place=made.name("Novy Yurt", type_="place"))
        made.say(name, "position", Value("judge" if known else "poet"))
        return made

    alone = solve(report("a", "Zarema Betirova", known=True), report("b", "Zarema Betitova", known=False))
    assert asked(alone) == [("Zarema Betirova", "Zarema Betitova")]
    together = solve(report("a", "Zarema Betirova", known=True), report("b", "Zarema Betitova", known=True))
    assert [i for i in ids(together) if "zarema" in i] == ["person/zarema-betirova"]


def test_two_who_meet_in_a_statement_are_never_joined_by_themselves():
    made = Report("a")
    made.say("Salman Tsokaev", "contacted", "Salman Tsokayev")
    found = solve(made)
    assert len(ids(found)) == 2


def test_namesakes_of_other_ages_stay_two_and_are_asked_about():
    one, other = Report("a"), Report("b")
    one.say("Ana Lima", "age", Value("20"))
    other.say("Ana Lima", "age", Value("61"))
    found = resolve(curated=(), statements=(), extractions=[one.done(), other.done()], decisions=(),
                    sources=(Source(id="a", published="2021"), Source(id="b", published="2022")))
    assert len(found.entities) == 2


def test_a_look_alike_letter_is_a_question():
    found = solve(told("a", "Karen Hollis"), told("b", "Kаren Hollis"))
    assert len(ids(found)) == 2
    assert "letters of two scripts in one word" in found.questions[0].reasons


def test_a_surname_alone_in_another_document_is_a_question_not_a_person():
    found = solve(told("a", "Salman Tsokaev"), told("b", "Tsokaev"))
    assert len(ids(found)) == 2
    assert asked(found) == [("Salman Tsokaev", "Tsokaev")]


def test_an_initial_means_the_full_name_of_its_document_only():
    assert len(ids(solve(told("a", "Salman Tsokaev", "S. Tsokaev")))) == 1
    assert len(ids(solve(told("a", "S. Tsokaev"), told("b", "S. Tsokaev")))) == 2


def test_a_surname_with_two_letters_swapped_means_the_full_name_of_its_document():
    assert ids(solve(told("a", "Salman Tsokaev", "Tsokave"))) == ["person/salman-tsokaev"]


def test_an_acronym_means_the_long_name_of_its_document_and_is_a_question_elsewhere():
    assert len(ids(solve(told("a", "Harbour Rights Watch", "HRW", type_="organization")))) == 1
    found = solve(told("a", "Harbour Rights Watch", type_="organization"), told("b", "HRW", type_="organization"))
    assert len(ids(found)) == 2
    assert len(asked(found)) == 1


def test_a_name_that_is_like_two_who_are_not_one_joins_neither():
    found = solve(told("a", "Ivan Petrovich Sukhov"), told("b", "Ivan Pavlovich Sukhov"), told("c", "Ivan Sukhov"))
    assert len(ids(found)) == 3
    assert len(asked(found)) == 2


def test_a_body_and_a_person_of_one_name_are_two():
    assert len(ids(solve(told("a", "Meridian"), told("b", "Meridian", type_="organization")))) == 2


def test_a_curated_entity_keeps_its_name_and_gains_the_spelling():
    found = solve(told("a", "Salman Tsokayev"), curated=(curated("Salman Tsokaev"),))
    assert [(e.id, e.aliases) for e in found.entities] == [("person/salman-tsokaev", ("Salman Tsokayev",))]


def test_an_answer_to_every_question_leaves_none_open():
    from graph.model import Decision

    reports = [told("a", "Zarema Betirova"), told("b", "Zarema Betitova"), told("c", "Tsokaev"), told("d", "Salman Tsokaev")]
    first = solve(*reports)
    assert len(first.questions) == 2
    for verdict, left in (("same", 2), ("different", 4)):
        again = solve(*reports, decisions=tuple(Decision(decision=verdict, left=q.left, right=q.right) for q in first.questions))
        assert again.questions == ()
        assert len(again.entities) == left


@pytest.mark.parametrize("description", ["her husband", "a colleague", "The lawyer", "wife of Bo Chen", "Auditor-General", "We"])
def test_who_is_only_described_is_another_in_each_document(description):
    one, other = (Report(source) for source in "ab")
    one.say(one.name("Ana Lima", description), "position", Value("judge"))
    other.say(other.name("Kofi Osei", description), "position", Value("poet"))
    other.say(other.name("Somebody Else"), "contacted", other.name(description))
    third = told("c", description)
    names = [e.name for e in solve(one, other, third).entities]
    assert {"Ana Lima", "Kofi Osei"} <= set(names)


def test_a_supreme_court_is_that_of_its_country():
    def story(source: str, person: str, town: str) -> Report:
        made = Report(source)
        made.say(made.name("Supreme Court", type_="organization"), "released", person, place=made.name(town, type_="place"))
        return made

    apart = solve(story("a", "Ana Lima", "Novy Yurt"), story("b", "Kofi Osei", "Stary Brod"))
    assert len([i for i in ids(apart) if "supreme-court" in i]) == 2
    together = solve(story("a", "Ana Lima", "Novy Yurt"), story("b", "Ana Lima", "Stary Brod"))
    assert [i for i in ids(together) if "supreme-court" in i] == ["organization/supreme-court"]


def test_a_capital_that_stands_for_its_country_stays_a_town():
    one = Report("a")
    one.say(one.name("Zubrovia", "Brodgrad", type_="place"), "sanctioned", "Ana Lima")
    assert len(ids(solve(one, told("b", "Brodgrad", type_="place"), told("c", "Zubrovia", type_="place")))) == 3


@pytest.mark.parametrize("name", ["Chechen authorities", "harbour guards of Novy Yurt", "Supreme Court"])
def test_what_a_table_lists_is_one_in_every_document(name):
    listed = curated(name, type_="organization")
    found = solve(told("a", name, type_="organization"), told("b", name, type_="organization"), curated=(listed,))
    assert ids(found) == [listed.id]


@pytest.mark.parametrize("name", ["Chechen authorities", "Uzbek police", "Guatemalan prosecutors"])
def test_the_authorities_of_a_people_are_one_in_every_document(name):
    assert len(ids(solve(told("a", name, type_="organization"), told("b", name, type_="organization")))) == 1


def test_a_republic_and_its_short_name_are_a_question_and_a_district_is_another_place():
    def between(one: str, other: str) -> list[tuple[str, ...]]:
        return asked(solve(told("a", one, type_="place"), told("b", other, type_="place")))

    assert between("Zubrovia", "Republic of Zubrovia") == [("Zubrovia", "Republic of Zubrovia")]
    assert len(between("Zubrovia", "Zubrovian Republic")) == 1
    assert between("Zubrovia", "Zubrovia District") == []
