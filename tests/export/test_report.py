"""The report says in words what a case holds, and nothing in a source can turn into markup or anything else."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.export import report
from graph.model import KnowledgeBase, Note, Source, Stance
from graph.vocabulary import relations
from tests.conftest import ROOT
from tests.resolution.cases import Report, solve


def written(tmp_path, *reports: Report, notes: tuple[Note, ...] = (), **publishers: str) -> str:
    found = solve(*reports, **publishers)
    kb = KnowledgeBase(
        title="A case", base="https://example.org/", sources=tuple(Source(id=r.source, publisher=publishers.get(r.source, "")) for r in reports),
        entities=found.entities, statements=found.statements, claims=found.claims, notes=(*found.notes, *notes), relations=relations(),
    )
    report.write(kb, tmp_path / "report.md")
    return (tmp_path / "report.md").read_text("utf-8")


def section(text: str, title: str) -> str:
    return text.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_what_independent_speakers_say_is_told_apart_from_what_rests_on_one(tmp_path):
    one, two = Report("a"), Report("b")
    for made in (one, two):
        made.say("Bo Chen", "detained", "Ana Lima", quote="Chen detained Lima")
        made.say("Bo Chen", "threatened", "Ana Lima", stance=Stance.alleged, speaker=made.name("River Watch", type_="organization"), quote="threats, it said")
    text = written(tmp_path, one, two, a="Morning Post", b="Evening Post")
    assert "**Bo Chen detained Ana Lima**, asserted (2 speakers)" in section(text, "Corroborated by independent speakers")
    assert "“Chen detained Lima” asserted [a]" in text
    single = section(text, "Rests on one speaker")
    assert "**Bo Chen threatened Ana Lima**, alleged" in single
    assert "alleged, says River Watch [a]" in single


def test_what_the_same_words_say_of_several_people_is_one_line(tmp_path):
    made = Report("a")
    for name in ("Ana Lima", "Cy Diaz", "Kofi Osei"):
        made.say("Bo Chen", "detained", name, quote="Chen detained all three")
    for name in ("Ana Lima", "Cy Diaz"):
        made.say(name, "located_in", made.name("Stary Brod", type_="place"), quote="the two are in Stary Brod")
    made.say("Bo Chen", "detained", "Dora Eng", quote="and Eng")
    single = section(written(tmp_path, made), "Rests on one speaker")
    assert [line for line in single.splitlines() if line.startswith("- ")] == [
        "- **Ana Lima and Cy Diaz are located in Stary Brod**, asserted", "- **Bo Chen detained Ana Lima, Cy Diaz and Kofi Osei**, asserted", "- **Bo Chen detained Dora Eng**, asserted",
    ]


def test_what_is_doubtful_is_never_told_as_if_it_were_certain(tmp_path):
    one, two = Report("a"), Report("b")
    for name in ("Ana Lima", "Cy Diaz"):
        one.say("Bo Chen", "detained", name, quote="he detained both", doubts=("who “he” is",))
    one.say("Bo Chen", "helped", "Kofi Osei", quote="Chen helped Osei")
    two.say("Bo Chen", "helped", "Kofi Osei", quote="he helped Osei", doubts=("who “he” is",))
    text = written(tmp_path, one, two, a="Morning Post", b="Evening Post")
    single = section(text, "Rests on one speaker")
    # A doubtful voice corroborates nothing, and is marked where it stands beside a certain one.
    assert [line for line in single.splitlines() if line.startswith("- ")] == ["- **Bo Chen helped Kofi Osei**, asserted"]
    assert "3 claims, 0 told by independent speakers, 0 contested, 2 doubtful" in text
    doubtful = section(text, "Doubtful statements")
    assert "- Bo Chen detained Ana Lima and Cy Diaz (asserted): who “he” is `st-" in doubtful
    assert doubtful.count("“he detained both”") == 1


def test_what_is_only_denied_stands_apart_from_what_somebody_says(tmp_path):
    made = Report("a")
    made.say("Bo Chen", "detained", "Ana Lima", stance=Stance.denied, speaker=made.name("Bo Chen"), quote="I did not detain her")
    made.say("Bo Chen", "threatened", "Ana Lima", stance=Stance.denied, speaker=made.name("Bo Chen"), quote="I never threatened her")
    made.say("Bo Chen", "threatened", "Ana Lima", quote="it may be he who threatened her", doubts=("who “he” is",))
    text = written(tmp_path, made)
    assert "None." in section(text, "Rests on one speaker")
    denied = section(text, "Only denied")
    assert [line for line in denied.splitlines() if line.startswith("- ")] == [
        "- **Bo Chen detained Ana Lima**, denied", "- **Bo Chen threatened Ana Lima**, denied, contested"]
    assert "“it may be he who threatened her” asserted, doubtful [a]" in text


def test_disagreements_are_shown_with_both_sides(tmp_path):
    one, two = Report("a"), Report("b")
    one.say("Bo Chen", "detained", "Ana Lima", time="2031-03-04", quote="on Tuesday")
    two.say("Bo Chen", "detained", "Ana Lima", time="2031-03-06", quote="on Thursday")
    part = section(written(tmp_path, one, two), "Where sources disagree")
    assert part.index("4 March 2031") < part.index("“on Tuesday”") < part.index("6 March 2031") < part.index("“on Thursday”")


def test_doubts_silences_and_documents_left_out_have_their_sections(tmp_path):
    made = Report("a")
    told = made.say("Bo Chen", "detained", "Ana Lima", doubts=("who “he” is",))
    other = Report("b")
    other.say("Zarema Betirova", "helped", "Cy Diaz")
    third = Report("c")
    third.say("Zarema Betitova", "helped", "Kofi Osei")
    text = written(tmp_path, made, other, third, notes=(
        Note(kind="silence", source="a", start=3, message="nobody is named", quote="They were taken."), Note(kind="left-out", source="z", message="no text"),
    ))
    assert "- to look at: Doubtful statements (1), Documents left out (1), Who may be one (1), Silences (1)\n" in text
    assert told.id in section(text, "Doubtful statements")
    assert "Zarema Betirova" in section(text, "Who may be one")
    assert "a: nobody is named: “They were taken.”" in section(text, "Silences")
    assert "z: no text" in section(text, "Documents left out")


def test_every_kind_of_note_that_is_made_has_a_heading_that_says_what_it_is():
    made = {m[1] for path in (ROOT / "graph").rglob("*.py") for m in re.finditer(r"""(?:Note\([^()]*?kind=|^(?:KIND|STALE) = )"([^"]+)\"""", path.read_text("utf-8"), re.MULTILINE)}
    assert {"silence", "stale decision", "told by a table"} <= made
    assert made == set(report.HEADINGS)


def test_a_rejected_statement_is_counted_and_not_told(tmp_path):
    from graph.model import Decision

    made = Report("a")
    wrong = made.say("Bo Chen", "detained", "Ana Lima")
    found = solve(made, decisions=(Decision(decision="rejected", left=wrong.id),))
    kb = KnowledgeBase(title="A case", base="https://example.org/", entities=found.entities, statements=found.statements, claims=found.claims)
    report.write(kb, tmp_path / "report.md")
    text = (tmp_path / "report.md").read_text("utf-8")
    assert "1 rejected" in text
    assert "detained" not in text


def test_words_of_a_source_are_no_markup(tmp_path):
    made = Report("a")
    made.say("Bo <script>alert(1)</script>", "detained", "Ana Lima", quote="[click](javascript:x) **bold**\n# heading `code` \x1b[31m \u202etxt")
    text = written(tmp_path, made)
    assert "<script>" not in text
    assert "](" not in text.replace("\\](", "")
    assert "\n# heading" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_an_empty_case_has_a_report(tmp_path):
    report.write(KnowledgeBase(title="Nothing yet", base="https://example.org/"), tmp_path / "report.md")
    assert (tmp_path / "report.md").read_text("utf-8").startswith("# Nothing yet\n")


def test_a_claim_is_told_with_its_time_and_the_longest_words_that_tell_it(tmp_path):
    made = Report("a")
    for start, name in ((0, "Ana Lima"), (9, "Cy Diaz")):
        text = "Lima and Diaz fled to Brod"[start:]
        told = made.say(name, "fled_to", made.name("Stary Brod", type_="place"), quote=text, time="2031-03")
        made.statements[-1] = replace(told, start=start, end=26)
    single = section(written(tmp_path, made), "Rests on one speaker")
    assert "- **Ana Lima and Cy Diaz fled to Stary Brod**, asserted\n  - “Lima and Diaz fled to Brod” asserted, March 2031 [a]\n" in single


def test_notes_on_the_same_words_are_one_line(tmp_path):
    notes = tuple(Note(kind="doubtful", source="a", message=f"somebody – killed – {name}", quote="both were killed") for name in ("Ana Lima", "Cy Diaz"))
    left_out = section(written(tmp_path, Report("a"), notes=notes), "Readings that were left out")
    assert "- a: somebody – killed – Ana Lima; somebody – killed – Cy Diaz: “both were killed”\n" in left_out
