"""The pages of the server: a form for a query, one for each saved question, and an answer as a table. Plain HTML, no script."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

from graph.printable import clean
from graph.query.asking import NOTHING

if TYPE_CHECKING:
    from graph.query.questions import Question
    from graph.query.results import Result, Term

_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;color:#12161c;background:#fbfbfa}
textarea{width:100%;font:14px/1.4 ui-monospace,monospace;box-sizing:border-box}
table{border-collapse:collapse;font-size:.9rem}th,td{border:1px solid #8b95a3;padding:.3rem .5rem;text-align:start;vertical-align:top}
caption{text-align:start;padding:.5rem 0}details{margin:.5rem 0}label{display:block;margin:.4rem 0}pre{white-space:pre-wrap}
@media(prefers-color-scheme:dark){body{color:#e8eaed;background:#12161c}a{color:#8ab4f8}}"""
CSP = (
    f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
_FIRST = """SELECT ?who ?did ?to ?stance ?words WHERE {
  ?s a rdf:Statement ; rdf:subject/skos:prefLabel ?who ; rdf:predicate/rdfs:label ?did ; rdf:object/skos:prefLabel ?to ; v:stance/rdfs:label ?stance
  OPTIONAL { ?s v:quote ?words }
}
LIMIT 20"""


def front(title: str, questions: list[Question], has_page: bool) -> str:
    """The first page."""
    link = '<p><a href="/graph.html">The graph as a page</a></p>' if has_page else ""
    forms = "".join(_form(question) for question in questions)
    return _page(title, f"<p>A line is a claim someone made, not a finding.</p>{link}<h2>Saved questions</h2>{forms}<h2>A query in SPARQL</h2>{_query(_FIRST)}")


def answer(result: Result, title: str, query: str = "", shown: int = 1000) -> str:
    """An answer as a table of at most `shown` rows; that there are more is said."""
    if result.kind == "boolean":
        body = f"<p><strong>{'yes' if result.truth else 'no'}</strong></p>"
    elif not result.rows:
        body = f"<p>{NOTHING if result.kind == 'rows' and not query else 'No answer.'}</p>"
    else:
        names = result.variables or ("subject", "predicate", "object")
        head = "".join(f'<th scope="col">{_text(name.replace("_", " "))}</th>' for name in names)
        rows = "".join("<tr>" + "".join(f'<td dir="auto">{_cell(term)}</td>' for term in row) + "</tr>" for row in result.rows[:shown])
        more = f", of which the first {shown:,} are shown" if len(result.rows) > shown else ""
        count = f"{'More than ' if result.more else ''}{len(result.rows):,} rows{more}."
        body = f"<table><caption>{count}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return _page(title, body + (_query(query) if query else "") + '<p><a href="/">All questions</a></p>')


def problem(status: int, message: str) -> str:
    """What went wrong, for a person."""
    return _page(f"Not answered ({status})", f'<pre>{_text(message)}</pre><p><a href="/">All questions</a></p>')


def _form(question: Question) -> str:
    fields = "".join(
        f'<label>{_text(p.name)}{" (optional)" if p.optional else ""}: <input name="{escape(p.name)}"{"" if p.optional else " required"}> '
        f"{_text(p.meaning)}</label>" for p in question.parameters
    )
    return (f"<details><summary>{_text(question.title)}</summary><p>{_text(question.description)}</p>"
            f'<form action="/question" method="get"><input type="hidden" name="name" value="{escape(question.name)}">{fields}<button>Ask</button></form></details>')


def _query(text: str) -> str:
    return ('<form action="/sparql" method="get"><label for="query">Query</label>'
            f'<textarea id="query" name="query" rows="10" spellcheck="false">{_text(text)}</textarea><p><button>Ask</button></p></form>')


def _cell(term: Term | None) -> str:
    return _text(term.value) if term else ""


def _text(text: str) -> str:
    return escape(clean(text))


def _page(title: str, body: str) -> str:
    return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<title>{_text(title)}</title><style>{_STYLE}</style></head><body><main><h1>{_text(title)}</h1>{body}</main></body></html>")
