"""What stands between a query and the engine: it may read the export and nothing else.

Every SPARQL engine follows SERVICE to other servers, and some follow FROM and LOAD to files. So a query is first read
here, by the terminals of the SPARQL 1.1 grammar (https://www.w3.org/TR/sparql11-query/#sparqlGrammar, section 19.8).
A bare word in that grammar is always a keyword; a word that is not on the list of those that read is refused. A list of
what is allowed cannot be passed by a keyword that somebody adds to an engine tomorrow (as LATERAL was).

The engine then never sees the text as written, but the tokens as read here: strings in one form, one space between
tokens, no comment. So nothing can hide in a place that two readers of the same text see differently (a `<` that is
a comparison to one and the beginning of an IRI to the other, a comment that ends earlier, an escaped letter).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from graph.errors import QueryError
from graph.query.results import Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_CHARS = 20_000
MAX_TOKENS = 3_000
"""Ten times the longest saved question; any text within both bounds is read in 10 ms."""
MAX_DEPTH = 60
"""Brackets within brackets. People write 10; engines run out of stack at some thousands."""

FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_STRUCTURE = frozenset(
    "A AS ASC BASE BIND BY DESC DISTINCT EXISTS FALSE FILTER GRAPH GROUP HAVING IN LIMIT MINUS NOT OFFSET OPTIONAL ORDER PREFIX"
    " REDUCED TRUE UNDEF UNION VALUES WHERE".split(),
)
_FUNCTIONS = frozenset(
    "ABS AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY ENCODE_FOR_URI FLOOR GROUP_CONCAT HOURS IF IRI ISBLANK"
    " ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE MAX MD5 MIN MINUTES MONTH NOW RAND REGEX REPLACE ROUND SAMETERM SAMPLE"
    " SECONDS SEPARATOR SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM"
    " TIMEZONE TZ UCASE URI UUID YEAR".split(),
)
_ALLOWED = FORMS | _STRUCTURE | _FUNCTIONS
_REFUSED = {
    "SERVICE": "it asks another server, and an answer must come from this export alone",
    **dict.fromkeys(("FROM", "NAMED"), "it names a data set of its own, and an answer must come from this export alone"),
    **dict.fromkeys(
        "ADD CLEAR COPY CREATE DATA DELETE DROP INSERT INTO LOAD MOVE SILENT TO USING WITH".split(),
        "it changes or loads data, and an export is only read",
    ),
}

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_U = _BASE + "_"
_CHARS = _U + "0-9\u00b7\u0300-\u036f\u203f\u2040\\-"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PREFIX = rf"(?:[{_BASE}](?:[{_CHARS}.]{{0,40}}[{_CHARS}])?)?"
_LOCAL = rf"(?:[{_U}0-9:]|{_PLX})(?:(?:[{_CHARS}.:]|{_PLX}){{0,400}}(?:[{_CHARS}:]|{_PLX}))?"
_TOKEN = re.compile(
    "|".join(
        (
            r"(?P<space>[ \t\r\n]++|#[^\r\n]*+)",
            r'(?P<string>"""(?:"{0,2}(?:[^"\\]|\\.))*+"""|' + r"'''(?:'{0,2}(?:[^'\\]|\\.))*+'''|"
            r'"(?:[^"\\\r\n]|\\.)*+"|' + r"'(?:[^'\\\r\n]|\\.)*+')",
            r"(?P<iri><[^<>\"{}|^`\\\x00-\x20]*+>)",
            rf"(?P<variable>[?$][{_U}0-9][{_U}0-9\u00b7\u0300-\u036f\u203f\u2040]*+)",
            rf"(?P<blank>_:[{_U}0-9](?:[{_CHARS}.]{{0,60}}[{_CHARS}])?)",
            rf"(?P<name>{_PREFIX}:(?:{_LOCAL})?)",
            r"(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*+)",
            r"(?P<number>\d*+\.\d++(?:[eE][+-]?\d++)?|\d++\.?[eE][+-]?\d++|\d++)",
            r"(?P<word>[A-Za-z][A-Za-z0-9_]*+)",
            r"(?P<mark>\^\^|&&|\|\||!=|<=|>=|[{}()\[\].,;*/+\-|^?!=<>])",
        ),
    ),
    re.DOTALL,
)
_PLAIN_IRI = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.\-]*://.*|[\w:/.~%?=&+@,;!*$\-]*)>", re.DOTALL)
"""No way to read these as a comparison that hides something: `//` stands in no expression, and neither the second kind's signs."""
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^<>\"{}|^`\\\x00-\x20]*")
_LANGUAGE = re.compile(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ECHAR = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_OUT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_OPEN, _CLOSE = frozenset("{(["), frozenset("})]")


@dataclass(frozen=True, slots=True)
class Checked:
    """A query that only reads: its tokens, each with its offset in the text as written, and its form (`SELECT` …)."""

    form: str
    written: str
    tokens: tuple[tuple[str, int], ...]
    prefixes: frozenset[str] = frozenset()
    """Those that it uses and does not declare."""

    @property
    def text(self) -> str:
        """The query for the engine: the tokens with one space between them, and none before the bracket of a function."""
        return "".join(self._spaced())

    def _spaced(self) -> Iterator[str]:
        last = ""
        for token, _ in self.tokens:
            # Oxigraph 0.5 reads `COALESCE (` as no function
            yield ("" if last in _FUNCTIONS and token[0] == "(" else " ") + token
            last = token.upper()

    def place(self, column: int) -> str:
        """Where a column (from 1) of `text` is in the text as written: "line 2, column 5"."""
        ends = list(accumulate(map(len, self._spaced())))
        return _where(self.written, self.tokens[min(bisect_right(ends, column - 1), len(ends) - 1)][1])

    def binding(self, values: Mapping[str, Term | Sequence[Term]]) -> Checked:
        """The query with a value, or some, for each of these variables where it says `VALUES ?name { UNDEF }`.

        A value takes the place of the token UNDEF as one token, an IRI or a literal: it is never read as part of the
        query. A `VALUES ?name { UNDEF }` without a value is dropped, and with it the inner group that it begins: what only
        ties an open variable to others says nothing, and costs a walk through everything.
        Raises QueryError for a name that the query does not declare so, and for a value that is no RDF term.
        """
        tokens: list[tuple[str, int]] = []
        seen = set()
        position = 0
        depth = 0
        while position < len(self.tokens):
            variable = self._open_variable(position)
            if not variable:
                word = self.tokens[position][0]
                if word == "{" and depth and (end := self._end_of_open_group(position, values)):
                    seen |= {name[1:] for at in range(position, end) if (name := self._open_variable(at))}
                    position = end
                    continue
                depth += (word == "{") - (word == "}")
                tokens.append(self.tokens[position])
                position += 1
                continue
            name, start = variable[1:], self.tokens[position][1]
            seen.add(name)
            if name in values:
                given = values[name]
                terms = [_term(given)] if isinstance(given, Term) else [_term(term) for term in given]
                tokens += [(token, start) for token in ("VALUES", variable, "{", *terms, "}")]
            position += 5
        if unknown := sorted(values.keys() - seen):
            raise QueryError(f"The query has no place for {', '.join(unknown)}: it needs VALUES ?{unknown[0]} {{ UNDEF }}.")
        return replace(self, tokens=tuple(tokens))

    def _open_variable(self, position: int) -> str:
        """The variable of the `VALUES ?name { UNDEF }` that begins at this token, or the empty string."""
        if position >= len(self.tokens) or self.tokens[position][0].upper() != "VALUES":
            return ""
        rest = [token.upper() for token, _ in self.tokens[position + 2:position + 5]]
        return self.tokens[position + 1][0] if rest == ["{", "UNDEF", "}"] else ""

    def _end_of_open_group(self, position: int, values: Mapping[str, object]) -> int:
        """Where the text goes on after a group that only ties variables without a value to others; 0 where this is none.

        It stands among other patterns, begins with a `VALUES ?name { UNDEF }`, and nothing that has a value is bound in it.
        """
        if self.tokens[position - 1][0] not in {"{", "}", "."} or not self._open_variable(position + 1):
            return 0
        depth, end = 0, position
        while end < len(self.tokens):
            if self._open_variable(end)[1:] in values:
                return 0
            depth += (self.tokens[end][0] == "{") - (self.tokens[end][0] == "}")
            end += 1
            if not depth:
                break
        following = [token.upper() for token, _ in self.tokens[end:end + 1]]
        return 0 if following == ["UNION"] else end + (following == ["."])


def check(query: str, *, dataset_given: bool = False) -> Checked:
    """The query as the engine may have it. Raises QueryError that says what is refused, where, and why.

    Where the data set is given beside the query, FROM is left out of it instead of refused.
    """
    if len(query) > MAX_CHARS:
        raise QueryError(f"The query has {len(query):,} characters; at most {MAX_CHARS:,} are read.")
    tokens: list[tuple[str, int]] = []
    used: set[str] = set()
    declared: set[str] = set()
    depth = 0
    form = ""
    for kind, token, start in _without_dataset(query) if dataset_given else _tokens(query):
        written = token
        if kind == "word":
            word = token.upper()
            if word not in _ALLOWED:
                raise _refused(query, start, word, token)
            if not form and word in FORMS:
                form = word
        elif kind == "mark":
            depth += (token in _OPEN) - (token in _CLOSE)
            if depth > MAX_DEPTH:
                raise QueryError(f"The query nests more than {MAX_DEPTH} brackets ({_where(query, start)}). Ask in simpler steps.")
        elif kind == "string":
            written = _canonical(query, token, start)
        elif kind == "name":
            prefix = token.partition(":")[0]
            (declared if tokens and tokens[-1][0].upper() == "PREFIX" else used).add(prefix)
        elif kind == "iri" and not _PLAIN_IRI.fullmatch(token):
            raise QueryError(f"{token!r} ({_where(query, start)}) can be read in two ways. Write a space after < in a comparison, "
                             "and %28, %29, %27, %23 for brackets, quotes and # in an IRI that has no ://.")
        if len(tokens) == MAX_TOKENS:
            raise QueryError(f"The query has more than {MAX_TOKENS:,} words and signs. Ask in simpler steps.")
        tokens.append((written, start))
    if not form:
        raise QueryError("This is no query: it has none of SELECT, ASK, CONSTRUCT, DESCRIBE.")
    return Checked(form, query, tuple(tokens), frozenset(used - declared))


def _tokens(query: str) -> Iterator[tuple[str, str, int]]:
    position = 0
    while position < len(query):
        match = _TOKEN.match(query, position)
        if match is None:
            raise QueryError(f"The query cannot be read at {query[position:position + 20]!r} ({_where(query, position)}).")
        if match.lastgroup != "space":
            yield str(match.lastgroup), match[0], position
        position = match.end()


def _without_dataset(query: str) -> Iterator[tuple[str, str, int]]:
    """The tokens without `FROM <…>` and `FROM NAMED <…>`; a FROM that is no such clause stays, to be refused."""
    tokens = list(_tokens(query))
    position = 0
    while position < len(tokens):
        words = [token.upper() for _, token, _ in tokens[position:position + 2]]
        length = 3 if words == ["FROM", "NAMED"] else 2
        if words[0] == "FROM" and tokens[position + length - 1:] and tokens[position + length - 1][0] in {"iri", "name"}:
            position += length
        else:
            yield tokens[position]
            position += 1


def _refused(query: str, start: int, word: str, token: str) -> QueryError:
    if word in _REFUSED:
        return QueryError(f"{word} is refused ({_where(query, start)}): {_REFUSED[word]}.")
    return QueryError(f"{token!r} ({_where(query, start)}) is no word of a SPARQL 1.1 query.")


def _canonical(query: str, token: str, start: int) -> str:
    """The string between double quotes on one line."""
    width = 3 if token[:3] in {'"""', "'''"} and len(token) >= 6 else 1

    def read(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code:
            number = int(code, 16)
            if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
                raise QueryError(f"{match[0]} ({_where(query, start)}) is no character.")
            return chr(number)
        if match[3] not in _ECHAR:
            raise QueryError(f"{match[0]!r} ({_where(query, start)}) is no escape of a SPARQL string. Write \\\\ for a backslash.")
        return _ECHAR[match[3]]

    return _quoted(_ESCAPE.sub(read, token[width:-width]))


def _quoted(text: str) -> str:
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise QueryError("A text in the query holds half a character.")
    return '"' + "".join(_OUT.get(c, c) for c in text) + '"'


def _term(term: Term) -> str:
    """A value as one token of the grammar, or two or three for a literal with a language or datatype."""
    if term.kind == "iri":
        if not _IRI.fullmatch(term.value):
            raise QueryError(f"{term.value!r} is no absolute IRI.")
        return f"<{term.value}>"
    if term.language:
        if not _LANGUAGE.fullmatch(term.language):
            raise QueryError(f"{term.language!r} is no language tag.")
        return f"{_quoted(term.value)} @{term.language}"
    return f"{_quoted(term.value)} ^^ {_term(Term('iri', term.datatype))}" if term.datatype else _quoted(term.value)


def _where(query: str, position: int) -> str:
    line = query.count("\n", 0, position) + 1
    return f"line {line}, column {position - query.rfind(chr(10), 0, position)}"
