"""Tables as they should not be: every cell is kept as data or refused with its place."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import curation, vocabulary
from graph.case import open_case
from graph.curation.table import read_table
from graph.errors import CasegraphError, InputError
from graph.limits import DEFAULT


def _columns(path):
    return tuple(name.strip().casefold() for name in next(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))))


def test_csv_spectrum_is_read_as_it_is_meant(shared):
    """Every file of the spectrum: the cells that its JSON twin gives, stripped, as our tables strip them."""
    folder = shared / "hostile" / "csv_spectrum"
    seen = 0
    for path in sorted(folder.rglob("*.csv")):
        if path.stem == "location_coordinates":  # its JSON gives another phone number than its CSV
            continue
        expected = json.loads((folder / "json" / f"{path.stem}.json").read_text("utf-8"))
        expected = expected if isinstance(expected, list) else [expected]
        table = read_table(path, _columns(path), (), DEFAULT)
        assert table.problems == (), path.name
        got = [{k: v for k, v in row.cells.items() if k} for row in table.rows]
        wanted = [{k.strip().casefold(): v.strip().replace("\r\n", "\n") for k, v in row.items()} for row in expected if any(v.strip() for v in row.values())]
        assert [{k: v.replace("\r\n", "\n") for k, v in row.items()} for row in got] == wanted, path.name
        seen += 1
    assert seen >= 10


def _case(folder, entities):
    (folder / "entities.csv").write_text(entities, "utf-8", newline="")
    return open_case(folder)


def _row(*cells):
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()


def test_naughty_strings_are_names_like_any_other(shared, tmp_path):
    strings = [s for s in json.loads((shared / "hostile" / "naughty_strings.json").read_text("utf-8")) if s.strip() and "\0" not in s]
    case = _case(tmp_path, "id,type,name\n" + "".join(_row(f"person/p{n}", "person", s) for n, s in enumerate(strings)))
    tables = curation.read(case, vocabulary.relations())
    assert {e.id: e.name for e in tables.entities} == {f"person/p{n}": s.strip() for n, s in enumerate(strings)}


@pytest.mark.parametrize("text", [
    'base = "javascript:alert(1)"', 'base = "https://x.example/<>"', "title = 5", "title = []", "limits = 3", "[limits]\nfile_bytes = -1",
    "[limits]\nfile_bites = 1", "story = 4", "[[story]]\nstatements = 3", "extractor = 3", "[extractor]\nname = 4", "nonsense = 1", "title = ", "\xff",
])
def test_settings_of_the_wrong_kind_are_named(tmp_path, text):
    (tmp_path / "case.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match=r"case\.toml"):
        open_case(tmp_path)


@pytest.mark.parametrize("text", ["detained = 3", "[Bad-Name]\nlabel='a'", "[x]\nlabel='a'", "[x]\nlabel='a'\ninverse='b'\ndomain='person'\nrange=['person']",
                                  "[x]\nlabel='a'\ninverse='b'\ndomain=['alien']\nrange=['person']", "[x", "[detained]\ncrosswalk = 3"])
def test_relations_of_the_wrong_kind_are_named(tmp_path, text):
    (tmp_path / "relations.toml").write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"relations\.toml"):
        vocabulary.relations(tmp_path / "relations.toml")


def test_a_file_outside_the_case_is_never_read(tmp_path):
    case = tmp_path / "case"
    case.mkdir()
    (tmp_path / "outside.txt").write_text("secret", "utf-8")
    for file in ("../outside.txt", str(tmp_path / "outside.txt")):
        (case / "sources.csv").write_text("id,file\n" + _row("a", file), "utf-8")
        with pytest.raises(InputError, match="leads out of the case folder"):
            curation.read(open_case(case), vocabulary.relations())


_CELLS = st.text(st.characters(codec="utf-8"), max_size=20)
_TABLES = st.lists(st.lists(_CELLS, min_size=1, max_size=14), max_size=6)


def _fuzz(folder, name, rows, raw):
    header = {"entities.csv": "id,type,name,aliases,latitude,protected", "sources.csv": "id,file,published,url,confidential",
              "statements.csv": "subject,relation,object,stance,source,time", "decisions.csv": "decision,left,right,by,on,reason"}[name]
    body = "".join(_row(*row) for row in rows).encode("utf-8", "surrogatepass")
    (folder / name).write_bytes(header.encode() + b"\n" + body + raw)
    try:
        curation.read(open_case(folder), vocabulary.relations())
    except CasegraphError as error:
        return str(error)
    finally:
        (folder / name).unlink()
    return ""


def _check(tmp_path, name, rows, raw):
    message = _fuzz(tmp_path, name, rows, raw)
    assert not message or name in message


_SUPPRESSED = [HealthCheck.function_scoped_fixture]


@settings(max_examples=200, deadline=None, suppress_health_check=_SUPPRESSED)
@given(st.sampled_from(["entities.csv", "sources.csv", "statements.csv", "decisions.csv"]), _TABLES, st.binary(max_size=40))
def test_any_table_is_read_or_refused_by_name(tmp_path, name, rows, raw):
    _check(tmp_path, name, rows, raw)


@pytest.mark.deep
@pytest.mark.timeout(0)
@settings(max_examples=50_000, deadline=None, suppress_health_check=_SUPPRESSED)
@given(st.sampled_from(["entities.csv", "sources.csv", "statements.csv", "decisions.csv"]), _TABLES, st.binary(max_size=40))
def test_fifty_thousand_tables_are_read_or_refused_by_name(tmp_path, name, rows, raw):
    _check(tmp_path, name, rows, raw)
