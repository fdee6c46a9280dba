"""What answers one query: run as a script of its own, in a process that may do little else.

It imports nothing of ours, opens the index, gives up the right to open anything more, to write a file, to use more
memory or time than it was given, and only then reads the query. Stdin: one JSON request. Stdout: JSON lines: first what
kind of answer it is, then a row each, then `{"end": …}`; or `{"error": …}`.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any

import pyoxigraph as ox

_WRITE = sys.stdout.write
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def main() -> None:
    """Answer the request on stdin."""
    request = json.loads(sys.stdin.buffer.read())
    try:
        store = ox.Store.read_only(request["index"])
    except BaseException as error:  # noqa: BLE001 - a damaged index may even panic
        _say({"error": "index", "message": str(error)})
        sys.stdout.flush()
        return
    _confine(request["seconds"], request["memory"])
    try:
        _answer(store, request)
    except SyntaxError as error:
        _say({"error": "syntax", "message": str(error)})
    except (OSError, RuntimeError, ValueError) as error:
        _say({"error": "failed", "message": str(error)})
    sys.stdout.flush()


def _confine(seconds: int, memory: int) -> None:
    """From here on: no new file or socket (none can be had beyond those that are open), no byte to a file, no core dump."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit is what holds there
        return
    for name, bound in (("RLIMIT_NOFILE", 3), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0), ("RLIMIT_CPU", seconds + 1), ("RLIMIT_AS", memory)):
        with contextlib.suppress(AttributeError, ValueError, OSError):  # a system may lack one
            resource.setrlimit(getattr(resource, name), (bound, bound))


def _answer(store: ox.Store, request: dict[str, Any]) -> None:
    graphs: dict[str, Any] = {}
    if request["default_graphs"] or request["named_graphs"]:
        graphs = {"default_graph": [ox.NamedNode(g) for g in request["default_graphs"]],
                  "named_graphs": [ox.NamedNode(g) for g in request["named_graphs"]]}
    results = store.query(request["query"], base_iri=request["base"] or None, prefixes=_prefixes(store, request), **graphs)
    if isinstance(results, ox.QueryBoolean):
        _say({"kind": "boolean", "value": bool(results)})
        _say({"end": True, "more": False})
        return
    if isinstance(results, ox.QuerySolutions):
        _say({"kind": "rows", "variables": [v.value for v in results.variables]})
    else:
        _say({"kind": "triples"})
    size = 0
    for number, row in enumerate(results):
        line = json.dumps([_write(term) for term in row], ensure_ascii=False, separators=(",", ":"))
        size += len(line)
        if number == request["rows"] or size > request["chars"]:
            _say({"end": True, "more": True})
            return
        _WRITE(line)
        _WRITE("\n")
    _say({"end": True, "more": False})


def _prefixes(store: ox.Store, request: dict[str, Any]) -> dict[str, str]:
    """The prefixes that need not be declared; some lie below the base of the case, which its own node tells."""
    mark = request["base_mark"]
    cases = store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), ox.NamedNode(request["case"]))
    base = min((quad.subject.value.removesuffix("case") for quad in cases if isinstance(quad.subject, ox.NamedNode)), default=None)
    prefixes: dict[str, str] = request["prefixes"]
    if base is None:
        return {name: iri for name, iri in prefixes.items() if not iri.startswith(mark)}
    return {name: base + iri.removeprefix(mark) if iri.startswith(mark) else iri for name, iri in prefixes.items()}


def _write(term: Any) -> list[str] | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return ["iri", term.value, "", ""]
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value
        plain = term.language or datatype == "http://www.w3.org/2001/XMLSchema#string"
        return ["literal", term.value, "" if plain else datatype, term.language or ""]
    return ["blank", term.value if isinstance(term, ox.BlankNode) else str(term), "", ""]


def _say(message: dict[str, Any]) -> None:
    _WRITE(json.dumps(message, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    main()
    sys.stdout.flush()
