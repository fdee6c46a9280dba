"""Saved questions: SPARQL files with a title, a description and typed parameters in their header.

```
# title: Who detained a person, and who says so
# description: …
# parameter person: person, optional; who was detained
# parameter stance as how: stance; asserted, alleged or denied
```

A parameter stands in the query as `VALUES ?name { UNDEF }` (`as` names another variable), so that the file is a query for
any engine as it is, and a value takes the place of UNDEF as one term. Any `.rq` file of a user works the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from graph import files
from graph.errors import QueryError, UsageError
from graph.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES = ("date", "entity", "official", "organization", "person", "place", "relation", "source", "stance", "text")
UNTITLED = "query"
"""The name and title of a query that is given as text."""
_LINE = re.compile(r"#\s*(title|description|parameter)\b\s*([^:]*):\s*(.*)")
_PARAMETER = re.compile(r"([a-z_]+)(?: as ([a-z_]+))?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be asked about: the variable it stands for, the type of its values, whether it may be left open."""

    name: str
    variable: str
    type: str
    optional: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its name, what it asks, and its parameters in the order of its header."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    query: str

    def usage(self) -> str:
        """How the parameters are given: `--set person=… [--set relation=…]`."""
        return " ".join(f"[--set {p.name}=…]" if p.optional else f"--set {p.name}=…" for p in self.parameters)


@cache
def saved() -> Mapping[str, Question]:
    """The saved questions by name, sorted."""
    folder = resources.files(__name__)
    found = sorted(path.name for path in folder.iterdir() if path.name.endswith(".rq"))
    return {name.removesuffix(".rq"): parse(name.removesuffix(".rq"), folder.joinpath(name).read_text("utf-8")) for name in found}


def find(text: str) -> Question:
    """The saved question of this name, the query in this file, or this query itself.

    Raises UsageError that lists the nearest questions, InputError for a file that cannot be read, QueryError for its header.
    """
    if text in saved():
        return saved()[text]
    if text.endswith(".rq"):
        path = Path(text)
        if not path.is_file():
            raise UsageError(f"There is no file {text}.")
        return parse(path.stem, files.read_text(path, 2**20))
    if not re.search(r"[\s{]", text.strip()):
        near = nearest(text, list(saved()))
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UsageError(f"There is no question {text!r}.{hint} `casegraph questions` lists all; a query of your own begins with SELECT, ASK, CONSTRUCT or DESCRIBE.")
    return parse(UNTITLED, text)


def parse(name: str, text: str) -> Question:
    """A query with what its header says. Raises QueryError for a parameter that is declared wrongly."""
    head = {"title": name, "description": ""}
    parameters = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            break
        if match := _LINE.match(line):
            key, about, value = match.groups()
            if key == "parameter":
                parameters.append(_parameter(name, about.strip(), value.strip()))
            else:
                head[key] = value.strip()
    return Question(name, head["title"], head["description"], tuple(parameters), text)


def _parameter(question: str, about: str, value: str) -> Parameter:
    named = _PARAMETER.fullmatch(about)
    kind, _, meaning = value.partition(";")
    type_, *options = [part.strip() for part in kind.split(",")]
    if not named or type_ not in TYPES or options not in ([], ["optional"]):
        raise QueryError(f"{question}: write a parameter as `# parameter NAME: TYPE[, optional]; meaning` with a type of {', '.join(TYPES)}.")
    return Parameter(named[1], named[2] or named[1], type_, bool(options), meaning.strip())
