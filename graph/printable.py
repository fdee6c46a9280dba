"""Text that is safe to print: nothing in it drives a terminal or turns the direction of writing."""

from __future__ import annotations

import re

_SEQUENCE = re.compile(
    "(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\\\|\x9c)"  # titles, links (OSC 8) and the like, with their ends
    "|(?:\x1b\\[|\x9b)[0-?]{0,64}[ -/]{0,64}[@-~]"  # colours, movements
    "|\x1b[ -/]{0,8}[0-~]",
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")


def clean(text: str) -> str:
    """The text without terminal escapes, control characters, marks that turn the direction of writing, and signs that nobody sees."""
    return _UNPRINTABLE.sub("", _SEQUENCE.sub("", text))
