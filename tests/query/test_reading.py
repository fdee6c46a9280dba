"""Somebody shown, two linked, two exports compared: each answer with the words it rests on."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import ExportError, UsageError
from graph.model import Stance
from graph.query import diff, entity, paths
from tests.query.harbour_case import harbour_case, statement, write


def ids(statements):
    return sorted(told.id for told in statements)


def test_somebody_is_shown_with_every_statement_about_them_and_by_them(harbour):
    shown = entity.show(harbour, "la ruiz")
    assert (shown.name, shown.type, shown.aliases) == ("Ana Ruiz", "person", ("Anna Ruiz", "La Ruiz"))
    assert ids(shown.about) == ["st-age-1", "st-age-2", "st-arrest", "st-denial", "st-help", "st-report"]
    assert ids(entity.show(harbour, "irma vale").says) == ["st-denial"]
    assert ids(entity.show(harbour, "relatives").says) == ["st-arrest", "st-beating"]
    text = entity.to_text(shown, 80)
    assert "“the police had taken her”" in text
    assert "ALLEGED by Relatives of Ana Ruiz, April 2020, at North Quay — news, paragraph 1 [st-arrest]" in " ".join(text.split())
    assert "DENIED by Irma Vale" in text


def test_a_place_is_shown_with_what_happened_there_and_its_coordinates(harbour):
    shown = entity.show(harbour, "Port Solen")
    assert ids(shown.about) == ["st-quay", "st-report"]
    assert ("latitude", "10.5") in shown.details


def test_nothing_that_drives_a_terminal_is_shown(harbour):
    text = entity.to_text(entity.show(harbour, "Ana Rojas"), 80)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "red =1+1" in text


@pytest.mark.parametrize(("name", "message"), [("ana", "Ana Rojas.*Ana Ruiz"), ("anna ruis", "nearest.*Ana Ruiz"), ("zzzz", "Nothing is called"), ("", "Nothing is called")])
def test_a_name_of_several_or_nobody_lists_who_may_be_meant(harbour, name, message):
    with pytest.raises(UsageError, match=f"(?s){message}"):
        entity.show(harbour, name)


@pytest.mark.parametrize("name", ["jose nunez", "JOSÉ NÚÑEZ", "núñez", "Nunez", "jos nu", "person/jose-nunez", "https://harbour.example/entity/person/jose-nunez"])
def test_case_accents_and_parts_of_a_name_do_not_matter(harbour, name):
    assert entity.show(harbour, name).id == "person/jose-nunez"


def test_a_full_name_wins_over_a_longer_one_that_holds_it(harbour):
    assert entity.show(harbour, "ana ruiz").id == "person/ana-ruiz"


def test_a_path_is_the_shortest_chain_and_each_step_has_its_words(harbour):
    [chain] = paths.between(harbour, "irma vale", "nunez")
    assert [(step.left, step.right) for step in chain] == [
        ("Irma Vale", "Harbour Police"), ("Harbour Police", "City Guard"), ("City Guard", "Tomas Lind"), ("Tomas Lind", "José Núñez")]
    assert [ids(step.statements) for step in chain] == [["st-chief"], ["st-unit"], ["st-member"], ["st-beating"]]
    text = paths.to_text((chain,), 100)
    assert text.startswith("1. Irma Vale — Harbour Police — City Guard — Tomas Lind — José Núñez")
    assert "“a guard beat him”" in text


def test_a_path_is_the_same_from_both_ends(harbour):
    there, back = paths.between(harbour, "irma vale", "nunez"), paths.between(harbour, "nunez", "irma vale")
    assert [step.statements for step in there[0]] == [step.statements for step in reversed(back[0])]


def test_what_is_only_denied_links_nobody(tmp_path):
    export = write(harbour_case((statement("1", "person/ana-ruiz", "contacted", "person/guard", "denied"),)), tmp_path)
    assert paths.between(export, "ana ruiz", "lind") == ()


def test_two_to_whom_nobody_named_did_something_are_not_linked_by_that(tmp_path):
    export = write(harbour_case((statement("1", None, "released", "person/ana-ruiz"), statement("2", None, "released", "person/guard"))), tmp_path)
    assert paths.to_text(paths.between(export, "ana ruiz", "lind")) == "Nothing links the two.\n"


def test_somebody_is_not_linked_with_themselves(harbour):
    with pytest.raises(UsageError, match="the same"):
        paths.between(harbour, "ana ruiz", "la ruiz")


def test_of_many_shortest_chains_a_few_are_shown_always_the_same(tmp_path):
    middle = ["organization/harbour-police", "organization/city-guard", "official/chief", "person/guard", "organization/rights-watchers"]
    export = write(harbour_case(tuple(
        statement(f"{n}-{side}", who, "contacted", end) for n, who in enumerate(middle) for side, end in enumerate(("person/ana-ruiz", "person/jose-nunez"))
    )), tmp_path)
    chains = paths.between(export, "ana ruiz", "nunez", at_most=2)
    assert len(chains) == 2
    assert chains == paths.between(export, "ana ruiz", "nunez", at_most=2)


def test_two_exports_differ_in_what_came_went_and_changed(harbour, tmp_path):
    told = harbour_case().statements
    came = statement("new", "person/guard", "contacted", "person/ana-ruiz", quote="Lind called")
    changed = (came, *(replace(s, stance=Stance.asserted, quote="they took her") if s.id == "st-arrest" else s for s in told if s.id != "st-help"))
    found = diff.between(harbour, write(harbour_case(changed), tmp_path))
    assert (ids(found.came), ids(found.went), ids(c.now for c in found.changed)) == (["st-new"], ["st-help"], ["st-arrest"])
    fields = {name: (before, after) for name, before, after in found.changed[0].fields}
    assert fields["quote"] == (('"the police had taken her"',), ('"they took her"',))
    assert [end.rsplit("#")[-1] for side in fields["stance"] for end in side] == ["alleged>", "asserted>"]
    text = diff.to_text(found, 100)
    assert text.startswith("1 came, 1 went, 1 changed;")
    assert "+ “Lind called”" in text
    assert "- “the Watchers found her a lawyer”" in text


def test_an_export_does_not_differ_from_itself(harbour):
    assert diff.between(harbour, harbour) == diff.Diff((), (), (), 0)


def test_what_came_one_way_went_the_other(harbour, tmp_path):
    export = write(harbour_case(harbour_case().statements[:5]), tmp_path)
    there, back = diff.between(harbour, export), diff.between(export, harbour)
    assert (there.came, there.went) == (back.went, back.came)
    assert there.went


@settings(max_examples=100)
@given(st.sets(st.binary(min_size=1, max_size=3)), st.sets(st.binary(min_size=1, max_size=3)))
def test_merging_sorted_lines_gives_the_symmetric_difference(left, right):
    found = list(diff._differing(iter(sorted(left)), iter(sorted(right))))
    assert {line for side, line in found if side == 0} == left - right
    assert {line for side, line in found if side == 1} == right - left


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=12))
def test_any_text_for_a_name_is_an_entity_or_one_clear_error(harbour, text):
    with contextlib.suppress(UsageError):
        assert entity.names.entity(harbour, text).iri


def test_a_folder_that_is_no_export_is_named(harbour, tmp_path):
    for ask in (lambda: diff.between(harbour, tmp_path), lambda: entity.show(tmp_path, "x"), lambda: paths.between(tmp_path, "x", "y")):
        with pytest.raises(ExportError, match="no export"):
            ask()
