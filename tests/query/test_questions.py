"""The saved questions: on a fictional case each gives what it was made to hold; on the sample case what its sources say."""

from __future__ import annotations

import pytest
from rdflib import Graph

from graph.errors import QueryError, UsageError
from graph.query import asking, engine, questions

NEEDED = {
    "about": {"entity": "Ana Ruiz"}, "done-to": {"entity": "Ana Ruiz"}, "timeline": {"entity": "Ana Ruiz"}, "by-stance": {"stance": "denied"},
    "said-by": {"speaker": "Irma Vale"}, "officials-of-place": {"place": "Port Solen"}, "words": {"text": "POLICE"},
    "links": {"first": "Irma Vale", "second": "City Guard"},
}
"""A value for each parameter that a question must have."""

EXPECTED = {
    "about": {"st-arrest", "st-denial", "st-report", "st-help", "st-age-1", "st-age-2"},
    "by-stance": {"st-denial"},
    "command-responsibility": {"st-arrest", "st-report", "st-denial", "st-beating", "st-doubt"},
    "contradictions": {"st-arrest", "st-report"},
    "custody": {"st-arrest", "st-denial", "st-report", "st-nobody"},
    "denied": {"st-denial"},
    "disagreements": {"st-arrest", "st-report", "st-age-1"},
    "done-to": {"st-arrest", "st-denial", "st-report", "st-help"},
    "doubtful": {"st-doubt"},
    "links": {"st-chief"},
    "nobody-named": {"st-nobody"},
    "officials": {"st-chief"},
    "officials-of-place": set(),
    "one-speaker": {"st-unit", "st-member", "st-chief", "st-beating", "st-nobody", "st-quay", "st-help", "st-age-1", "st-age-2", "st-formula"},
    "only-one-source": {"st-unit", "st-member", "st-chief", "st-beating", "st-nobody", "st-quay", "st-help", "st-doubt", "st-age-1", "st-age-2", "st-formula"},
    "said-by": {"st-denial"},
    "timeline": {"st-arrest", "st-report", "st-help"},
    "where": {"st-quay"},
    "who-detained": {"st-arrest", "st-denial", "st-report"},
    "who-helped": {"st-help"},
    "words": {"st-arrest", "st-report", "st-unit", "st-chief"},
}


def rows(export, name, **given):
    return asking.answer(export, name, given).dicts()


def ids(found):
    """The statements of an answer, by whatever column it has them in."""
    return {row[name].rsplit("/", 1)[-1] for row in found for name in ("statement", "one", "harm") if row.get(name)}


def test_there_are_at_least_sixteen_and_each_is_expected_here():
    counted = {"sources", "speakers"}
    assert len(questions.saved()) >= 16
    assert set(questions.saved()) == set(EXPECTED) | counted


@pytest.mark.parametrize("name", EXPECTED)
def test_each_question_gives_the_statements_it_is_for(harbour, name):
    assert ids(rows(harbour, name, **NEEDED.get(name, {}))) == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(questions.saved()))
def test_every_question_is_described_and_every_answer_has_its_words_and_who_says_so(harbour, name):
    question = questions.saved()[name]
    assert question.title
    assert question.description
    assert all(p.meaning for p in question.parameters)
    found = asking.answer(harbour, name, NEEDED.get(name, {}))
    if name != "sources":
        assert any("words" in column for column in found.variables)
        assert any("say" in column or "said" in column for column in found.variables)
        assert any("source" in column for column in found.variables)
        assert any("stance" in column or "asserted" in column for column in found.variables)


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(questions.saved()))
def test_a_question_is_a_query_for_any_engine_as_it_is(harbour, name):
    """Nothing but the file is needed: rdflib gives the same rows, with every parameter left open."""
    text = questions.saved()[name].query
    ours = sorted([term.value if term else "" for term in row] for row in engine.run(harbour, text).rows)
    theirs = sorted(["" if term is None else str(term) for term in row] for row in Graph().parse(harbour / "graph.nt").query(text))
    assert ours == theirs


def test_what_one_side_says_stands_beside_what_the_other_says(harbour):
    found = {(r["one_says"], r["one_stance"], r["one_words"], r["other_says"], r["other_words"]) for r in rows(harbour, "contradictions")}
    assert found == {
        ("Relatives of Ana Ruiz", "alleged", "the police had taken her", "Irma Vale", "we never held her"),
        ("paper", "asserted", "police arrested Ruiz in May", "Irma Vale", "we never held her"),
    }


def test_disagreements_say_what_differs(harbour):
    found = sorted((r["differ"], r["one_is"], r["other_is"]) for r in rows(harbour, "disagreements"))
    assert ("time", "2020-04", "2020-05") in found
    assert {what for what, _, _ in found} == {"age", "stance", "time"}, "a quay of the port is no other place than the port"


def test_command_goes_from_the_leader_of_the_body_down_to_who_did_it(harbour):
    [beating] = rows(harbour, "command-responsibility", victim="nunez")
    assert (beating["leader_name"], beating["of"], beating["who"], beating["did"], beating["to"], beating["stance"]) == (
        "Irma Vale", "Harbour Police", "Tomas Lind", "tortured", "José Núñez", "alleged")
    assert (beating["leads_words"], beating["harm_words"]) == ("Vale, the head of the Harbour Police", "a guard beat him")


def test_links_are_direct_or_through_one_other_and_no_more(harbour):
    direct = rows(harbour, "links", first="Irma Vale", second="Harbour Police")
    assert [(r["one"].rsplit("/", 1)[-1], r["two"], r["then_who"]) for r in direct] == [("st-chief", "", "")]
    [through] = rows(harbour, "links", first="Irma Vale", second="City Guard")
    assert (through["who"], through["did"], through["to"], through["one_words"]) == ("Irma Vale", "leads", "Harbour Police", "Vale, the head of the Harbour Police")
    assert (through["then_who"], through["then_did"], through["then_to"], through["two_words"]) == (
        "City Guard", "is part of", "Harbour Police", "the City Guard, a unit of the Harbour Police")


def test_a_speaker_is_found_as_speaker_as_subject_as_relay_and_as_publisher(harbour):
    assert {(r["as"], r["statement"].rsplit("-", 1)[-1]) for r in rows(harbour, "said-by", speaker="relatives")} == {
        ("speaker", "arrest"), ("relayed", "beating")}
    assert {r["as"] for r in rows(harbour, "said-by", speaker="ana rojas")} == {"subject"}


@pytest.mark.parametrize("name", sorted(set(EXPECTED) - {"doubtful"}))
def test_what_is_doubtful_is_marked_in_every_answer(harbour, name):
    found = asking.answer(harbour, name, NEEDED.get(name, {}))
    alone = "statement" if "statement" in found.variables else "harm"
    marks = {c: {"doubtful": alone, "leads_doubtful": "lead"}.get(c, c.removesuffix("_doubtful")) for c in found.variables if c.endswith("doubtful")}
    assert len(marks) == sum(c.endswith("stance") for c in found.variables) > 0
    for row in found.dicts():
        for column, statement in marks.items():
            assert row[column] == ("doubtful" if row[statement].endswith("st-doubt") else "")


def test_what_is_doubtful_is_counted_of_each_source_and_speaker(harbour):
    assert {r["source"]: r["doubtful"] for r in rows(harbour, "sources")} == {"news": "1", "paper": "0"}
    assert {r["doubtful"] for r in rows(harbour, "speakers")} == {"0"}


def test_a_timeline_can_begin_and_end(harbour):
    assert ids(rows(harbour, "timeline", entity="Ana Ruiz", since="2020-05-01")) == {"st-report", "st-help"}
    assert ids(rows(harbour, "timeline", entity="Ana Ruiz", until="2020-05-15")) == {"st-arrest", "st-report"}


def test_speakers_are_counted_by_whom_they_speak_about(harbour):
    found = {(r["said_by"], r["about"]): (r["statements"], r["alleged"], r["denied"], r["words"]) for r in rows(harbour, "speakers")}
    assert found[("Irma Vale", "Ana Ruiz")] == ("1", "0", "1", "we never held her")
    assert found[("Rights Watchers", "José Núñez")] == ("1", "1", "0", "a guard beat him")


@pytest.mark.parametrize(("name", "given", "message"), [
    ("who-detained", {"person": "ana r"}, "may be 2"),
    ("who-detained", {"person": "nobody at all"}, "Nothing is called"),
    ("who-detained", {"who": "x"}, "no parameter who"),
    ("about", {}, "needs entity"),
    ("denied", {"x": "y"}, "no parameter x"),
    ("by-stance", {"stance": "maybe"}, "asserted, alleged, denied"),
    ("timeline", {"entity": "Ana Ruiz", "since": "May 2020"}, "2021-02-04"),
    ("done-to", {"entity": "Ana Ruiz", "relation": "hugged"}, "relation"),
    ("who-detaind", {}, "who-detained"),
    ("nothing.rq", {}, "no file"),
])
def test_wrong_use_says_what_would_be_right(harbour, name, given, message):
    with pytest.raises(UsageError, match=message):
        asking.answer(harbour, name, given)


def test_a_relation_is_found_by_its_label_or_id(harbour):
    for word in ("detained", "Detained"):
        assert ids(rows(harbour, "done-to", entity="Ana Ruiz", relation=word)) == {"st-arrest", "st-denial", "st-report"}


def test_a_question_of_ones_own_declares_its_parameters(harbour, tmp_path):
    file = tmp_path / "mine.rq"
    file.write_text("# title: Mine\n# parameter person as who: person; who\n\nSELECT ?s { VALUES ?who { UNDEF } ?s rdf:object ?who }\n", "utf-8")
    assert len(rows(harbour, str(file), person="núñez")) == 2


@pytest.mark.parametrize("line", ["# parameter x: nothing; y", "# parameter X Y: person; y", "# parameter x: person, maybe; y"])
def test_a_parameter_that_is_declared_wrongly_is_named(line):
    with pytest.raises(QueryError, match="write a parameter as"):
        questions.parse("mine", f"{line}\nSELECT * {{}}")


def test_values_are_given_once_and_with_a_value():
    assert asking.pairs(["a=b", " c = d=e "]) == {"a": "b", "c": "d=e"}
    for wrong in (["a"], ["=b"], ["a="], ["a=1", "a=2"]):
        with pytest.raises(UsageError):
            asking.pairs(wrong)


def test_the_list_of_questions_names_each_with_its_use():
    text = asking.listing(80)
    assert all(name in text for name in questions.saved())
    assert "who-detained  [--set person=…]" in text
    assert "about  --set entity=…" in text


@pytest.mark.parametrize(("form", "query"), [("turtle", "denied"), ("csv", "CONSTRUCT WHERE { ?s ?p ?o }"), ("pdf", "denied")])
def test_a_form_that_does_not_fit_the_answer_says_which_do(harbour, form, query):
    with pytest.raises(UsageError):
        asking.ask(harbour, query, {}, form)


# The sample case: what the rows of seeds/statements.csv say, written out by hand.

NETWORK = "Russian LGBT Network"


def told(found, *columns):
    return {tuple(row[c] for c in columns) for row in found}


def test_sample_who_detained_isayev_and_who_says_so(sample):
    """Ten rows: six bodies and two nobodies, in three articles and the notes on them."""
    found = rows(sample, "who-detained", person="isayev")
    assert len(found) == 10
    assert {(r["who"].split(" (")[0], r["did"], r["stance"], r["said_by"], r["time"], r["at"]) for r in found} == {
        ("Russian authorities", "detained", "asserted", "article-5-february", "2021-02-04", ""),
        ("Local police where the two men lived", "detained", "asserted", "Local police where the two men lived", "2021-02-04", ""),
        ("Russian police", "detained", "asserted", NETWORK, "2021-02", "House in Nizhny Novgorod"),
        ("Russian police", "detained", "asserted", NETWORK, "2021-02", "Apartment of Magamadov and Isayev"),
        ("Chechen security forces", "detained", "asserted", NETWORK, "2021-02", "Gudermes"),
        ("Chechen special police", "detained", "asserted", NETWORK, "2020-04", ""),
        ("Chechen authorities", "detained", "alleged", "notes-5-february", "2020", ""),
        ("someone not named", "detained", "asserted", "The Independent", "2020-04", ""),
        ("someone not named", "abducted", "asserted", "Rights groups", "2021", ""),
    }
    words = {r["words"] for r in found}
    assert "Earlier that year Chechen authorities allegedly detained and tortured the two men" in words
    assert "the local police admitted that their officers had detained Magamadov and Isayev" in words


def test_sample_the_names_of_the_articles_lead_to_the_same_man(sample):
    answers = [rows(sample, "who-detained", person=name) for name in ("Salekh Magamadov", "saleh magamadov", "MAGAMADOV", "Salekh", "person/salekh-magamadov")]
    assert answers[0]
    assert all(answer == answers[0] for answer in answers)


def test_sample_what_is_denied_and_by_whom(sample):
    found = rows(sample, "denied")
    assert told(found, "who", "did", "to", "stance", "said_by", "time") == {
        ("Chechen authorities", "persecuted", "LGBT people in Chechnya", "denied", "Ramzan Kadyrov", ""),
        ("Local police where the two men lived", "denied", "knowing anything about a raid or an arrest", "asserted", "notes-5-february", ""),
        ("Ramzan Kadyrov", "denied", "the reports of persecution", "asserted", "notes-state-protection", ""),
        ("Ramzan Kadyrov", "denied the existence of", "LGBT people in Chechnya", "asserted", "notes-state-protection", ""),
        ("Ramzan Kadyrov", "denied the existence of", "LGBT people in Chechnya", "asserted", "notes-8-february", ""),
        ("Ramzan Kadyrov", "denied the existence of", "LGBT people in Chechnya", "asserted", "notes-5-february", "2017"),
    }
    assert all(row["words"] for row in found)


def test_sample_contradictions_have_the_words_of_both_sides(sample):
    found = rows(sample, "contradictions")
    assert {r["other_words"] for r in found} == {"Ramzan Kadyrov, the leader of Chechnya, has rejected the reports of persecution"}
    assert told(found, "one_says", "one_stance", "one_words") == {
        ("Human Rights Watch", "asserted", "Human Rights Watch says that the purge began again in 2019"),
        ("notes-8-february", "alleged", "Chechen authorities were accused of a purge of LGBT+ people in spring 2017"),
        ("notes-state-protection", "alleged", "an alleged mass persecution of LGBT people in Chechnya since 2017"),
        ("notes-5-february", "asserted", "that year, it says, the authorities launched a campaign of arrests, abuse and torture"),
    }


def test_sample_the_sources_disagree_on_the_year_the_place_and_the_reason(sample):
    found = rows(sample, "disagreements")
    assert {tuple(sorted((r["one_is"], r["other_is"]))) for r in found if r["differ"] == "time"} == {("2017-21", "2019")}
    assert {tuple(sorted((r["one_is"], r["other_is"]))) for r in found if r["differ"] == "place"} == {
        ("Apartment of Magamadov and Isayev", "House in Nizhny Novgorod")}
    reasons = {tuple(sorted((r["one_is"], r["other_is"]))) for r in found if r["differ"] == "reason"}
    assert reasons == {("officially, running an opposition Telegram channel", "their sexual orientation")}


def test_sample_everything_that_rachel_denber_and_mbkh_media_say(sample):
    assert told(rows(sample, "said-by", speaker="denber"), "as", "who", "did", "to", "time") == {
        ("speaker", "Chechen police", "detained", "Dozens of men suspected of being gay in 2017", "2017"),
        ("speaker", "Chechen police", "tortured", "Dozens of men suspected of being gay in 2017", "2017"),
        ("subject", "Rachel Denber", "said", "there was no effective investigation of the purge of 2017", ""),
    }
    assert told(rows(sample, "said-by", speaker="MBKh"), "who", "did", "to") == {
        ("Alexander Nemov", "said", "the state recognises the danger to Magamadov and Isayev"),
        ("Chechen authorities", "granted protection to", "Ismail Isayev"),
        ("Chechen authorities", "granted protection to", "Salekh Magamadov"),
    }


def test_sample_the_chain_of_custody_in_the_order_of_time(sample):
    found = rows(sample, "custody", person="magamadov")
    times = [r["time"] for r in found]
    assert times == sorted(times)
    assert told([r for r in found if r["did"] == "handed over"], "who", "recipient", "origin", "destination", "said_by") == {
        ("Russian authorities", "Chechen authorities", "", "Chechnya", "article-5-february"),
        ("Local police where the two men lived", "Chechen police", "", "Gudermes", "Local police where the two men lived"),
        ("someone not named (Gay Chechens returned to country by Russian …)", "Chechen authorities", "Nizhny Novgorod", "", "The Independent"),
    }


def test_sample_officials_their_bodies_and_where_places_lie(sample):
    assert told(rows(sample, "officials"), "who", "did", "to", "words") == {
        ("Mike Pompeo", "holds the position of", "Secretary of State", "Mike Pompeo, the Secretary of State at the time"),
        ("Ramzan Kadyrov", "leads", "Chechnya", "Ramzan Kadyrov, the leader of Chechnya"),
    }
    assert told(rows(sample, "officials-of-place", place="chechen republic"), "who", "did", "to") == {("Ramzan Kadyrov", "leads", "Chechnya")}
    assert told(rows(sample, "where"), "who", "to", "latitude") == {
        ("Chechnya", "Russia", "43.4"), ("Gudermes", "Chechnya", "43.35"), (NETWORK, "St Petersburg", "")}


def test_sample_who_helped_isayev(sample):
    assert told(rows(sample, "who-helped", entity="isayev"), "who", "did", "how_far", "said_by", "time") == {
        (NETWORK, "helped", "leave Chechnya", NETWORK, "2020-06"),
        (NETWORK, "helped", "flee to Russia", NETWORK, "2020"),
        (NETWORK, "helped", "flee", "The Moscow Times", ""),
        ("Alexander Nemov", "represents", "", "notes-5-february", ""),
        ("Chechen authorities", "granted protection to", "", "MBKh Media", ""),
    }


def test_sample_what_only_one_source_says(sample):
    """That the security forces questioned the two men in Gudermes stands in the notes on one article alone; that they were taken back does not."""
    found = told(rows(sample, "only-one-source", entity="magamadov"), "who", "did", "source")
    assert ("Chechen security forces", "questioned", "notes-8-february") in found
    assert not any(did == "fled from" for _, did, _ in found), "two sources say so"


def test_sample_the_timeline_of_isayev_begins_in_2020_and_ends_with_his_arrest(sample):
    found = rows(sample, "timeline", entity="isayev")
    assert found[0]["time"] == "2020"
    assert {r["time"] for r in found[-2:]} == {"2021-02-04"}
    assert {(r["who"], r["did"]) for r in found if r["time"] == "2020-06"} == {(NETWORK, "helped"), ("Ismail Isayev", "fled from")}
