"""A new case is complete, valid and commented, and never takes the place of anything."""

from __future__ import annotations

import csv
import io

import pytest

from graph import curation, vocabulary
from graph.case import open_case
from graph.curation import statements, tables, template
from graph.errors import UsageError

COLUMNS = {"sources.csv": tables.SOURCES, "entities.csv": tables.ENTITIES, "statements.csv": statements.COLUMNS, "decisions.csv": tables.DECISIONS}


def test_a_new_case_has_no_problem(tmp_path):
    made = template.create(tmp_path / "deep" / "case")
    case = open_case(made.folder)
    read = curation.read(case, vocabulary.relations(case.relations))
    assert (read.sources, read.entities, read.statements, read.decisions) == ((), (), (), ())
    assert case.reports.is_dir()
    assert list(case.reports.iterdir()) == []


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_every_column_is_one_that_is_read(name):
    header = next(csv.reader(io.StringIO(template.text(name))))
    assert set(header) <= set(COLUMNS[name])
    assert [c for c in COLUMNS[name] if c in header] == header


def test_every_column_is_explained():
    explained = template.text("README.txt")
    for name in ("entities.csv", "statements.csv", "decisions.csv"):
        for column in next(csv.reader(io.StringIO(template.text(name)))):
            assert column in explained or column in {"description", "country", "wikidata", "latitude", "longitude", "note"}


def test_the_list_of_relations_is_the_whole_vocabulary():
    listed = template.text("relations.toml")
    assert all(f"#   {name} " in listed for name in vocabulary.relations())


def test_the_example_relation_works_when_the_marks_are_taken_away(tmp_path):
    lines = template.text("relations.toml").splitlines()
    start = lines.index("# [met_with]")
    (tmp_path / "relations.toml").write_text("\n".join(line.removeprefix("# ") for line in lines[start:start + 6]), "utf-8")
    assert "met_with" in vocabulary.relations(tmp_path / "relations.toml")


def test_the_commented_settings_work_when_the_marks_are_taken_away(tmp_path):
    lines = template.text("case.toml").splitlines()
    settings = [line.removeprefix("# ") for line in lines if "= " in line or line.startswith("# [")]
    (tmp_path / "case.toml").write_text("\n".join(settings), "utf-8")
    assert open_case(tmp_path).title == "The detention of …"


def test_what_is_there_stays_as_it_is(tmp_path):
    (tmp_path / "entities.csv").write_text("type,name\nperson,Anna Example\n", "utf-8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("Text.", "utf-8")
    made = template.create(tmp_path)
    assert made.kept == ("entities.csv",)
    assert (tmp_path / "entities.csv").read_text("utf-8") == "type,name\nperson,Anna Example\n"
    assert (tmp_path / "reports" / "a.txt").read_text("utf-8") == "Text."


def test_a_whole_case_is_refused_and_unchanged(tmp_path):
    template.create(tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    with pytest.raises(UsageError, match="already"):
        template.create(tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()} == before


def test_a_link_is_never_followed_or_replaced(tmp_path):
    outside = tmp_path / "outside.toml"
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.toml").symlink_to(outside)
    assert "case.toml" in template.create(folder).kept
    assert (folder / "case.toml").is_symlink()
    assert not outside.exists()


def test_a_file_is_no_folder_for_a_case(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(UsageError, match="cannot be made"):
        template.create(tmp_path / "file")
