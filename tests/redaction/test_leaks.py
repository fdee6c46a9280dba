"""Two hundred canaries in every field of a case, and the bytes of every public file: none is found, in any form it may take."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import unicodedata
from html import unescape
from urllib.parse import quote, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import pipeline
from graph.errors import ExportError
from graph.export import FORMATS
from graph.model import CONTEXT, around
from graph.query import engine

GIVEN = ["Ysolwen", "Bertrade", "Quenlis", "Ormsby", "Thessaly", "Wilmot", "Zephrine", "Calixto", "Dorvane", "Elspeth"]
FAMILY = ["Vraskova", "Okonjuwe", "Lindqvarn", "Marrowby", "Tzellek", "Barandeau", "Quistrup", "Amadikwe", "Rothwellen", "Ferrolanzi"]
PEOPLE = [f"{g} {f}" for g, f in zip(GIVEN, FAMILY, strict=True)]


def canary(number, field):
    return f"Kanary{field}{number:02}x"


def _rows(*rows):
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def make_case(folder):
    """A case in which ten protected people carry a canary in each field that is theirs; the list of all canaries."""
    (folder / "reports").mkdir(parents=True)
    planted = [*GIVEN, *FAMILY]
    entities = [["id", "type", "name", "aliases", "description", "country", "wikidata", "latitude", "longitude", "protected"]]
    sources = [["id", "file", "title", "publisher", "author", "published", "url", "confidential"]]
    statements = [["subject", "relation", "object", "stance", "speaker", "time", "place", "source", "locator", "quote", "what", "reason", "role", "term", "note"]]
    entities.append(["organization/harbour-watch", "organization", "Harbour Watch", "", "", "", "", "", "", ""])
    entities.append(["place/tarnovik", "place", "Tarnovik", "", "", "", "", "", "", ""])
    for n, person in enumerate(PEOPLE):
        c = {field: canary(n, field) for field in ("alias", "nick", "description", "country", "locator", "what", "reason", "role", "term", "note", "value", "said", "report",
                                                   "title", "author", "url", "secret", "secrettitle", "home")}
        planted += c.values()
        planted += [f"Q777{n:04}", f"{61 + n}.4242{n}", f"2019-0{n % 9 + 1}-1{n % 9}"]
        given, family = person.split()
        entities.append([f"person/{given.lower()}-{family.lower()}", "person", person, f"{c['alias']}|{c['nick']}", c["description"], c["country"], f"Q777{n:04}", f"{61 + n}.4242{n}", "9.5", "yes"])
        entities.append(["", "place", f"home of {person} {c['home']}", "", "", "", "", "", "", ""])
        entities.append(["", "group", f"relatives of {family}", f"the {family}s", f"the family of {given}", "", "", "", "", ""])
        file = f"interview-{family.lower()}.txt"
        (folder / "reports" / file).write_text(f"Talk with {person}\n\nPolice in Tarnovik detained {person} in the {c['report']} house on 4 May 2021. {given} fled to Tarnovik.\n", "utf-8")
        sources.append([f"talk-{family.lower()}", file, f"{person} {c['title']}", "", f"{given} {c['author']}", "2021-05-09", f"https://n.example/{quote(family)}/{c['url']}", ""])
        sources.append([f"secret{n}-{c['secret']}", "", c["secrettitle"], "", "", "", "", "yes"])
        day = f"2019-0{n % 9 + 1}-1{n % 9}"
        statements.append(["Harbour Watch", "helped", person, "asserted", "", day, "Tarnovik", f"talk-{family.lower()}", c["locator"], f"detained {person}", c["what"], c["reason"], c["role"], c["term"], c["note"]])
        statements.append([person, "position", c["value"], "asserted", "", "", "", f"secret{n}-{c['secret']}", "", "", "", "", "", "", ""])
        statements.append([person, "said", c["said"], "alleged", "", "", "", f"talk-{family.lower()}", "", "", "", "", "", "", f"as {given} told us"])
        statements.append([f"relatives of {family}", "fled_to", "Tarnovik", "asserted", person, "", "", f"talk-{family.lower()}", "", f"{given} fled to Tarnovik", "", f"fear for {given}", "", "", ""])
    for name, rows in (("entities.csv", entities), ("sources.csv", sources), ("statements.csv", statements)):
        (folder / name).write_text(_rows(*rows), "utf-8")
    (folder / "case.toml").write_text(f'title = "The case of {PEOPLE[0]} and others"\n[[story]]\ntitle = "{GIVEN[1]} is taken"\ntext = "{canary(0, "story")} {FAMILY[2]}"\n', "utf-8")
    return planted


def forms(data):
    """The bytes of a file as every text that they may hide."""
    text = data.decode("utf-8", "replace")
    plain = [text, unescape(text), unquote(text), unicodedata.normalize("NFKC", text), re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)]
    for chunk in re.findall(r"[A-Za-z0-9+/]{24,}={0,2}", text)[:2000]:
        try:
            plain.append(base64.b64decode(chunk + "=" * (-len(chunk) % 4)).decode("utf-8"))
        except ValueError:
            continue
    return "\n".join(plain).casefold()


@pytest.fixture(scope="module")
def public(tmp_path_factory):
    folder = tmp_path_factory.mktemp("leaks")
    planted = make_case(folder / "case")
    summary = pipeline.build(folder / "case", folder / "out", formats=sorted(FORMATS), audience="public", k=1)
    return planted, {path.name: forms(path.read_bytes()) for path in summary.files}


def test_two_hundred_canaries_are_planted(public):
    assert len(set(public[0])) >= 200


def test_no_public_file_holds_a_canary(public):
    planted, texts = public
    found = {(name, c) for name, text in texts.items() for c in planted if c.casefold() in text or base64.b64encode(c.encode()).decode().casefold()[:-3] in text}
    assert found == set()


def test_the_canaries_would_be_found_where_nothing_is_withheld(tmp_path):
    """The search itself works: an internal export holds most of them."""
    planted = make_case(tmp_path / "case")
    summary = pipeline.build(tmp_path / "case", tmp_path / "out", formats=["jsonl", "nt"], audience="internal")
    text = "".join(forms(path.read_bytes()) for path in summary.files)
    assert sum(c.casefold() in text for c in planted) > 0.8 * len(planted)


def test_a_public_export_names_no_input(public, tmp_path):
    make_case(tmp_path / "case")
    pipeline.build(tmp_path / "case", tmp_path / "out", formats=["jsonl"], audience="public", k=1)
    assert json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["inputs"] == {}


@pytest.mark.full
def test_no_partners_file_holds_a_name(tmp_path):
    make_case(tmp_path / "case")
    summary = pipeline.build(tmp_path / "case", tmp_path / "out", formats=sorted(FORMATS), audience="partner", k=1)
    names = [*GIVEN, *FAMILY, *(canary(n, field) for n in range(10) for field in ("alias", "nick", "description", "country", "secret", "secrettitle"))]
    assert {(path.name, name) for path in summary.files for name in names if name.casefold() in forms(path.read_bytes())} == set()


@pytest.mark.full
def test_a_public_export_takes_the_place_of_an_internal_one_with_its_index_and_all(tmp_path):
    planted = make_case(tmp_path / "case")
    out = tmp_path / "out"
    pipeline.build(tmp_path / "case", out, formats=["graphml", "jsonl", "nt"])
    assert engine.run(out, f"ASK {{ ?x skos:prefLabel '{PEOPLE[0]}' }}").truth
    pipeline.build(tmp_path / "case", out, formats=["graphml", "jsonl", "nt"], audience="public", k=1)
    found = {(path.name, c) for path in out.rglob("*") if path.is_file() for c in planted if c.casefold() in forms(path.read_bytes())}
    assert found == set()


def test_a_public_export_is_refused_beside_an_older_file_that_may_name_whom_it_withholds(tmp_path):
    make_case(tmp_path / "case")
    out = tmp_path / "out"
    pipeline.build(tmp_path / "case", out, formats=["jsonl"])
    pipeline.export_as("nquads", tmp_path / "case", out / "graph.nq")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(ExportError, match=r"holds graph\.nq of an earlier export"):
        pipeline.build(tmp_path / "case", out, formats=["jsonl"], audience="public", k=1)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@settings(max_examples=300)
@given(before=st.lists(st.text("abcdef", min_size=1, max_size=9), max_size=60), after=st.lists(st.text("abcdef", min_size=1, max_size=9), max_size=60), low=st.integers(0, 40))
def test_around_a_quote_stand_whole_words_as_many_as_there_is_room_for(before, after, low):
    text = " ".join([*before, "QUOTE", *after])
    start = text.index("QUOTE")
    low = min(low, start)
    prefix, suffix = around(text, start, start + 5, low, len(text))
    assert text[start - len(prefix):start + 5 + len(suffix)] == f"{prefix}QUOTE{suffix}"
    for kept, rest in ((prefix[::-1], text[low:start][::-1]), (suffix, text[start + 5:])):
        assert len(kept) <= CONTEXT
        assert len(kept) == len(rest) or rest[len(kept)].isspace() or kept[-1:].isspace() or not kept
        word = re.match(r"\s*\S*", rest[len(kept):])[0]
        assert len(kept) == len(rest) or len(kept) + len(word) > CONTEXT


def test_no_half_of_a_name_stands_at_the_edge_of_the_words_around_a_quote(tmp_path):
    """The name lies so far from each quote that the words around it would end within the name."""
    name, words = "Yldana Quorvishkaya", "The Harbour Watch helped Mira Solheim."
    (tmp_path / "reports").mkdir()
    (tmp_path / "entities.csv").write_text(_rows(("id", "type", "name", "protected"), ("", "person", name, "yes"), ("", "person", "Mira Solheim", ""), ("", "organization", "Harbour Watch", "")), "utf-8")
    sources, told = [("id", "file")], [("subject", "relation", "object", "stance", "source", "quote")]
    for n, distance in enumerate(range(CONTEXT - 15, CONTEXT + 3)):
        filler = ("so " * CONTEXT)[:distance - 1]
        (tmp_path / "reports" / f"n{n}.txt").write_text(f"Later {name} {filler} {words} {filler} {name} left.\n", "utf-8")
        sources.append((f"n{n}", f"n{n}.txt"))
        told.append(("Harbour Watch", "helped", "Mira Solheim", "asserted", f"n{n}", words))
    (tmp_path / "sources.csv").write_text(_rows(*sources), "utf-8")
    (tmp_path / "statements.csv").write_text(_rows(*told), "utf-8")
    summary = pipeline.build(tmp_path, tmp_path / "out", formats=["jsonl", "nt"], audience="public", k=1)
    text = "".join(forms(path.read_bytes()) for path in summary.files)
    fragments = {word[i:i + 4] for word in name.casefold().split() for i in range(len(word) - 3)}
    assert words.casefold() in text
    assert [f for f in sorted(fragments) if f in text] == []
