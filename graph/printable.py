"""Text that is safe to print: nothing in it drives a terminal or turns the direction of writing."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text without control characters, terminal escapes and marks that turn the direction of writing."""
    return _UNPRINTABLE.sub("", text)
