"""The server: the 34 requests of the W3C's protocol tests, every client's accept header, and nobody from elsewhere."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from contextlib import closing, contextmanager
from types import SimpleNamespace
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
import uvicorn
from rdflib import Graph

from graph.errors import ExportError
from graph.query import serve
from graph.query.engine import Limits

W3C = "http://kasei.us/2009/09/sparql/data/"
DATA = [f"{W3C}data{n}.rdf" for n in range(4)]
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


@contextmanager
def running(export, **options):
    """The server on a free port of the loopback; gives the port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(serve.app(export, port, **options), log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield port
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def w3c(tmp_path_factory):
    """An export with the graphs that the W3C's tests want: each names itself."""
    folder = tmp_path_factory.mktemp("w3c")
    lines = [f"<{iri}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://xmlns.com/foaf/0.1/Document> <{iri}> .\n" for iri in DATA[1:]]
    (folder / "graph.nq").write_text("".join(lines), "utf-8")
    with running(folder) as port:
        yield port


@pytest.fixture(scope="module")
def port(harbour):
    with running(harbour) as port:
        yield port


def send(port, method, path, body=None, **headers):
    """Status, headers and text of the answer to one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(connection):
        connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        data = body.encode() if isinstance(body, str) else body
        if data is not None:
            connection.putheader("Content-Length", str(len(data)))
        connection.endheaders(data)
        answer = connection.getresponse()
        return SimpleNamespace(status=answer.status, type=answer.headers.get("content-type", "").split(";")[0], headers=answer.headers,
                               text=answer.read().decode("utf-8"))


def graphs(**named):
    return urlencode([(name.replace("_", "-"), DATA[n]) for name, numbers in named.items() for n in numbers])


TYPED = f"<{DATA[1]}> a ?type . <{DATA[2]}> a ?type ."
NAMED = f"GRAPH ?g1 {{ <{DATA[1]}> a ?type }} GRAPH ?g2 {{ <{DATA[2]}> a ?type }}"
EMPTY = graphs(default_graph_uri=[0])
BOOLEAN = {"application/sparql-results+json", "application/sparql-results+xml"}
TABLE = BOOLEAN | {"text/csv", "text/tab-separated-values"}
RDF = {"text/turtle", "application/rdf+xml", "application/n-triples"}
INSERT = "INSERT { GRAPH <http://example.org/test/> { ?s a <http://purl.org/dc/terms/BibliographicResource> } } WHERE { ?s a <http://x/Document> }"

ANSWERED = {
    "query_post_form": ("POST", f"?{EMPTY}", "query=ASK%20%7B%7D", FORM, BOOLEAN),
    "query_dataset_default_graphs_get": ("GET", "?query=" + quote(f"ASK {{ {TYPED} }}") + "&" + graphs(default_graph_uri=[1, 2]), None, None, BOOLEAN),
    "query_dataset_default_graphs_post": ("POST", "?" + graphs(default_graph_uri=[1, 2]), f"ASK {{ {TYPED} }}", QUERY, BOOLEAN),
    "query_dataset_named_graphs_post": ("POST", "?" + graphs(named_graph_uri=[1, 2]), f"ASK {{ {NAMED} }}", QUERY, BOOLEAN),
    "query_dataset_named_graphs_get": ("GET", "?query=" + quote(f"ASK {{ {NAMED} }}") + "&" + graphs(named_graph_uri=[1, 2]), None, None, BOOLEAN),
    "query_dataset_full": ("POST", "?" + graphs(default_graph_uri=[3], named_graph_uri=[1, 2]), f"ASK {{ <{DATA[3]}> a ?type {NAMED} }}", QUERY, BOOLEAN),
    # The manifest has this one's second parameter escaped into the first, where it is no parameter; here it is as its title says.
    "query_multiple_dataset": ("POST", "?" + graphs(named_graph_uri=[1, 2]), f"ASK FROM <{DATA[3]}> {{ {NAMED} }}", QUERY, BOOLEAN),
    "query_get": ("GET", f"?query=ASK%20%7B%7D&{EMPTY}", None, None, BOOLEAN),
    "query_content_type_select": ("POST", f"?{EMPTY}", "SELECT (1 AS ?value) {}", QUERY, TABLE),
    "query_content_type_ask": ("POST", f"?{EMPTY}", "ASK {}", QUERY, BOOLEAN),
    "query_content_type_describe": ("POST", f"?{EMPTY}", "DESCRIBE <http://example.org/>", QUERY, RDF),
    "query_content_type_construct": ("POST", f"?{EMPTY}", "CONSTRUCT { <s> <p> 1 } WHERE {}", QUERY, RDF),
    "query_post_direct": ("POST", f"?{EMPTY}", "ASK {}", QUERY, BOOLEAN),
}
REFUSED = {
    "update_dataset_default_graph": ("POST", "?" + graphs(using_graph_uri=[1]), f"CLEAR ALL ; {INSERT}", UPDATE, 403),
    "update_dataset_default_graphs": ("POST", "?" + graphs(using_graph_uri=[1, 2]), f"DROP ALL ; {INSERT}", UPDATE, 403),
    "update_dataset_named_graphs": ("POST", "?" + graphs(using_named_graph_uri=[1, 2]), INSERT, UPDATE, 403),
    "update_dataset_full": ("POST", "?" + graphs(using_graph_uri=[1], using_named_graph_uri=[2, 3]), INSERT, UPDATE, 403),
    "update_post_form": ("POST", "", "update=CLEAR%20ALL", FORM, 403),
    "update_post_direct": ("POST", "", "CLEAR ALL", UPDATE, 403),
    "update_base_uri": ("POST", "", "INSERT DATA { GRAPH <http://example.org/base/> { <http://example.org/s> <http://example.org/p> <test> } }", UPDATE, 403),
    "bad_query_method": ("PUT", "?query=ASK%20%7B%7D", None, None, 405),
    "bad_multiple_queries": ("GET", "?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", None, None, 400),
    "bad_query_wrong_media_type": ("POST", "", "ASK {}", "text/plain", 415),
    "bad_query_missing_form_type": ("POST", "", "query=ASK%20%7B%7D", None, 415),
    "bad_query_missing_direct_type": ("POST", "", "ASK {}", None, 415),
    "bad_query_non_utf8": ("POST", "", "ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16", 415),
    "bad_query_syntax": ("GET", "?query=ASK%20%7B", None, None, 400),
    "bad_update_get": ("GET", "?update=CLEAR%20ALL", None, None, 400),
    "bad_multiple_updates": ("POST", "", "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM, 400),
    "bad_update_wrong_media_type": ("POST", "", "CLEAR NAMED", "text/plain", 415),
    "bad_update_missing_form_type": ("POST", "", "update=CLEAR%20NAMED", None, 415),
    "bad_update_non_utf8": ("POST", "", "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16", 415),
    "bad_update_syntax": ("POST", "", "update=CLEAR%20XYZ", FORM, 403),
    "bad_update_dataset_conflict": ("POST", "?using-named-graph-uri=http%3A%2F%2Fexample%2Fpeople",
                                    "WITH <http://example/addresses> DELETE { ?p ?q 'Bill' } WHERE { ?p ?q 'Bill' }", UPDATE, 403),
}


def test_all_34_requests_of_the_manifest_are_here():
    assert len(ANSWERED) + len(REFUSED) == 34


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
@pytest.mark.parametrize("name", ANSWERED)
def test_a_query_of_the_w3c_is_answered(w3c, name, path):
    method, address, body, media, expected = ANSWERED[name]
    answer = send(w3c, method, path + address, body, **({"Content_Type": media} if media else {}))
    assert answer.status == 200, answer.text
    assert answer.type in expected
    if expected is BOOLEAN:
        assert json.loads(answer.text) == {"head": {}, "boolean": True}


@pytest.mark.parametrize("name", REFUSED)
def test_a_request_of_the_w3c_that_is_wrong_or_writes_is_refused_with_its_status(w3c, name):
    method, address, body, media, status = REFUSED[name]
    before = send(w3c, "GET", "/sparql?query=" + quote("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?s ?g")).text
    assert send(w3c, method, f"/sparql/{address}", body, **({"Content_Type": media} if media else {})).status == status
    assert send(w3c, "GET", "/sparql?query=" + quote("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?s ?g")).text == before


def test_a_dataset_in_the_query_alone_is_refused(w3c):
    assert send(w3c, "POST", "/sparql", f"ASK FROM <{DATA[1]}> {{}}", Content_Type=QUERY).status == 400


def test_a_relative_iri_is_resolved_against_the_service(w3c):
    answer = send(w3c, "POST", "/sparql", "CONSTRUCT { <s> <p> 1 } WHERE {}", Content_Type=QUERY, Accept="application/n-triples")
    assert answer.text.startswith(f"<http://127.0.0.1:{w3c}/s>")


SELECT = "SELECT ?name ?alias { person:ana-ruiz skos:prefLabel ?name ; skos:altLabel ?alias } ORDER BY ?alias"
CONSTRUCT = "CONSTRUCT { ?s skos:prefLabel ?n } WHERE { ?s skos:prefLabel ?n }"


@pytest.mark.parametrize(("accept", "media"), [
    ("*/*", "application/sparql-results+json"),
    ("", "application/sparql-results+json"),
    ("application/sparql-results+json", "application/sparql-results+json"),
    ("application/json", "application/json"),
    ("application/sparql-results+xml", "application/sparql-results+xml"),
    ("application/xml", "application/xml"),
    ("text/csv", "text/csv"),
    ("text/tab-separated-values", "text/tab-separated-values"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
    ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
    ("text/*;q=0.3, text/csv;q=0.9", "text/csv"),
    ("application/pdf, */*;q=0.1", "application/sparql-results+json"),
    ("application/sparql-results+json;q=0, */*", "application/json"),
    ("text/csv;q=nonsense, text/tab-separated-values", "text/tab-separated-values"),
])
def test_rows_come_in_the_form_that_the_client_likes_best(port, accept, media):
    answer = send(port, "GET", f"/sparql?query={quote(SELECT)}", Accept=accept)
    assert (answer.status, answer.type) == (200, media)
    if media.endswith(("json", "xml")) and "html" not in media:
        form = ox.QueryResultsFormat.JSON if media.endswith("json") else ox.QueryResultsFormat.XML
        rows = [[term.value for term in row] for row in ox.parse_query_results(answer.text.encode(), format=form)]
    elif media == "text/html":
        rows = [["Ana Ruiz", "Anna Ruiz"]] if '<td dir="auto">Anna Ruiz</td>' in answer.text else []
    else:
        separator = "," if media == "text/csv" else "\t"
        rows = [[cell.strip('"') for cell in line.split(separator)] for line in answer.text.splitlines()[1:]]
    assert rows[0] == ["Ana Ruiz", "Anna Ruiz"]


@pytest.mark.parametrize(("accept", "media", "form"), [
    ("*/*", "text/turtle", "turtle"), ("text/turtle", "text/turtle", "turtle"), ("application/n-triples", "application/n-triples", "nt"),
    ("application/rdf+xml", "application/rdf+xml", "xml"), ("application/rdf+xml;q=0.2,text/turtle;q=0.1", "application/rdf+xml", "xml"),
])
def test_triples_come_in_the_form_that_the_client_likes_best(port, accept, media, form):
    answer = send(port, "GET", f"/sparql?query={quote(CONSTRUCT)}", Accept=accept)
    assert (answer.status, answer.type) == (200, media)
    assert len(Graph().parse(data=answer.text, format=form)) >= 12


def test_a_form_that_is_not_to_be_had_is_406(port):
    assert send(port, "GET", f"/sparql?query={quote(SELECT)}", Accept="application/pdf").status == 406


@pytest.mark.parametrize("method", ["GET", "POST", "POSTDIRECTLY"])
def test_sparqlwrapper_asks_and_reads(port, method):
    from SPARQLWrapper import CSV, JSON, TSV, TURTLE, XML, SPARQLWrapper

    client = SPARQLWrapper(f"http://127.0.0.1:{port}/sparql")
    client.setMethod(method.removesuffix("DIRECTLY"))
    client.setRequestMethod("postdirectly" if method.endswith("DIRECTLY") else "urlencoded")
    client.setQuery(SELECT)
    client.setReturnFormat(JSON)
    assert [row["alias"]["value"] for row in client.queryAndConvert()["results"]["bindings"]] == ["Anna Ruiz", "La Ruiz"]
    client.setReturnFormat(XML)
    assert "Anna Ruiz" in client.queryAndConvert().toxml()
    for form in (CSV, TSV):
        client.setReturnFormat(form)
        assert b"Anna Ruiz" in client.queryAndConvert()
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(TURTLE)
    assert b"Ana Ruiz" in client.queryAndConvert()


@pytest.mark.parametrize("headers", [
    {"Host": "attacker.example"}, {"Host": "attacker.example:80"}, {"Host": "127.0.0.1"}, {"Host": "127.0.0.1:1"}, {"Host": ""},
    {"Host": "127.0.0.1.attacker.example"}, {"Host": "0.0.0.0"}, {"Host": "169.254.169.254"},
])
def test_a_name_that_somebody_points_at_this_machine_is_not_answered(port, headers):
    answer = send(port, "GET", "/sparql?query=ASK%20%7B%7D", **headers)
    assert answer.status in {400, 421}
    assert "true" not in answer.text


@pytest.mark.parametrize("path", ["/", "/graph.html", "/question?name=denied", "/sparql?query=ASK%20%7B%7D"])
@pytest.mark.parametrize("headers", [
    {"Origin": "https://attacker.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"}, {"Origin": "https://127.0.0.1"},
    {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"},
])
def test_a_page_of_another_site_is_not_answered(port, headers, path):
    answer = send(port, "GET", path, **headers)
    assert answer.status == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_its_own_pages_and_programs_are_answered(port):
    for headers in ({}, {"Origin": f"http://127.0.0.1:{port}"}, {"Sec_Fetch_Site": "same-origin"}, {"Host": f"LOCALHOST:{port}"}):
        assert send(port, "GET", "/sparql?query=ASK%20%7B%7D", **headers).status == 200


def test_a_question_in_the_browser_of_a_preflight_is_refused(port):
    assert send(port, "OPTIONS", "/sparql", Origin="https://attacker.example", Access_Control_Request_Method="POST").status in {403, 405}


def test_the_guard_stands_before_the_service(port):
    answer = send(port, "GET", "/sparql?query=" + quote("SELECT * { SERVICE <http://127.0.0.1:9/> {} }"))
    assert answer.status == 400
    assert "SERVICE is refused" in answer.text


def test_limits_hold_and_an_answer_that_is_cut_is_not_given_as_whole(harbour):
    with running(harbour, limits=Limits(seconds=1)) as port:
        slow = send(port, "GET", "/sparql?query=" + quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"))
        assert slow.status == 500
        assert "stopped after 1 seconds" in slow.text
    with running(harbour, limits=Limits(seconds=60, rows=3)) as port:
        assert send(port, "GET", "/sparql?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 3")).status == 200
        cut = send(port, "GET", "/sparql?query=" + quote("SELECT * { ?s ?p ?o }"))
        assert cut.status == 500
        assert "more than 3 rows" in cut.text
        page = send(port, "GET", "/sparql?query=" + quote("SELECT * { ?s ?p ?o }"), Accept="text/html")
        assert (page.status, "More than 3 rows" in page.text) == (200, True)


def test_a_body_that_is_too_large_is_refused(port):
    assert send(port, "POST", "/sparql", "x" * (serve.MAX_BODY + 1), Content_Type=QUERY).status == 413


@pytest.mark.parametrize(("method", "path", "body", "media", "status"), [
    ("GET", "/sparql", None, None, 400),
    ("POST", "/sparql?query=ASK%20%7B%7D", "ASK {}", QUERY, 400),
    ("POST", "/sparql", "query=%FF", FORM, 400),
    ("POST", "/sparql", b"ASK {} # \xff", QUERY, 400),
    ("GET", "/sparql?" + "&".join("a=1" for _ in range(200)), None, None, 400),
    ("GET", "/question?name=nothing", None, None, 404),
    ("GET", "/question?name=about", None, None, 400),
    ("GET", "/graph.html", None, None, 404),
    ("GET", "/../../etc/passwd", None, None, 404),
    ("DELETE", "/sparql?query=ASK%20%7B%7D", None, None, 405),
])
def test_a_wrong_request_has_its_status_and_a_reason(port, method, path, body, media, status):
    answer = send(port, method, path, body, **({"Content_Type": media} if media else {}))
    assert answer.status == status
    assert answer.text.strip()


def test_the_first_page_asks_every_saved_question_and_runs_nothing(port):
    answer = send(port, "GET", "/", Accept="text/html")
    assert answer.status == 200
    assert answer.text.count("<form") >= 17
    assert "<script" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    asked = send(port, "GET", "/question?name=who-detained&person=ruiz", Accept="text/html")
    assert (asked.status, "the police had taken her" in asked.text) == (200, True)
    several = send(port, "GET", "/question?name=about&entity=ana", Accept="text/html")
    assert (several.status, "Ana Rojas" in several.text) == (400, True)


def test_words_with_markup_are_text_in_a_page(port):
    answer = send(port, "GET", "/sparql?query=" + quote("SELECT ('<img src=x onerror=alert(1)>' AS ?x) {}"), Accept="text/html")
    assert "<img" not in answer.text
    assert "&lt;img src=x" in answer.text


def test_the_page_of_an_export_is_served(harbour, tmp_path):
    (tmp_path / "graph.nt").write_bytes((harbour / "graph.nt").read_bytes())
    (tmp_path / "graph.html").write_text("<!doctype html><title>The page</title>", "utf-8")
    with running(tmp_path) as port:
        assert send(port, "GET", "/graph.html").text == "<!doctype html><title>The page</title>"
        assert "/graph.html" in send(port, "GET", "/").text


def test_a_folder_that_is_no_export_is_not_served(tmp_path):
    with pytest.raises(ExportError, match="no export"):
        serve.app(tmp_path)
