"""Every problem of the tables is shown at once, with file, line, column and what would be right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import curation, vocabulary
from graph.case import open_case
from graph.curation.quotes import anchor, missing
from graph.errors import InputError
from graph.limits import Limits
from graph.model import Document, Source, Stance, Value

ENTITIES = "id,type,name,aliases\nperson/mira,person,Mira Solheim,M. Solheim|Solheim\norg/harbour,organization,Harbour Watch,\n,place,Tarnovik,\n"
SOURCES = "id,title,published\ngazette,The Gazette,2021-02\n"
HEADER = "subject,relation,object,stance,speaker,time,place,source,locator,quote,role,note\n"


def case_with(tmp_path, statements="", entities=ENTITIES, sources=SOURCES, decisions=None):
    (tmp_path / "entities.csv").write_text(entities, "utf-8")
    (tmp_path / "sources.csv").write_text(sources, "utf-8")
    (tmp_path / "statements.csv").write_text(HEADER + statements, "utf-8")
    if decisions is not None:
        (tmp_path / "decisions.csv").write_text(decisions, "utf-8")
    return open_case(tmp_path)


def read(case):
    return curation.read(case, vocabulary.relations())


def problems(case):
    with pytest.raises(InputError) as raised:
        read(case)
    return [str(problem) for problem in raised.value.problems]


def test_a_row_becomes_a_statement_with_everything_it_says(tmp_path):
    tables = read(case_with(tmp_path, "Solheim,works_for,harbour watch,alleged,org/harbour,2020-22,tarnovik,gazette,paragraph 2,,clerk,seen\n"))
    (statement,) = tables.statements
    assert (statement.subject.id, statement.subject.mention, statement.object.id) == ("person/mira", "Solheim", "org/harbour")
    assert (statement.stance, statement.speaker.id, statement.time, statement.place.id) == (Stance.alleged, "org/harbour", "2020-22", "place/tarnovik")
    assert (statement.qualifiers, statement.locator, statement.note) == ((("role", "clerk"),), "paragraph 2", "seen")


def test_a_literal_object_stays_literal(tmp_path):
    (statement,) = read(case_with(tmp_path, "Mira Solheim,age,34,asserted,,,,gazette,,,,\n")).statements
    assert statement.object == Value("34")


def test_an_empty_subject_is_an_agent_whom_nobody_names(tmp_path):
    (statement,) = read(case_with(tmp_path, ",detained,Mira Solheim,asserted,,,,gazette,,,,\n")).statements
    assert statement.subject is None


def test_a_semicolon_and_a_byte_order_mark_make_no_difference(tmp_path):
    plain = read(case_with(tmp_path, "Solheim,works_for,Harbour Watch,asserted,,,,gazette,,,,\n"))
    for name in ("entities.csv", "sources.csv", "statements.csv"):
        path = tmp_path / name
        path.write_text("\ufeff" + path.read_text("utf-8").replace(",", ";").replace("\n", "\r\n"), "utf-8", newline="")
    assert read(open_case(tmp_path)).statements == plain.statements


def test_all_problems_come_at_once_with_line_column_and_remedy(tmp_path):
    found = problems(case_with(
        tmp_path,
        "Mira Solhiem,detaind,Harbour Watch,maybe,,last year,,gazete,,,,\n"
        "Harbour Watch,detained,Tarnovik,asserted,,,,gazette,,,,\n",
        entities=ENTITIES + "person/mira,alien,Mira Again,\n",
    ))
    text = "\n".join(found)
    assert "entities.csv:5 [type] 'alien'" in text
    assert "'person/mira' is the id of an earlier row" in text
    assert "statements.csv:2 [relation] 'detaind' is no relation. Did you mean detained" in text
    assert "statements.csv:2 [subject] there is no entity 'Mira Solhiem' in entities.csv. Did you mean Mira Solheim" in text
    assert "statements.csv:2 [stance] 'maybe' is no stance" in text
    assert "statements.csv:2 [time] 'last year' is no date" in text
    assert "statements.csv:2 [source] there is no source 'gazete' in sources.csv. Did you mean gazette?" in text
    assert "statements.csv:3 [object] 'Tarnovik' is a place, which detained does not take there" in text


def test_a_stance_is_never_guessed(tmp_path):
    assert any("[stance] is empty" in p for p in problems(case_with(tmp_path, "Solheim,works_for,Harbour Watch,,,,,gazette,,,,\n")))


@pytest.mark.parametrize(("content", "expected"), [
    (b"id,type,name\n,person,\xff\xfe\n", "is not UTF-8"),
    (b'id,type,name\n,person,"Mira\n', "cannot be read as CSV"),
    (b"id,type,name\n,person,Mi\0ra\n", "NUL"),
    (b"id,typ,name\n,person,Mira\n", "Did you mean type"),
    (b"id,type,name\n,person,Mira,more,cells\n", "5 cells under 3 columns"),
    (b"id,type,name,name\n,person,Mira,Mira\n", "is a column twice"),
])
def test_a_broken_table_is_refused_by_name(tmp_path, content, expected):
    case = case_with(tmp_path)
    (tmp_path / "entities.csv").write_bytes(content)
    assert any(p.startswith("entities.csv") and expected in p for p in problems(case))


def test_a_name_that_two_share_asks_for_the_id(tmp_path):
    found = problems(case_with(tmp_path, "M. Solheim,works_for,Harbour Watch,asserted,,,,gazette,,,,\n",
                               entities=ENTITIES + "person/other,person,Marit Solheim,M. Solheim\n"))
    assert any("may be person/mira or person/other. Write the id." in p for p in found)


def test_a_decision_needs_what_it_judges(tmp_path):
    found = problems(case_with(tmp_path, decisions="decision,left,right\nsame,person/mira,\nmaybe,x,y\n"))
    assert any("decisions.csv:2 [right] is empty" in p for p in found)
    assert any("decisions.csv:3 [decision] 'maybe'" in p for p in found)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_whatever_stands_in_a_table_only_our_errors_come_out(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("case")
    case = case_with(folder)
    (folder / "statements.csv").write_bytes(content)
    try:
        read(case)
    except InputError as error:
        files = {problem.file for problem in error.problems}
    else:
        files = set()
    assert files <= {"statements.csv"}


@pytest.mark.parametrize(("rows", "expected"), [
    ("a,,\nnotes,,b\n", "there is no source 'b'"), ("a,,notes\nnotes,,a\n", "is itself a retelling"), ("a,,a\n", "is itself a retelling"),
])
def test_what_a_source_retells_must_be_an_original(tmp_path, rows, expected):
    assert any(expected in problem and "[retells]" in problem for problem in problems(case_with(tmp_path, sources="id,title,retells\n" + rows)))


WRONG = [
    ("sources", "id,url", "a,javascript:alert(1)", "[url] 'javascript:alert(1)' is no web address. Write one"),
    ("sources", "id,confidential", "a,perhaps", "[confidential] 'perhaps' is neither yes nor no. Write yes"),
    ("sources", "id,published", "a,last spring", "[published] 'last spring' is no date that we can read. Write EDTF"),
    ("sources", "id,file", "a,../secret.txt", "[file] '../secret.txt' leads out of the case folder. Name a file inside it"),
    ("sources", "id,file", "a,/etc/hosts", "[file] '/etc/hosts' leads out of the case folder"),
    ("sources", "id,file", "a,leter.txt", "[file] there is no file 'leter.txt' in the case. Did you mean letter.txt?"),
    ("sources", "id,file", "a,picture.png", "[file] there is no file 'picture.png' in the case. Put it into reports/"),
    ("sources", "id,file", "a,letter.txt\nb,letter.txt", "[file] 'letter.txt' belongs to 'a' already. Give each document one row."),
    ("sources", "id,title", ",A title", "[id] is empty. Give every row an id of its own."),
    ("sources", "id,title", "a b,A title", "[id] 'a b' holds a space, # or a control character. Use letters"),
    ("sources", "id,title", "a#b,A title", "[id] 'a#b' holds a space, #"),
    ("sources", "id,retells", "a,b", "[retells] there is no source 'b'"),
    ("entities", "type,name", "person,", "[name] is empty. Every entity needs a name."),
    ("entities", "type,name", "xyzzy,Mira", "[type] 'xyzzy' is no type of entity. Choose from"),
    ("entities", "type,name", "persn,Mira", "[type] 'persn' is no type of entity. Did you mean person?"),
    ("entities", "type,name,protected", "person,Mira,ja", "[protected] 'ja' is no kind of protection. Write yes, name or quotes"),
    ("entities", "type,name,wikidata", "person,Mira,42", "[wikidata] '42' is no Wikidata id. Write one like Q1234."),
    ("entities", "type,name,latitude", "place,Tarnovik,north", "[latitude] 'north' is no latitude. Write degrees between -90 and 90."),
    ("entities", "type,name,latitude", "place,Tarnovik,90.5", "[latitude] '90.5' is no latitude"),
    ("entities", "type,name,longitude", "place,Tarnovik,nan", "[longitude] 'nan' is no longitude"),
    ("decisions", "decision,left,right", "maybe,a,b", "[decision] 'maybe' is no decision"),
    ("decisions", "decision,left,right", "sane,a,b", "[decision] 'sane' is no decision. Did you mean same?"),
    ("decisions", "decision,left,right", "same,a,", "[right] is empty. `same` and `different` need two"),
    ("decisions", "decision,left,right", "accepted,,", "[left] is empty."),
    ("statements", "subject,relation,object,stance,source", "Mira Solheim,works_for,Harbour Watch,asserted,", "[source] is empty. Every statement names its source"),
    ("statements", "subject,relation,object,stance,source", "Mira Solheim,works_for,,asserted,gazette", "[object] is empty. Every statement has an object."),
    ("statements", "subject,relation,object,stance,source", "Mira Solheim,works_for,Harbour Watch,asertd,gazette", "[stance] 'asertd' is no stance. Did you mean asserted?"),
    ("statements", "subject,relation,object,stance,source", "Mira Solheim,works_for,Harbour Watch,asserted,gazette\n" * 2, "says the same as line 2. Keep one of them."),
]


@pytest.mark.parametrize(("table", "header", "rows", "expected"), WRONG, ids=[f"{table} {rows[:20]}" for table, _, rows, _ in WRONG])
def test_what_is_wrong_in_a_cell_is_told_with_its_place_and_what_would_be_right(tmp_path, table, header, rows, expected):
    case = case_with(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "letter.txt").write_text("A letter.", "utf-8")
    (tmp_path / f"{table}.csv").write_text(f"{header}\n{rows}\n", "utf-8")
    lines = {n for n, _ in enumerate(rows.strip().split("\n"), 2)}
    assert any(p.startswith(tuple(f"{table}.csv:{n} " for n in lines)) and expected in p for p in problems(case))


def test_a_table_larger_than_a_limit_names_the_setting(tmp_path):
    case = replace(case_with(tmp_path), limits=Limits(table_rows=2, field_chars=10))
    found = "\n".join(problems(case))
    assert "entities.csv:4 has more than 2 rows. Raise `table_rows` under [limits] in case.toml." in found
    assert "[aliases] holds more than 10 characters. Put long text into a document in reports/." in found


def test_a_quote_is_anchored_in_its_document_or_told_to_stand_nowhere(tmp_path):
    document = Document(source=Source(id="a"), text="One.\n\nMira was freed today.\n\nThree.")
    statement = read(case_with(tmp_path, "Mira Solheim,works_for,Harbour Watch,asserted,,,,gazette,,was freed,,\n")).statements[0]
    found = anchor(statement, document)
    assert (found.start, found.end, found.prefix, found.suffix) == (11, 20, "Mira ", " today.")
    assert anchor(replace(statement, quote=""), document).start is None
    assert anchor(replace(statement, quote="was taken"), document) is None
    assert "'was freed' does not stand in a.txt. Copy the exact words" in str(missing(statement, {statement.id: 7}, "a.txt"))
