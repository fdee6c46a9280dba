"""The guard: only reading gets through, in whatever disguise a query comes, and what reads is not changed by it."""

from __future__ import annotations

import re
import socket
import sys
import threading

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import QueryError
from graph.query import guard
from graph.query.results import Term

_ASK = "<http://127.0.0.1:{port}/> { ?s ?p ?o }"
ATTACKS = {
    "service": f"SELECT * {{ SERVICE {_ASK} }}",
    "service silent": f"SELECT * {{ SERVICE SILENT {_ASK} }}",
    "service lowercase": f"select * {{ service {_ASK} }}",
    "service mixed case": f"select * {{ sErViCe {_ASK} }}",
    "service variable": "SELECT * { BIND(<http://127.0.0.1:{port}/> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "service variable from values": "SELECT * { VALUES ?u { <http://127.0.0.1:{port}/> } SERVICE ?u { ?s ?p ?o } }",
    "service prefixed": "PREFIX x: <http://127.0.0.1:{port}/> SELECT * { SERVICE x:a { ?s ?p ?o } }",
    "service relative to a base": "BASE <http://127.0.0.1:{port}/> SELECT * { SERVICE <a> { ?s ?p ?o } }",
    "service file": "SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
    "service in optional": f"SELECT * {{ OPTIONAL {{ SERVICE {_ASK} }} }}",
    "service in union": f"SELECT * {{ {{ }} UNION {{ SERVICE {_ASK} }} }}",
    "service in minus": f"SELECT * {{ ?a ?b ?c MINUS {{ SERVICE {_ASK} }} }}",
    "service in graph": f"SELECT * {{ GRAPH ?g {{ SERVICE {_ASK} }} }}",
    "service in service": f"SELECT * {{ SERVICE ?x {{ SERVICE {_ASK} }} }}",
    "service in exists": f"ASK {{ ?a ?b ?c FILTER EXISTS {{ SERVICE {_ASK} }} }}",
    "service in not exists": f"ASK {{ ?a ?b ?c FILTER NOT EXISTS {{ SERVICE {_ASK} }} }}",
    "service in exists in bind": f"SELECT * {{ BIND(EXISTS {{ SERVICE {_ASK} }} AS ?x) }}",
    "service in exists in if": f"SELECT (IF(EXISTS {{ SERVICE {_ASK} }}, 1, 2) AS ?x) {{}}",
    "service in exists in having": f"SELECT (COUNT(*) AS ?n) {{?a ?b ?c}} HAVING(EXISTS {{ SERVICE {_ASK} }})",
    "service in exists in order": f"SELECT * {{?a ?b ?c}} ORDER BY (EXISTS {{ SERVICE {_ASK} }})",
    "service in sub-select": f"SELECT * {{ {{ SELECT * {{ SERVICE {_ASK} }} }} }}",
    "service in two sub-selects": f"SELECT * {{ {{ SELECT * {{ {{ SELECT * {{ SERVICE {_ASK} }} }} }} }} }}",
    "service in lateral": f"SELECT * {{ LATERAL {{ SERVICE {_ASK} }} }}",
    "service in construct": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE {_ASK} }}",
    "service in describe": f"DESCRIBE ?s WHERE {{ SERVICE {_ASK} }}",
    "service after a comment": f"SELECT * {{ # nothing\n SERVICE {_ASK} }}",
    "service after a carriage return in a comment": f"SELECT * {{ # x\rSERVICE {_ASK} }}",
    "service between comments": "SELECT * { SERVICE#x\n<http://127.0.0.1:{port}/>#y\n{ ?s ?p ?o } }",
    "service without spaces": "SELECT*{SERVICE<http://127.0.0.1:{port}/>{?s?p?o}}",
    "service with its letters escaped": rf"SELECT * {{ \u0053ERVICE {_ASK} }}",
    "service escaped with eight digits": rf"SELECT * {{ \U00000053ERVICE {_ASK} }}",
    "service in what looks like an IRI with a comment in it":
        "SELECT * { ?x ?y ?z FILTER(?x<1)SERVICE#>\n<http://127.0.0.1:{port}/>{ ?s ?p ?o } }",
    "service in what looks like an IRI and a long string": f"SELECT * {{ ?x ?y ?z FILTER(?x<?y#>'''\n) SERVICE {_ASK} }} #'''",
    "service in what looks like a prefixed IRI and a long string":
        f"PREFIX a: <http://x/> SELECT * {{ ?x ?y ?z FILTER(?x<a:b#>'''\n) SERVICE {_ASK} }} #'''",
    "service in what looks like an IRI with a quote": f"SELECT * {{ FILTER(1<'>'||1>2) SERVICE {_ASK} }}",
    "service after an escaped quote": rf"SELECT * {{ BIND('\' AS ?x) SERVICE {_ASK} }}",
    "service with a fullwidth letter": f"SELECT * {{ \uff33ERVICE {_ASK} }}",
    "service with a dotless i": f"SELECT * {{ SERV\u0131CE {_ASK} }}",
    "service with a zero-width space": f"SELECT * {{ SER\u200bVICE {_ASK} }}",
    "service with NUL": f"SELECT * {{ SERVICE\x00 {_ASK} }}",
    "from http": "SELECT * FROM <http://127.0.0.1:{port}/> { ?s ?p ?o }",
    "from file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <http://127.0.0.1:{port}/> { GRAPH ?g { ?s ?p ?o } }",
    "from in ask": f"ASK FROM {_ASK}",
    "from in describe": f"DESCRIBE ?s FROM {_ASK}",
    "from in construct": "CONSTRUCT { ?s ?p ?o } FROM <http://127.0.0.1:{port}/> WHERE { ?s ?p ?o }",
    "load": "LOAD <http://127.0.0.1:{port}/>",
    "load silent": "LOAD SILENT <file:///etc/passwd> INTO GRAPH <http://x/>",
    "load after a query": "ASK {} ; LOAD <http://127.0.0.1:{port}/>",
    "insert data": "INSERT DATA { <http://x/> <http://y/> <http://z/> }",
    "insert where": "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "delete data": "DELETE DATA { <http://x/> <http://y/> <http://z/> }",
    "delete where": "DELETE WHERE { ?s ?p ?o }",
    "with delete using": "WITH <http://x/> DELETE { ?s ?p ?o } USING <http://127.0.0.1:{port}/> WHERE { ?s ?p ?o }",
    "clear": "CLEAR ALL",
    "drop": "DROP SILENT GRAPH <http://x/>",
    "create": "CREATE GRAPH <http://x/>",
    "copy": "COPY DEFAULT TO <http://x/>",
    "move": "MOVE <http://x/> TO DEFAULT",
    "add": "ADD <http://x/> TO <http://y/>",
    "400 groups": "SELECT * " + "{" * 400 + "?s ?p ?o" + "}" * 400,
    "400 brackets": "SELECT * { FILTER" + "(" * 400 + "1" + ")" * 400 + " }",
    "400 lists": "SELECT * { ?s ?p " + "(" * 400 + ")" * 400 + " }",
    "400 blank nodes": "SELECT * { ?s ?p " + "[ ?p " * 400 + "1" + "]" * 400 + " }",
    "400 sub-selects": "SELECT * " + "{ SELECT * " * 400 + "{}" + "}" * 400,
    "too long": "SELECT * { ?s ?p '" + "x" * 30_000 + "' }",
    "too many words": "SELECT * { " + "?s ?p ?o . " * 1000 + "}",
    "nothing": "",
    "half a character": "SELECT * { ?s ?p '\ud800' }",
    "half a character, escaped": r"SELECT * { ?s ?p '\ud800' }",
    "unterminated string": "SELECT * { ?s ?p 'x }",
}

READS = [
    "SELECT * { ?s ?p ?o }",
    "ASK {}",
    "DESCRIBE <http://x/>",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o # SERVICE <http://x/> {}\n }",
    "SELECT * { ?s ?p 'SERVICE <http://x/> { }', \"FROM <x>\", '''LOAD\n\"'''@en, 'x'^^<http://y/> }",
    "PREFIX service: <http://x/service#> SELECT * { service:from ^service:load/(service:a|!service:b)*/service:c? ?insert }",
    "SELECT ?service ?load { ?service ?load <http://x/SERVICE#from'(a)> . _:drop ?p <urn:x:SERVICE> }",
    "SELECT * { ?s ?p ?o FILTER(?s<?o && ?o>3||?s<=?o&&!(?s!=1.5e3)) }",
    "SELECT (GROUP_CONCAT(DISTINCT ?s; SEPARATOR=', ') AS ?x) { ?s ?p ?o } GROUP BY ?p HAVING(COUNT(?s)>1) ORDER BY DESC(?x) LIMIT 3 OFFSET 1",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT REDUCED * { { ?a ?b ?c } UNION { ?a ?b ?d } MINUS { ?a ?b 1 } OPTIONAL { ?a ?b -1, +2, .5 } BIND(-?c AS ?e) GRAPH ?g { ?a a ?h } }",
    "SELECT * { VALUES (?a ?b) { (UNDEF 'x') (true 1) } ?a ?b [ ?p ( 1 2 ) ] ; ?q [] . FILTER NOT EXISTS { ?a ?b ?c } FILTER(?a NOT IN (1, 2)) }",
    "BASE <http://x/> SELECT * { <a> <b> <c>, <> }",
]

FUNCTIONS = """ABS(1) AVG(?s) BNODE() BNODE('x') BOUND(?s) CEIL(1) COALESCE(?s,1) CONCAT('a','b') CONTAINS('a','b') COUNT(?s) DATATYPE(1) DAY(?s)
ENCODE_FOR_URI('a') FLOOR(1) HOURS(?s) IF(true,1,2) IRI('x:y') ISBLANK(?s) ISIRI(?s) ISLITERAL(?s) ISNUMERIC(?s) ISURI(?s) LANG('a')
LANGMATCHES('a','b') LCASE('a') MAX(?s) MD5('a') MIN(?s) MINUTES(?s) MONTH(?s) NOW() RAND() REGEX('a','b','i') REPLACE('a','b','c') ROUND(1)
SAMETERM(?s,1) SAMPLE(?s) SECONDS(?s) SHA1('a') SHA256('a') SHA384('a') SHA512('a') STR(1) STRAFTER('a','b') STRBEFORE('a','b')
STRDT('a',<http://x/>) STRENDS('a','b') STRLANG('a','en') STRLEN('a') STRSTARTS('a','b') STRUUID() SUBSTR('a',1,2) SUM(?s) TIMEZONE(?s) TZ(?s)
UCASE('a') URI('x:y') UUID() YEAR(?s)""".split()

PIECES = [
    "SELECT", "*", "{", "}", "(", ")", "<", ">", "<http://127.0.0.1:9/>", "?x", "?y", "FILTER", "BIND", "AS", "'", '"', "'''", '"""', "\\", "#", "\n",
    "\r", " ", "SERVICE", "FROM", "a:b", "PREFIX a: <http://x/>", "1", "+", "||", "&&", "EXISTS", "UNION", ".", ";", "[", "]", "/", "%41", "@en", "^^", "_:b",
    "ASK", "!", "=", "\u00e9", "\u2028", "\t", "\x0c", "SELECT * { ?x<", "'''\n", ") SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }", "}#'''",
]


@pytest.fixture
def listener():
    """A server that counts who comes: its port and the list of its callers."""
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen():
            while True:
                try:
                    client, address = server.accept()
                except OSError:
                    return
                calls.append(address)
                client.close()

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], calls


def test_there_are_at_least_forty_attacks():
    assert len(ATTACKS) >= 40


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_by_one_named_error(name):
    with pytest.raises(QueryError):
        guard.check(ATTACKS[name].replace("{port}", "9"))


def test_refusing_opens_no_file_and_no_socket(listener):
    port, calls = listener
    opened = []
    watching = [True]

    def hook(event, args):
        if watching and (event == "open" or event.startswith(("socket.connect", "socket.getaddrinfo", "subprocess.", "os.system"))):
            opened.append((event, args))

    sys.addaudithook(hook)
    for attack in ATTACKS.values():
        with pytest.raises(QueryError):
            guard.check(attack.replace("{port}", str(port)))
    watching.clear()
    assert opened == []
    assert calls == []


def test_without_the_guard_the_engine_would_ask_the_other_server(listener):
    """The proof above can fail: the engine does follow SERVICE."""
    port, calls = listener
    with pytest.raises(OSError):
        list(ox.Store().query(ATTACKS["service"].replace("{port}", str(port))))
    assert len(calls) == 1


@pytest.mark.parametrize("query", READS)
def test_what_only_reads_passes_and_means_the_same(query):
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://x/a"), ox.NamedNode("http://x/b"), ox.Literal("SERVICE")))
    before, after = store.query(query), store.query(guard.check(query).text)
    if isinstance(before, ox.QueryBoolean):
        assert bool(before) == bool(after)
    else:
        assert sorted(map(str, before)) == sorted(map(str, after))


@pytest.mark.parametrize("call", FUNCTIONS)
def test_every_function_of_sparql_passes(call):
    name, bracket, rest = call.partition("(")
    for text in (call, name.lower() + bracket + rest):
        ox.Store().query(guard.check(f"SELECT ({text} AS ?x) {{}}").text)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_whatever_passes_holds_no_service_to_the_engine(pieces):
    """The engine refuses to call port 9, with an error that says so: that error would mean that a SERVICE passed."""
    try:
        checked = guard.check("SELECT * { " + "".join(pieces) + " }")
    except QueryError:
        return
    try:
        list(ox.Store().query(checked.text))
    except (SyntaxError, ValueError):
        return
    except OSError as error:
        pytest.fail(f"{checked.text!r} reached the network: {error}")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_a_value_is_one_term_whatever_it_holds(text):
    """Values are bound as terms: the engine gives back the very text, and nothing of it is read as a query."""
    query = guard.check("SELECT ?x { VALUES ?x { UNDEF } }")
    if any("\ud800" <= c <= "\udfff" for c in text):
        with pytest.raises(QueryError):
            query.binding({"x": Term("literal", text)})
        return
    [row] = ox.Store().query(query.binding({"x": Term("literal", text)}).text)
    assert row["x"] == ox.Literal(text)


@pytest.mark.parametrize("iri", ["", "x", "http://x/> } SERVICE <http://y/", "http://x/ y", 'http://x/"', "http://x/\\u003e", "http://x/\n", "<http://x/>"])
def test_a_value_that_is_no_iri_is_refused(iri):
    with pytest.raises(QueryError, match="no absolute IRI"):
        guard.check("SELECT ?x { VALUES ?x { UNDEF } }").binding({"x": Term("iri", iri)})


@pytest.mark.parametrize(("language", "datatype", "end"), [
    ("", "", "string"), ("en", "", "langString"), ("zh-Hant", "", "langString"), ("", "http://www.w3.org/2001/XMLSchema#date", "date")])
def test_values_keep_language_and_datatype(language, datatype, end):
    checked = guard.check("SELECT ?x { VALUES ?x { UNDEF } }").binding({"x": Term("literal", "2021-02-04", datatype, language)})
    [row] = ox.Store().query(checked.text)
    assert (row["x"].language or "").casefold() == language.casefold()
    assert row["x"].datatype.value.endswith("#" + end)


def test_a_language_tag_that_is_none_is_refused():
    with pytest.raises(QueryError, match="no language tag"):
        guard.check("SELECT ?x { VALUES ?x { UNDEF } }").binding({"x": Term("literal", "x", "", "en } SERVICE")})


def test_a_value_for_a_variable_that_the_query_does_not_leave_open_is_refused():
    with pytest.raises(QueryError, match=r"VALUES \?y { UNDEF }"):
        guard.check("SELECT ?x { VALUES ?x { UNDEF } }").binding({"y": Term("literal", "x")})


def test_a_text_that_looks_like_an_open_value_is_none():
    checked = guard.check("SELECT ?x { ?x ?y 'VALUES ?x { UNDEF }' }").binding({})
    assert '"VALUES ?x { UNDEF }"' in checked.text


def test_a_place_left_open_is_dropped():
    assert guard.check("SELECT ?x { VALUES ?x { UNDEF } ?x ?y ?z }").binding({}).text.split() == "SELECT ?x { ?x ?y ?z }".split()


def test_a_refusal_says_where():
    with pytest.raises(QueryError, match=re.escape("SERVICE is refused (line 2, column 3)")):
        guard.check("SELECT * {\n  SERVICE <http://x/> {} }")


def test_a_place_in_the_text_for_the_engine_is_told_as_written():
    checked = guard.check("SELECT *\n{ ?s ?p # a comment\n  ?o ! }")
    assert checked.place(checked.text.index("!") + 1) == "line 3, column 6"


@pytest.mark.parametrize("word", ["LATERAL", "ADJUST", "TRIPLE", "VERSION", "INFER"])
def test_a_word_that_engines_may_know_and_sparql_1_1_does_not_is_refused(word):
    with pytest.raises(QueryError, match=f"{word}.*no word"):
        guard.check(f"SELECT * {{ {word} {{ ?s ?p ?o }} }}")


@pytest.mark.parametrize("escape", [r"\x", r"\u00", r"\U00110000"])
def test_an_escape_that_is_none_is_refused(escape):
    with pytest.raises(QueryError):
        guard.check(f"SELECT * {{ ?s ?p 'a{escape}' }}")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.sampled_from(["\\u{:04x}", "\\U{:08X}"]))
def test_an_escaped_text_is_the_text(text, form):
    """However a query writes a string, the engine sees the same one: nothing hides behind an escape."""
    plain = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f", '"': '\\"', "'": "\\'", "\\": "\\\\"}
    coded = "".join((form if ord(c) < 2**16 else "\\U{:08X}").format(ord(c)) for c in text)
    short = "".join(plain.get(c, c) for c in text)
    written = {guard.check(f"ASK {{ ?s ?p {quote}{body}{quote} }}").text for body in (coded, short) for quote in ("'", '"', "'''", '"""')}
    assert len(written) == 1


def test_a_group_that_never_ends_is_left_to_the_engine_to_refuse():
    assert guard.check("ASK { { VALUES ?x { UNDEF } ?s ?p ?x").binding({}).text.split() == ["ASK", "{"]


def test_an_ambiguous_comparison_says_what_to_write():
    with pytest.raises(QueryError, match="space after <"):
        guard.check("SELECT * { FILTER(?x<(?y)&&(?z>1)) }")


@pytest.mark.parametrize("clause", ["FROM <http://x/>", "FROM NAMED <http://x/>", "from <http://x/> from named <http://y/> FROM v:x"])
def test_a_data_set_given_beside_the_query_takes_the_place_of_from(clause):
    assert guard.check(f"SELECT * {clause} WHERE {{ ?s ?p 'FROM' }}", dataset_given=True).text == guard.check("SELECT * WHERE { ?s ?p 'FROM' }").text


@pytest.mark.parametrize("query", ["SELECT * FROM ?x { }", "SELECT * FROM NAMED { }", "SELECT * FROM", "SELECT * FROM SERVICE <http://x/> {}",
                                   "SELECT * FROM <http://x/> { SERVICE <http://x/> {} }"])
def test_only_whole_dataset_clauses_are_dropped(query):
    with pytest.raises(QueryError):
        guard.check(query, dataset_given=True)


@pytest.mark.parametrize(("written", "asked"), [
    ("SELECT * { { VALUES ?x { UNDEF } ?s ?p ?x } ?s a ?c }", "SELECT * { ?s a ?c }"),
    ("SELECT * { ?s a ?c . { VALUES ?x { UNDEF } { ?s ?p ?x } OPTIONAL { ?x ?q ?y } } . ?s ?p ?o }", "SELECT * { ?s a ?c . ?s ?p ?o }"),
    ("SELECT * { OPTIONAL { ?s a ?c } { VALUES ?x { UNDEF } VALUES ?y { UNDEF } ?s ?x ?y } }", "SELECT * { OPTIONAL { ?s a ?c } }"),
])
def test_a_group_that_only_ties_an_open_variable_is_dropped_with_it(written, asked):
    assert guard.check(written).binding({}).text.split() == asked.split()


@pytest.mark.parametrize("written", [
    "SELECT * { { VALUES ?x { UNDEF } ?s ?p ?x } UNION { ?s a ?x } }",
    "SELECT * { { ?s a ?x } UNION { VALUES ?x { UNDEF } ?s ?p ?x } }",
    "SELECT * { ?s a ?c OPTIONAL { VALUES ?x { UNDEF } ?s ?p ?x } }",
    "SELECT * { ?s a ?c FILTER NOT EXISTS { VALUES ?x { UNDEF } ?s ?p ?x } }",
    "SELECT * { { SELECT ?s { VALUES ?x { UNDEF } ?s ?p ?x } } }",
    "CONSTRUCT { ?s a ?x } { VALUES ?x { UNDEF } ?s ?p ?x }",
    "SELECT * { { ?s ?p ?x VALUES ?x { UNDEF } } }",
])
def test_any_other_group_stays_when_its_variable_is_left_open(written):
    assert guard.check(written).binding({}).text.split() == written.replace("VALUES ?x { UNDEF } ", "").replace("VALUES ?x { UNDEF }", "").split()


def test_a_group_in_which_another_variable_has_a_value_stays():
    checked = guard.check("SELECT * { { VALUES ?x { UNDEF } VALUES ?y { UNDEF } ?s ?x ?y } ?s a ?c }")
    assert checked.binding({"y": Term("literal", "one")}).text.split() == 'SELECT * { { VALUES ?y { "one" } ?s ?x ?y } ?s a ?c }'.split()
    assert checked.binding({"x": Term("iri", "https://x.example/")}).text.split() == "SELECT * { { VALUES ?x { <https://x.example/> } ?s ?x ?y } ?s a ?c }".split()
