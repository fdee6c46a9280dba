"""Review asks what only a person can tell, most valuable first, and keeps every answer."""

from __future__ import annotations

import pytest

from graph import review
from graph.case import open_case
from graph.curation.table import read_table
from graph.curation.tables import DECISIONS
from graph.limits import DEFAULT
from graph.model import Stance
from tests.resolution.cases import Report, solve


@pytest.fixture
def opened(tmp_path):
    (tmp_path / "case.toml").write_text('title = "Two spellings"\n', "utf-8")
    first, second, third = Report("a"), Report("b"), Report("c")
    first.say("Ana Lima", "detained", "Zarema Betirova", quote="Ana Lima detained Zarema Betirova")
    second.say("Ana Lima", "detained", "Zarema Betitova", quote="Lima's men took Betitova away")
    second.say("Zarema Betitova", "contacted", "Ana Lima")
    third.say("Bo Chen", "helped", "Kofi Osei", doubts=("who “he” is",), quote="he helped Osei", prefix="It rained. Later ", suffix=" out. Then", stance=Stance.alleged)
    found = solve(first, second, third)
    return made(tmp_path, found)


def made(folder, found) -> review.Review:
    return review.Review(open_case(folder), found.questions, {e.id: e for e in found.entities}, {s.id: s for s in found.statements}, {})


def answer(opened: review.Review, *typed: str) -> tuple[int, str, list[tuple[str, ...]]]:
    said: list[str] = []
    answers = iter(typed)

    def ask(_prompt: str) -> str:
        word = next(answers, None)
        if word is None:
            raise EOFError
        return word

    count = review.run(opened, ask, said.append, by="M.", on="2031-05-06")
    table = read_table(opened.case.table("decisions.csv"), DECISIONS, ("decision", "left"), DEFAULT)
    return count, "\n".join(said), [tuple(row[c] for c in DECISIONS[:5]) for row in table.rows]


def test_both_sides_are_shown_with_their_words(opened):
    _, said, _ = answer(opened)
    assert "Zarema Betirova (person)" in said
    assert "Zarema Betitova (person)" in said
    assert "“Ana Lima detained Zarema" in said
    assert "differ in one letter" in said


def test_answers_are_written_as_decisions(opened):
    count, _, rows = answer(opened, "y", "n")
    assert count == 2
    assert rows == [("same", "person/zarema-betirova", "person/zarema-betitova", "M.", "2031-05-06"),
                    ("rejected", opened.questions[1].left, "", "M.", "2031-05-06")]


def test_skip_writes_nothing_and_undo_takes_the_last_answer_back(opened):
    count, _, rows = answer(opened, "n", "u", "s", "q")
    assert count == 0
    assert [row[0] for row in rows] == ["different", "undone"]
    assert rows[0][1:3] == rows[1][1:3]


def test_what_is_no_answer_is_asked_again(opened):
    count, said, _ = answer(opened, "maybe", "Y", "q")
    assert count == 1
    assert "'maybe' is no answer" in said


def test_a_doubtful_statement_is_shown_in_its_sentence(opened):
    _, said, _ = answer(opened, "s")
    assert "“Later >>> he helped Osei <<< out" in said
    assert "rained" not in said
    assert "who “he” is" in said


def test_the_list_is_in_order_of_what_an_answer_touches(opened):
    lines = review.listing(opened).splitlines()
    assert lines[0].startswith("2 open questions")
    assert "Zarema Betirova = Zarema Betitova?" in lines[1]
    assert [q.value for q in opened.questions] == sorted((q.value for q in opened.questions), reverse=True)


def test_what_a_source_says_cannot_drive_the_terminal(tmp_path):
    (tmp_path / "case.toml").write_text('title = "x"\n', "utf-8")
    made_up = Report("a")
    made_up.say("Ana \x1b[31mLima", "helped", "Bo Chen", doubts=("who",), quote="red \x1b]0;title\x07")
    opened = made(tmp_path, solve(made_up))
    _, said, _ = answer(opened, "s")
    assert "\x1b" not in said + review.listing(opened)


def test_an_answer_counts_from_the_next_reading_and_can_be_taken_back(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "entities.csv").write_text("type,name\nperson,Zarema Betirova\nperson,Zarema Betitova\nperson,Bo Chen\n", "utf-8")
    (tmp_path / "sources.csv").write_text("id,title\nnote,A note\n", "utf-8")
    (tmp_path / "statements.csv").write_text(
        "subject,relation,object,stance,source\nBo Chen,helped,Zarema Betirova,asserted,note\nBo Chen,contacted,Zarema Betitova,asserted,note\n", "utf-8")
    opened = review.prepare(tmp_path)
    assert [q.names for q in opened.questions] == [("Zarema Betirova", "Zarema Betitova")]
    answer(opened, "y")
    again = review.prepare(tmp_path)
    assert again.questions == ()
    assert [e.id for e in again.entities.values() if "zarema" in e.id] == ["person/zarema-betirova"]
    answer(opened, "n", "u")
    assert len([i for i in review.prepare(tmp_path).entities if "zarema" in i]) == 2


def test_the_command_lists_asks_and_writes(tmp_path):
    from typer.testing import CliRunner

    from graph.cli import app

    (tmp_path / "entities.csv").write_text("type,name\nperson,Zarema Betirova\nperson,Zarema Betitova\nperson,Bo Chen\n", "utf-8")
    (tmp_path / "sources.csv").write_text("id,title\nnote,A note\n", "utf-8")
    (tmp_path / "statements.csv").write_text(
        "subject,relation,object,stance,source\nBo Chen,helped,Zarema Betirova,asserted,note\nBo Chen,contacted,Zarema Betitova,asserted,note\n", "utf-8")
    run = CliRunner().invoke(app, ["review", str(tmp_path), "--list"])
    assert run.exit_code == 0
    assert "1 open question," in run.stdout
    run = CliRunner().invoke(app, ["review", str(tmp_path), "--by", "M."], input="n\n")
    assert run.exit_code == 0
    assert (tmp_path / "decisions.csv").read_text("utf-8").splitlines()[1].startswith("different,person/zarema-betirova,person/zarema-betitova,M.,")
    assert "Nothing is open" in CliRunner().invoke(app, ["review", str(tmp_path)]).stdout
