"""The file: our template with the data, vis-network as pyvis ships it, our scripts and style, and a policy that lets only these run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from graph.errors import ExportError

PART = 1_000
"""Records that are written at a time."""
VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
SCRIPTS = ("data.js", "state.js", "filters.js", "canvas.js", "labels.js", "map.js", "details.js", "search.js", "timeline.js", "table.js",
           "focus.js", "story.js", "picture.js", "download.js", "keyboard.js", "main.js")
"""In the order in which they are joined; `main.js` starts the page."""
POLICY = ("default-src 'none'; script-src {scripts}; style-src {styles}; img-src data: blob:; connect-src 'none'; base-uri 'none'; "
          "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'")

_ESCAPES = {"&": "\\u0026", "<": "\\u003c", ">": "\\u003e", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_TO_ESCAPE = re.compile("[&<>\u2028\u2029\ud800-\udfff]")


def page(title: str, data: dict[str, Any]) -> str:
    """The whole page, itself in English. Text of the case is in it twice: the title, escaped, and the JSON block, which no parser takes for markup."""
    return "".join(parts(title, data))


def parts(title: str, data: dict[str, Any]) -> Iterator[str]:
    """The page piece by piece, as it may be larger than the memory that its data takes."""
    vis, script, style = vis_network(), our_script(), _ours("app.css")
    policy = POLICY.format(scripts=f"{_hash(vis)} {_hash(script)}", styles=_hash(style))
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    before, after = (environment.from_string(half) for half in _ours("page.html.j2").removesuffix("\n").split("{{ data }}"))
    yield before.render(title=_SURROGATE.sub("\ufffd", title), policy=Markup(policy), style=Markup(style))  # noqa: S704  # ours
    yield from json_parts(data)
    yield after.render(vis=Markup(vis), script=Markup(script))  # noqa: S704  # ours


def json_parts(data: Any) -> Iterator[str]:
    """What `as_json` gives, piece by piece; an iterator is written as a list."""
    if isinstance(data, dict):
        for number, (key, value) in enumerate(data.items()):
            yield f"{',' if number else '{'}{as_json(key)}:"
            yield from json_parts(value)
        yield "}" if data else "{}"
    elif isinstance(data, (list, Iterator)):
        items, lead = iter(data), "["
        while some := list(islice(items, PART)):
            yield lead + as_json(some)[1:-1]
            lead = ","
        yield "]" if lead == "," else "[]"
    else:
        yield as_json(data)


def as_json(data: Any) -> str:
    """JSON that is inert inside a script element and in any text editor: no &, <, >, line separators or lone surrogates."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _TO_ESCAPE.sub(lambda match: _ESCAPES.get(match[0], f"\\u{ord(match[0]):04x}"), text)


@cache
def vis_network() -> str:
    """vis-network 9.1.2 out of pyvis's package, with line ends as a browser reads them (the policy's hash is of that). Raises ExportError."""
    try:
        text = resources.files("pyvis").joinpath(VIS).read_bytes().decode("utf-8")
    except OSError as error:
        raise ExportError("pyvis lacks its vis-network 9.1.2. Install pyvis 0.3.2 anew.") from error
    return _safe_inside_script(text.replace("\r\n", "\n").replace("\r", "\n"))


@cache
def our_script() -> str:
    """Our scripts, joined in one scope."""
    parts = [f"// ---- {name}\n{_ours(name)}" for name in SCRIPTS]
    return _safe_inside_script('(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n")


@cache
def _ours(name: str) -> str:
    return resources.files(__package__).joinpath("page", name).read_bytes().decode("utf-8").replace("\r\n", "\n")


def _safe_inside_script(text: str) -> str:
    if re.search(r"</script|<!--", text, re.IGNORECASE):
        raise ExportError("A script of the page would end its own element. This is an error of Casegraph: please report it.")
    return text


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
