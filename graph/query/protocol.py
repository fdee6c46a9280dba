"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/) as plain functions: what a request asks, what form it takes.

Nothing here knows a server: a request is its method, query string, headers and body; a refusal is a status and a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from graph.query import results
from graph.query.engine import Ask

if TYPE_CHECKING:
    from collections.abc import Mapping

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
HTML = "text/html"
_JSON, _XML, _TURTLE = "application/sparql-results+json", "application/sparql-results+xml", "text/turtle"
_ROWS = {
    _JSON: results.to_json, "application/json": results.to_json, _XML: results.to_xml, "application/xml": results.to_xml,
    "text/xml": results.to_xml, "text/csv": results.to_csv, "text/tab-separated-values": results.to_tsv,
}
_TRIPLES = {
    _TURTLE: results.to_turtle, "application/n-triples": results.to_ntriples, "text/plain": results.to_ntriples,
    "application/rdf+xml": results.to_rdfxml, "application/xml": results.to_rdfxml,
}
_FIELDS = 100
"""Parameters of one request; a query has one, and a graph each."""


class RefusedError(Exception):
    """A request that is not answered: the HTTP status, and why. Only the server sees it."""

    def __init__(self, status: int, reason: str) -> None:
        self.status = status
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Request:
    """A request for a query: the method, the part after `?`, the headers in lowercase, the body."""

    method: str
    query_string: str
    headers: Mapping[str, str]
    body: bytes = b""


def check_visitor(headers: Mapping[str, str], port: int) -> None:
    """Refuse whoever is not a program or page of this machine. Raises RefusedError.

    Another site's page in the user's browser may call a loopback address by a name that it has rebound (then `Host` is
    that name), or straight (then `Origin` or `Sec-Fetch-Site` say where it comes from).
    """
    own = {f"{host}:{port}" for host in ("127.0.0.1", "localhost", "[::1]")} | ({"127.0.0.1", "localhost", "[::1]"} if port == 80 else set())
    if headers.get("host", "").lower() not in own:
        raise RefusedError(421, "This server answers only as 127.0.0.1 or localhost.")
    origin = headers.get("origin")
    if origin is not None and not (origin.startswith("http://") and urlsplit(origin).netloc.lower() in own):
        raise RefusedError(403, "Pages of other sites may not ask.")
    if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        raise RefusedError(403, "Pages of other sites may not ask.")


def read(request: Request, base: str) -> Ask:
    """What a request to the query operation asks; `base` is the IRI of the service. Raises RefusedError."""
    in_url = _pairs(request.query_string)
    if request.method in {"GET", "HEAD"}:
        if any(name == "update" for name, _ in in_url):
            raise RefusedError(400, "An update is never sent with GET, and here none is carried out.")
        return _ask(in_url, None, base)
    if request.method != "POST":
        raise RefusedError(405, "Ask with GET or POST.")
    media, charset = _content_type(request.headers.get("content-type", ""))
    if media not in {FORM, QUERY, UPDATE}:
        raise RefusedError(415, f"Send a query as {QUERY} or as {FORM}.")
    if charset not in {"", "utf-8", "utf8", "us-ascii"}:
        raise RefusedError(415, "Send a query in UTF-8.")
    try:
        text = request.body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, "The body is not UTF-8.") from error
    if media == UPDATE:
        raise RefusedError(403, "An export is only read: no update is carried out.")
    if media == QUERY:
        if any(name == "query" for name, _ in in_url):
            raise RefusedError(400, "There are two queries: one in the address, one in the body.")
        return _ask(in_url, text, base)
    pairs = in_url + _pairs(text)
    updates = sum(name == "update" for name, _ in pairs)
    if updates:
        raise RefusedError(403 if updates == 1 else 400, "An export is only read: no update is carried out.")
    return _ask(pairs, None, base)


def _ask(pairs: list[tuple[str, str]], query: str | None, base: str) -> Ask:
    queries = [value for name, value in pairs if name == "query"] if query is None else [query]
    if len(queries) != 1:
        raise RefusedError(400, "There are several queries; send one." if queries else "There is no query.")
    return Ask(
        query=queries[0], base=base,
        default_graphs=tuple(value for name, value in pairs if name == "default-graph-uri" and value),
        named_graphs=tuple(value for name, value in pairs if name == "named-graph-uri" and value),
    )


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_FIELDS)
    except ValueError as error:
        raise RefusedError(400, f"The parameters cannot be read: {error}.") from error


def _content_type(header: str) -> tuple[str, str]:
    media, *parameters = [part.strip() for part in header.split(";")]
    charset = next((p.partition("=")[2].strip('" ') for p in parameters if p.lower().startswith("charset=")), "")
    return media.lower(), charset.lower()


def choose(kind: str, accept: str) -> str:
    """The media type for an answer of this kind (`rows`, `boolean`, `triples`) that the client likes best. Raises RefusedError.

    Of several it likes as well, the first of ours: JSON for rows, Turtle for triples.
    """
    offered = [*(_TRIPLES if kind == "triples" else _ROWS), HTML]
    wanted = [_preference(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best, chosen = 0.0, ""
    for media in offered:
        if (liked := _liking(media, wanted)) > best:
            best, chosen = liked, media
    if not chosen:
        raise RefusedError(406, f"This answer can be had as {', '.join(offered)}.")
    return chosen


def _preference(part: str) -> tuple[str, float]:
    media, *parameters = [p.strip().lower() for p in part.split(";")]
    quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    try:
        return media, min(max(float(quality), 0.0), 1.0)
    except ValueError:
        return media, 0.0


def _liking(media: str, wanted: list[tuple[str, float]]) -> float:
    """The quality of the most specific range that holds this type (RFC 9110, 12.5.1)."""
    for pattern in (media, media.split("/", maxsplit=1)[0] + "/*", "*/*"):
        found = [quality for range_, quality in wanted if range_ == pattern]
        if found:
            return max(found)
    return 0.0


def write(result: results.Result, media: str, prefixes: Mapping[str, str]) -> str:
    """The answer in this form, which `choose` gave."""
    if result.kind != "triples":
        return _ROWS[media](result)
    writer = _TRIPLES[media]
    return writer(result) if writer is results.to_ntriples else writer(result, prefixes)  # type: ignore[call-arg]
