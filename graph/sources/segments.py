"""Paragraphs and segments of a text: what is headline, body, caption or boilerplate, marked by offsets and never cut out.

Told by form alone: the length and last character of a line, where it stands, and what only a web page says to its reader
(consent, subscriptions, donations, links to other pages).
"""

from __future__ import annotations

import re
from itertools import pairwise

from graph.model import Segment, SegmentKind

HEADLINE_WORDS = 30
_ENDS = re.compile(r"[.!?…:;][\"'”’)\]*]*$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_CREDIT = re.compile(
    r"^(?:photo(?:graph)?s?|picture|image|illustration|caption|file photo|video)\b[^.]{0,40}:|^(?:pictured|above|below)[:,] "
    r"|\((?:AP|AFP|EPA|Reuters|Getty[^)]*|file|[^)]*\b(?:photo|courtesy|handout)\b[^)]*)\)$"
    r"|\b(?:Getty Images|[a-z0-9-]+\.(?:org|com|net|info|media))$", re.IGNORECASE)
_PAGE = [re.compile(pattern, re.IGNORECASE) for pattern in (
    r"\bcookies?\b", r"privacy policy|private policy|terms (?:of|and) (?:use|service|conditions)", r"\bby continuing to use\b",
    r"\bsubscri(?:be|ption|ber)s?\b|\bunsubscribe\b", r"\bsign(?:ed)? up\b", r"\bnewsletter\b|\bin your inbox\b",
    r"\bdonat(?:e|ions?|ing)\b|\bmonthly starting\b|\bus monthly\b", r"\b(?:support|follow|contact|join|tip) us\b|\bjoin our\b",
    r"\byour (?:support|help|donation|contribution|browser|account|experience|preferences?)\b",
    r"^(?:read|see|watch|listen) (?:more|also|next)\b|^(?:more|also|previous|next) (?:on|today|post|article|stories|in this issue)\b|^also\b[^.]{0,30}:",
    r"^related (?:stories|articles|content|coverage)", r"\bshare this\b|^share\b.{0,40}$|^print$|^e-?mail$", r"\ball rights reserved\b|^©|^\(c\) |\bcopyright\b",
    r"\breproduction (?:without|is)\b", r"\badvert(?:isement|ising|s)?\b|\bad-free\b|\bpaywalls?\b", r"\bclick here\b|\bplease refresh\b|\blogged in\b|\blog in\b",
    r"^(?:leave a )?comments?(?: \(\d+\))?$|\bcommenting forum\b|\breaders and see their replies\b", r"\bnotifications?\b.{0,40}\b(?:browser|from|preferences|manage)",
    r"\bthank you for (?:registering|reading|subscribing)\b", r"\bgot a tip\b|\bwrite to (?:our bot|the address above)\b|\bsend us\b",
    r"\bfunded by (?:its|our) readers\b|\b(?:a|per) month by\b", r"\bnote to editors\b|\bfor (?:more|further) information,? (?:please )?contact\b|\bpress (?:desk|enquiries)\b",
    r"\bour (?:journalis[mt]s?|reporting|readers|mission|website|site|app|guide|continued work)\b", r"\bindependent (?:journalism|news source)\b|\bquality journalism\b",
    r"\bremind me later\b|\bready to support\b|\bsmall favou?r to ask\b|\bpa[iy]e?ment methods\b", r"^accept(?: all)?\b|^settings$", r"\bleer en\b",
    r"\b(?:reporting|editing|writing) by\b.{0,80}[;)]", r"^the family requests no\b")]
_WE = re.compile(r"\b(?:we|our|ours|us|you|your)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Start and end of each paragraph without the white space around it; lines of wrapped text are joined."""
    lines, offset = [], 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        lines.append((start := offset + len(line) - len(line.lstrip()), start + len(stripped)) if stripped else None)
        offset += len(line)
    result, block = [], []
    for span in (*lines, None):
        if span:
            block.append(span)
        elif block:
            result += _unwrapped(text, block)
            block = []
    return result


def _unwrapped(text: str, block: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if len(block) == 1:
        return block
    lengths = [end - start for start, end in block[:-1]]
    even = len(lengths) > 1 and min(lengths) >= 40 and max(lengths) <= 120 and max(lengths) - min(lengths) <= 25
    wrapped = even and any(not _ENDS.search(text[start:end]) for start, end in block[:-1])
    joined = [block[0]]
    for (first, last), (start, end) in pairwise(block):
        flows = last - first >= 40 and text[start].islower() and not _ENDS.search(text[first:last])
        if wrapped or flows:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def mark(text: str) -> tuple[Segment, ...]:
    """The segments of a text in order, together the whole of it; empty for an empty text."""
    spans = paragraphs(text)
    if not spans:
        return (Segment(SegmentKind.body, 0, len(text)),) if text else ()
    blocks = [text[start:end] for start, end in spans]
    kinds = [_kind(block) for block in blocks]
    _caption_twice(blocks, kinds)
    _between(blocks, kinds)
    _unrelated_at_end(blocks, kinds)
    bounds = [0, *(start for start, _ in spans[1:]), len(text)]
    segments: list[Segment] = []
    for kind, (start, end) in zip(kinds, pairwise(bounds), strict=True):
        if segments and segments[-1].kind is kind:
            segments[-1] = Segment(kind, segments[-1].start, end)
        else:
            segments.append(Segment(kind, start, end))
    return tuple(segments)


def _kind(block: str) -> SegmentKind:
    if len(block) > 2000:
        return SegmentKind.body
    plain = _QUOTED.sub(" ", block)
    words = len(_WORD.findall(block))
    said_by_page = sum(bool(pattern.search(plain)) for pattern in _PAGE)
    if said_by_page >= 1 + (words > 35) + (words > 70) or (words <= 60 and said_by_page and len(_WE.findall(plain)) >= 3):
        return SegmentKind.boilerplate
    if words <= 60 and _CREDIT.search(block):
        return SegmentKind.caption
    if block.startswith("#") or (words <= HEADLINE_WORDS and not _ENDS.search(block)):
        return SegmentKind.headline
    return SegmentKind.body


def _caption_twice(blocks: list[str], kinds: list[SegmentKind]) -> None:
    """A page often gives a caption twice, once without its credit."""
    for index in range(len(blocks) - 1):
        if kinds[index + 1] is SegmentKind.caption and blocks[index + 1].startswith(blocks[index]):
            kinds[index] = SegmentKind.caption


def _between(blocks: list[str], kinds: list[SegmentKind]) -> None:
    """What speaks to the reader between two pieces of boilerplate belongs to them."""
    marked = [index for index, kind in enumerate(kinds) if kind is SegmentKind.boilerplate]
    for left, right in pairwise(marked):
        if right - left <= 4:
            for index in range(left + 1, right):
                if _WE.search(_QUOTED.sub(" ", blocks[index])) or _stub(blocks[index]):
                    kinds[index] = SegmentKind.boilerplate


def _stub(block: str) -> bool:
    return len(_WORD.findall(block)) <= 3 and not any(c.isdigit() for c in block)


def _unrelated_at_end(blocks: list[str], kinds: list[SegmentKind]) -> None:
    """A line that reads like a headline after the body, and shares no capitalised word with it, is of another page."""
    for index in range(len(blocks) - 1, 0, -1):
        if kinds[index] is SegmentKind.boilerplate:
            continue
        words = _WORD.findall(blocks[index])
        if kinds[index] is not SegmentKind.headline or SegmentKind.body not in kinds[:index]:
            return
        before = {word for block in blocks[:index] for word in _WORD.findall(block)}
        small = sum(word[0].islower() for word in words)
        if len(words) < 6 or small < 4 or any(word[0].isupper() and word in before for word in words[1:]):
            return
        kinds[index] = SegmentKind.boilerplate
