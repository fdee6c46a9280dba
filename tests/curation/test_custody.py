"""What comes into a case is written down with its hash, and a change is seen."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from graph import curation, pipeline
from graph.case import open_case
from graph.errors import InputError

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.fixture
def case(tmp_path):
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "sources.csv").write_text('id;title;note\nold;"A; B";keep\n', "utf-8")
    return folder


def document(tmp_path, name="Letter of May.txt", text="Mira was freed.\n"):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_a_document_comes_in_with_hash_time_and_origin(case, tmp_path):
    (added,) = curation.add(open_case(case), [document(tmp_path)], "https://gazette.example/1", NOW)
    row = (case / "sources.csv").read_text("utf-8").splitlines()[-1]
    assert (case / added.file).read_text("utf-8") == "Mira was freed.\n"
    assert added.id == "letter-of-may"
    assert all(cell in row for cell in (added.sha256, "2024-05-06T07:08:09Z", "Letter of May.txt", "https://gazette.example/1"))


def test_the_rows_that_were_there_stay_as_they_are(case, tmp_path):
    curation.add(open_case(case), [document(tmp_path)], now=NOW)
    lines = (case / "sources.csv").read_text("utf-8").splitlines()
    assert lines[0].startswith("id;title;note;file;")
    assert lines[1] == 'old;"A; B";keep'
    assert pipeline.check(case).sources[1].title == "A; B"


def test_the_same_bytes_come_in_once(case, tmp_path):
    curation.add(open_case(case), [document(tmp_path)], now=NOW)
    assert curation.add(open_case(case), [document(tmp_path, "copy.txt")], now=NOW) == ()


def test_another_document_of_the_same_name_is_refused(case, tmp_path):
    curation.add(open_case(case), [document(tmp_path)], now=NOW)
    with pytest.raises(InputError, match="name of another document"):
        curation.add(open_case(case), [document(tmp_path, text="Mira was taken.\n")], now=NOW)


def test_a_change_is_reported_by_file(case, tmp_path):
    (added,) = curation.add(open_case(case), [document(tmp_path)], now=NOW)
    assert pipeline.verify(case) == ()
    (case / added.file).write_text("Mira was never taken.\n", "utf-8")
    (problem,) = pipeline.verify(case)
    assert problem.file == added.file
    assert "has changed" in problem.what


def test_a_document_without_a_hash_is_named(case):
    (case / "reports").mkdir()
    (case / "reports" / "loose.txt").write_text("Words.", "utf-8")
    assert [p.what for p in pipeline.verify(case)] == ["has no hash in sources.csv."]


def test_an_address_that_is_none_is_refused(case, tmp_path):
    with pytest.raises(InputError, match="no web address"):
        curation.add(open_case(case), [document(tmp_path)], "javascript:alert(1)")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_table_from_any_spreadsheet_keeps_its_cells_its_delimiter_and_its_mark(case, tmp_path, mark, delimiter, newline):
    table = newline.join([delimiter.join(("id", "title", "note")), delimiter.join(("old", '"Ä, ""B""; C"', "keep")), ""])
    (case / "sources.csv").write_bytes(mark + table.encode())
    curation.add(open_case(case), [document(tmp_path)], now=NOW)
    data = (case / "sources.csv").read_bytes()
    assert data.startswith(mark + b"id" + delimiter.encode())
    assert data.count(b"\xef\xbb\xbf") == len(mark) / 3
    found = {row.id: row for row in pipeline.check(case).sources}
    assert found["old"].title == 'Ä, "B"; C'
    assert found["letter-of-may"].sha256
    assert pipeline.verify(case) == ()


def test_two_documents_of_one_stem_have_ids_of_their_own(case, tmp_path):
    (tmp_path / "b").mkdir()
    added = curation.add(open_case(case), [document(tmp_path), document(tmp_path, "Letter of May.md", "Mira left.\n")], now=NOW)
    assert [a.id for a in added] == ["letter-of-may", "letter-of-may-2"]


@pytest.mark.parametrize("name", ["a\tb.txt", "a\u202etxt.b.txt", " a.txt", "a\x1b[31m.txt"])
def test_a_name_that_no_table_can_hold_is_refused(case, tmp_path, name):
    with pytest.raises(InputError, match="no table can hold"):
        curation.add(open_case(case), [document(tmp_path, name)], now=NOW)
    assert "sha256" not in (case / "sources.csv").read_text("utf-8")


def test_reports_that_lead_out_of_the_case_are_not_written_to(case, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (case / "reports").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="leads out of the case folder"):
        curation.add(open_case(case), [document(tmp_path)], now=NOW)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_table_that_cannot_be_read_is_not_added_to(case, tmp_path):
    (case / "sources.csv").write_text('id,title\nold,"A\n', "utf-8")
    with pytest.raises(InputError):
        curation.add(open_case(case), [document(tmp_path)], now=NOW)
    assert not (case / "reports").exists()


def test_a_document_that_is_gone_is_named_with_what_to_do(case, tmp_path):
    (added,) = curation.add(open_case(case), [document(tmp_path)], now=NOW)
    (opened, listed) = open_case(case), pipeline.check(case).sources
    (case / added.file).unlink()
    (problem,) = curation.verify(opened, listed)
    assert (problem.file, problem.remedy) == (added.file, "Restore it from the original.")
