"""Where sources disagree is found and said in plain words, with both sides; what one source tells in two ways is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model import Source, Stance, Value
from graph.resolution import places
from graph.resolution.disagreements import disagreements
from graph.vocabulary import relations
from tests.resolution.cases import Report, solve


def found(*reports: Report, **published: str) -> dict[str, list]:
    resolved = solve(*reports)
    sources = [Source(id=r.source, published=published.get(r.source, "")) for r in reports]
    kinds: dict[str, list] = {}
    for one in disagreements(resolved.statements, {e.id: e for e in resolved.entities}, relations(), sources):
        kinds.setdefault(one.kind, []).append(one)
    return kinds


def two(relation: str = "detained", one: dict | None = None, other: dict | None = None, subjects: tuple[str, str] = ("Bo Chen", "Bo Chen")) -> dict[str, list]:
    reports = []
    for source, rest, subject in zip("ab", (one or {}, other or {}), subjects, strict=True):
        report = Report(source)
        told = {k: report.name(v, type_="place") if k == "place" else v for k, v in rest.items()}
        report.say(subject, relation, "Ana Lima", **told)
        reports.append(report)
    return found(*reports)


def test_what_one_denies_and_another_says():
    (one,) = two(other={"stance": Stance.denied})["denied"]
    assert str(one) == "Bo Chen detained Ana Lima: some say so, others deny it"
    assert [len(ids) for _, ids in one.sides] == [1, 1]


def test_two_times_of_one_event():
    (one,) = two(one={"time": "2031-03-04"}, other={"time": "2031-03-06"})["when"]
    assert [value for value, _ in one.sides] == ["2031-03-04", "2031-03-06"]
    assert one.note == ""


def test_two_times_far_apart_may_be_two_events_and_the_sentence_says_so():
    (one,) = two(one={"time": "2017"}, other={"time": "2019"})["when"]
    assert "more than once" in str(one)
    assert "more than once" not in str(two("killed", one={"time": "2017"}, other={"time": "2019"})["when"][0])


@pytest.mark.parametrize("times", [("2031-03", "2031-03-04"), ("2031", ""), ("2030/..", "2031-01")])
def test_a_time_within_another_is_no_disagreement(times):
    assert two(one={"time": times[0]}, other={"time": times[1]}) == {}


def test_what_one_source_tells_twice_is_two_events():
    report = Report("a")
    report.say("Bo Chen", "detained", "Ana Lima", time="2017")
    report.say("Bo Chen", "detained", "Ana Lima", time="2019")
    assert found(report) == {}


def test_a_source_that_tells_of_two_events_settles_that_there_were_two():
    first, second = Report("a"), Report("b")
    first.say("Bo Chen", "detained", "Ana Lima", time="2031-03")
    first.say("Cy Diaz", "detained", "Ana Lima", time="2032-04-06")
    second.say("Kofi Osei", "detained", "Ana Lima", time="2031-03-04")
    second.say("Bo Chen", "detained", "Ana Lima", time="2032")
    kinds = found(first, second)
    assert sorted(kinds) == ["who"]
    assert sorted(str(one).split(":")[0] for one in kinds["who"]) == ["Who detained Ana Lima, 2032", "Who detained Ana Lima, March 2031"]


def test_two_places_that_one_speaker_gives_for_one_act_in_one_source_are_shown():
    report = Report("a")
    for place in ("Novy Yurt", "Stary Brod"):
        report.say("Bo Chen", "detained", "Ana Lima", time="2031-03", place=report.name(place, type_="place"))
    (one,) = found(report)["where"]
    assert [value for value, _ in one.sides] == ["Novy Yurt", "Stary Brod"]


def test_what_happened_to_two_together_is_one_disagreement():
    reports = [Report("a"), Report("b")]
    for report, day in zip(reports, ("04", "06"), strict=True):
        for name in ("Ana Lima", "Cy Diaz"):
            report.say("Bo Chen", "detained", name, time=f"2031-03-{day}", quote=f"both on the {day}th")
    (one,) = found(*reports)["when"]
    assert str(one).startswith("Somebody detained Ana Lima and Cy Diaz:")
    assert [len(ids) for _, ids in one.sides] == [2, 2]


def test_two_of_whom_a_part_of_the_same_words_tells_are_one_disagreement():
    reports = [Report("a"), Report("b")]
    for report, day in zip(reports, ("04", "06"), strict=True):
        for name, words in (("Ana Lima", f"Lima and Diaz on the {day}th"), ("Cy Diaz", f"Diaz on the {day}th")):
            told = report.say("Bo Chen", "detained", name, time=f"2031-03-{day}", quote=words)
            report.statements[-1] = replace(told, start=25 - len(words), end=25)
    (one,) = found(*reports)["when"]
    assert str(one).startswith("Somebody detained Ana Lima and Cy Diaz:")


def test_a_doubtful_time_is_no_side_until_a_person_accepts_it():
    first, second = Report("a"), Report("b")
    first.say("Bo Chen", "detained", "Ana Lima", time="2031-03-04")
    second.say("Bo Chen", "detained", "Ana Lima", time="2031-03-06", doubts=("the time is that of a sentence before",))
    assert found(first, second) == {}


def test_a_word_for_any_place_differs_from_none():
    first, second = Report("a"), Report("b")
    first.say("Bo Chen", "detained", "Ana Lima", place=first.name("Novy Yurt", type_="place"))
    second.say("Bo Chen", "detained", "Ana Lima", place=second.name("homeland", type_="place"))
    assert found(first, second) == {}


def test_two_places_of_one_event():
    (one,) = two(one={"place": "Novy Yurt"}, other={"place": "Stary Brod"})["where"]
    assert [value for value, _ in one.sides] == ["Novy Yurt", "Stary Brod"]


def test_a_town_and_the_land_that_it_lies_in_are_no_disagreement():
    first, second = Report("a"), Report("b")
    first.say("Bo Chen", "detained", "Ana Lima", place=first.name("Novy Yurt", type_="place"))
    first.say(first.name("Novy Yurt", type_="place"), "located_in", first.name("Zubrovia", type_="place"))
    second.say("Bo Chen", "detained", "Ana Lima", place=second.name("Zubrovia", type_="place"))
    assert found(first, second) == {}


def test_the_gazetteer_knows_towns_and_their_countries():
    assert "RU" in places.countries("Nizhny Novgorod")
    assert places.land("Armenia") == {"AM"}
    assert two(one={"place": "Yerevan"}, other={"place": "Armenia"}) == {}


def test_two_reasons():
    (one,) = two(one={"qualifiers": (("reason", "a song"),)}, other={"qualifiers": (("reason", "unpaid taxes"),)})["why"]
    assert str(one).endswith("sources differ on why")


def test_one_reason_in_other_words_is_no_disagreement():
    assert two(one={"qualifiers": (("reason", "for unpaid taxes"),)}, other={"qualifiers": (("reason", "because taxes were not paid"),)}) == {}


def test_two_agents_at_one_time():
    (one,) = two(one={"time": "2031-03-04"}, other={"time": "2031-03"}, subjects=("Bo Chen", "Cy Diaz"))["who"]
    assert str(one).startswith("Who detained Ana Lima: sources name different agents")
    assert "who" not in two(one={"time": "2031"}, other={"time": "2020"}, subjects=("Bo Chen", "Cy Diaz"))


def test_two_ages():
    first, second = Report("a"), Report("b")
    first.say("Ana Lima", "age", Value("20"))
    second.say("Ana Lima", "age", Value("22"))
    assert [v for v, _ in found(first, second, a="2031", b="2031")["age"][0].sides] == ["20", "22"]
    assert found(first, second, a="2031", b="2033") == {}


def test_two_spellings():
    first, second = Report("a"), Report("b")
    first.say("Salman Tsokaev", "helped", "Ana Lima")
    second.say("Salman Tsokayev", "helped", "Ana Lima")
    (one,) = found(first, second)["spelling"]
    assert [value for value, _ in one.sides] == ["Salman Tsokaev", "Salman Tsokayev"]


def test_a_rejected_statement_is_no_side():
    from graph.model import Decision

    first, second = Report("a"), Report("b")
    first.say("Bo Chen", "detained", "Ana Lima", time="2031-03-04")
    wrong = second.say("Bo Chen", "detained", "Ana Lima", time="2031-03-06")
    resolved = solve(first, second, decisions=(Decision(decision="rejected", left=wrong.id),))
    assert disagreements(resolved.statements, {e.id: e for e in resolved.entities}, relations(), []) == ()


def test_the_hierarchy_of_places_has_no_cycle_and_keeps_the_nearest():
    made = Report("a")
    town, land, union = (made.name(n, type_="place") for n in ("Novy Yurt", "Zubrovia", "Lutian Union"))
    made.say(town, "located_in", union)
    made.say(town, "located_in", land)
    made.say(land, "located_in", union)
    made.say(union, "located_in", town)
    resolved = solve(made)
    above = places.parents({e.id: e for e in resolved.entities}, resolved.statements)
    assert all(place not in places.ancestors(place, above) for place in above)
    assert above["place/novy-yurt"] in {"place/zubrovia", "place/lutian-union"}
