"""RDF terms as canonical N-Triples text: the one lexical form that every engine keeps as it is."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from graph.export.iris import EDTF, XSD

if TYPE_CHECKING:
    from datetime import date

_SPECIAL = re.compile('[\x00-\x1f\x7f"\\\\\ud800-\udfff\ufffe\uffff]')
_NAMED = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_PLAIN = {escape: character for character, escape in _NAMED.items()}
_ESCAPED = re.compile(r"\\(?:u([0-9A-F]{4})|.)")
_DATE, _INTEGER, _DECIMAL, _BOOLEAN, _URI, _EDTF = (
    f'"^^<{datatype}>' for datatype in (XSD + "date", XSD + "integer", XSD + "decimal", XSD + "boolean", XSD + "anyURI", EDTF + "EDTF"))

TRUE, FALSE = '"true' + _BOOLEAN, '"false' + _BOOLEAN


def text(value: str) -> str:
    """A plain literal. Half of a surrogate pair, which no RDF can hold, becomes U+FFFD."""
    return f'"{_SPECIAL.sub(_escaped, value)}"'


def english(value: str) -> str:
    """A literal in English."""
    return f"{text(value)}@en"


def typed(value: str, datatype: str) -> str:
    """A literal of this datatype."""
    return f"{text(value)}^^<{datatype}>"


def integer(value: int) -> str:
    """An `xsd:integer`."""
    return f'"{value}{_INTEGER}'


def decimal(value: float) -> str:
    """An `xsd:decimal` with at most six digits after the point and no trailing zeros. Raises ValueError if it is not finite."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is no decimal")
    digits = f"{value:.6f}".rstrip("0").rstrip(".")
    return f'"{"0" if digits in {"-0", ""} else digits}{_DECIMAL}'


def day(value: date) -> str:
    """An `xsd:date` without a time zone."""
    return f'"{value.isoformat()}{_DATE}'


def edtf(value: str) -> str:
    """A date as EDTF, in the datatype of the Library of Congress."""
    return f'"{_SPECIAL.sub(_escaped, value)}{_EDTF}'


def uri(value: str) -> str:
    """An address as somebody wrote it: an `xsd:anyURI`, as not all of them are IRIs."""
    return f'"{_SPECIAL.sub(_escaped, value)}{_URI}'


def iri(value: str) -> str:
    """An IRI of `iris`."""
    return f"<{value}>"


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if "\ud800" <= character <= "\udfff":
        return "�"
    return _NAMED.get(character) or f"\\u{ord(character):04X}"


def parse(term: str) -> tuple[str, str | None, str]:
    """What a term of ours holds: value, datatype and language. The datatype is None for an IRI, empty for plain text."""
    if term[0] == "<":
        return term[1:-1], None, ""
    literal, _, rest = term.rpartition('"')
    value = _ESCAPED.sub(_unescaped, literal[1:])
    return (value, "", rest[1:]) if rest[:1] == "@" else (value, rest[3:-1], "")


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else _PLAIN[match[0]]
