"""An export over HTTP, on this machine only: the SPARQL 1.1 protocol for reading, the page, and a form for queries.

Needs the extra `serve` (Starlette and Uvicorn). Every query goes through `engine.run`: the guard, a process of its own,
limits of time, memory and rows. An answer that a limit cuts is refused to programs, as they could not see it.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from graph.errors import CasegraphError, QueryError, StoppedError, UsageError
from graph.export import iris
from graph.query import asking, engine, index, names, pages, protocol, questions
from graph.query.engine import Limits
from graph.query.protocol import RefusedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from starlette.requests import Request

    from graph.query.results import Result

PORT = 7878
MAX_BODY = 200_000
"""Bytes of a request: ten times the longest query that is read, percent-encoded."""
AT_ONCE = 4
"""Queries answered at one time; each may use a core and the memory of its limit."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin", "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store", "X-Frame-Options": "DENY",
}


def app(export: Path, port: int = PORT, limits: Limits | None = None, title: str = "An export") -> Starlette:
    """The application for an export, answering as `127.0.0.1:port` and `localhost:port` alone. Raises ExportError."""
    index.graph_of(export)
    limits = limits or Limits()
    slots = asyncio.Semaphore(AT_ONCE)

    async def ask(question: engine.Ask) -> Result:
        async with slots:
            return await run_in_threadpool(engine.run, export, question, limits)

    async def sparql(request: Request) -> Response:
        body = await _body(request)
        asked = protocol.Request(request.method, request.url.query, _headers(request), body)
        question = protocol.read(asked, str(request.url.replace(query="", fragment="")))
        result = await ask(question)
        return _written(result, request, question.query, "An answer")

    async def question(request: Request) -> Response:
        given = {name: value.strip() for name, value in request.query_params.items() if name != "name" and value.strip()}
        found = questions.saved().get(request.query_params.get("name", ""))
        if found is None:
            raise RefusedError(404, "There is no such question.")
        bound = await run_in_threadpool(names.bind, export, found, given)
        return _written(await ask(engine.Ask(query=found.query, bound=bound)), request, "", asking.heading(export, found, bound))

    async def front(_request: Request) -> Response:
        return _html(pages.front(title, list(questions.saved().values()), (export / "graph.html").is_file()))

    async def page(_request: Request) -> Response:
        path = export / "graph.html"
        if not path.is_file():
            raise RefusedError(404, "This export has no page.")
        return FileResponse(path, media_type="text/html; charset=utf-8", headers=_HEADERS)

    guarded = partial(_guarded, port=port)
    return Starlette(routes=[
        Route("/", guarded(front), methods=["GET"]),
        Route("/graph.html", guarded(page), methods=["GET"]),
        Route("/question", guarded(question), methods=["GET"]),
        *(Route(path, guarded(sparql), methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) for path in ("/sparql", "/sparql/")),
    ])


def run(application: Starlette, port: int = PORT) -> None:
    """Serve what `app` made for this port on 127.0.0.1 until interrupted; nothing is logged, as a log would hold names."""
    import uvicorn

    uvicorn.run(application, host="127.0.0.1", port=port, log_level="warning", access_log=False, server_header=False,
                h11_max_incomplete_event_size=MAX_BODY)


def _guarded(handler: Callable[[Request], Awaitable[Response]], port: int) -> Callable[[Request], Awaitable[Response]]:
    """The handler behind the check of who asks, with every error as a status and one message."""

    async def handle(request: Request) -> Response:
        try:
            protocol.check_visitor(_headers(request), port)
            return await handler(request)
        except RefusedError as error:
            return _refusal(request, error.status, str(error))
        except StoppedError as error:
            return _refusal(request, 500, str(error))
        except (QueryError, UsageError) as error:
            return _refusal(request, 400, str(error))
        except CasegraphError as error:
            return _refusal(request, 500, str(error))

    return handle


def _headers(request: Request) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


async def _body(request: Request) -> bytes:
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > MAX_BODY:
            raise RefusedError(413, f"The request has more than {MAX_BODY:,} bytes.")
    return data


def _written(result: Result, request: Request, query: str, title: str) -> Response:
    media = protocol.choose(result.kind, request.headers.get("accept", ""))
    if media == protocol.HTML:
        return _html(pages.answer(result, title, query))
    if result.more:
        raise RefusedError(500, f"The answer has more than {len(result.rows):,} rows or is too large. Ask for less, or by parts with LIMIT and OFFSET.")
    text = protocol.write(result, media, {name: iri for name, iri in iris.prefixes("").items() if ":" in iri})
    return Response(text, media_type=media if media.startswith("text/") else f"{media}; charset=utf-8", headers=_HEADERS | {"Vary": "Accept"})


def _html(text: str, status: int = 200) -> Response:
    return Response(text, status, media_type="text/html", headers=_HEADERS | {"Content-Security-Policy": pages.CSP, "Vary": "Accept"})


def _refusal(request: Request, status: int, message: str) -> Response:
    if "text/html" in request.headers.get("accept", ""):
        return _html(pages.problem(status, message), status)
    headers = _HEADERS | ({"Allow": "GET, HEAD, POST"} if status == 405 else {})
    return Response(message + "\n", status, media_type="text/plain", headers=headers)
