"""Saved web pages: every visible block in order; what trafilatura takes for the article is body, the rest boilerplate."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from graph import edtf, offline
from graph.errors import InputError, LimitError, Problem
from graph.model import Segment, SegmentKind
from graph.sources.content import Blocks, Content

if TYPE_CHECKING:
    from graph.limits import Limits

_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd", "pre", "blockquote", "figcaption", "caption", "div", "section", "article",
           "header", "footer", "nav", "aside", "main", "ul", "ol", "table", "tr", "form", "figure", "body", "address", "title", "button", "label", "option", "details", "summary"}
_HIDDEN = {"script", "style", "noscript", "template", "svg", "math", "head", "iframe", "object", "textarea", "select"}
_TAGS = 200_000
"""The longest pages have some ten thousand; 100,000 elements are read in seconds and 200 MB, a million in a minute and 2 GB (measured)."""
_SIZE = 4
"""Bytes of a page for each character of text that is allowed."""
_EMBEDDED = re.compile(rb"data:[\w/+.-]{1,80}(?:;[\w=.-]{1,80}){0,4},[\w+/=%.-]{500,}")
"""Pictures and fonts inside a page that was saved as one file: no text, and the parser goes no further than 10 MB."""
_TELLING = 24
"""Letters from which a block that stands within a line of the article is of the article: "News" stands in many a word."""
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def read(data: bytes, name: str, limits: Limits) -> Content:
    """The content of an HTML file, with the metadata it gives of itself. Raises InputError, LimitError."""
    from lxml import etree, html

    data = _EMBEDDED.sub(b"data:,", data)
    if data.count(b"<") > _TAGS:
        raise LimitError(f"{name} holds more than {_TAGS:,} tags: a container, not a page.")
    if len(data) > _SIZE * limits.text_chars:
        raise LimitError(f"{name} is larger than {_SIZE * limits.text_chars:,} bytes. Raise `text_chars` under [limits] in case.toml.")
    try:
        parser = html.HTMLParser(encoding=_encoding(data), no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
        tree = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise InputError([Problem(name, what="holds no HTML that can be read.", remedy="Save the page again.")]) from error
    stopped = [entry.message.lower() for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message.lower()]
    if any("depth" in message for message in stopped):
        raise LimitError(f"{name} nests elements deeper than the parser goes (some 250): no page that a person wrote.")
    if stopped:  # what follows would be missing, and nobody would know
        raise LimitError(f"{name} holds a single text or attribute of more than 10 MB: a container, not a page.")
    _check_depth(tree, name, limits)
    blocks, kinds = _walk(tree)
    if len(blocks.text) > limits.text_chars:
        raise LimitError(f"{name} holds more than {limits.text_chars:,} characters. Raise `text_chars` under [limits] in case.toml.")
    kept, about = _article(tree)
    return Content(text=blocks.text, anchors=tuple(blocks.anchors), segments=_segments(blocks, kinds, kept), **about)  # type: ignore[arg-type]


def _encoding(data: bytes) -> str | None:
    """utf-8 where the bytes are; else None, and what the page declares counts."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _check_depth(tree: object, name: str, limits: Limits) -> None:
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.nesting:
            raise LimitError(f"{name} nests elements more than {limits.nesting:,} deep. Raise `nesting` under [limits] in case.toml.")


def _walk(tree: object) -> tuple[Blocks, list[str]]:
    """Visible text by block, and the tag of each."""
    from lxml import etree

    blocks, hidden = Blocks(), 0
    kinds: list[str] = []
    words: list[str] = []
    stack: list[str] = []

    def flush() -> None:
        before = len(blocks)
        blocks.add(" ".join("".join(words).split()), f"paragraph {before + 1}")
        words.clear()
        if len(blocks) > before:
            kinds.append(stack[-1] if stack else "body")

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _BLOCKS and not hidden:
                flush()
            if tag in _BLOCKS:
                stack.append(tag)
            hidden += tag in _HIDDEN
            if not hidden:
                words.append("\n" if tag == "br" else element.text or "")
        else:
            if tag in _BLOCKS and not hidden:
                flush()
            if tag in _BLOCKS and stack:
                stack.pop()
            hidden -= tag in _HIDDEN
            if not hidden:
                words.append(element.tail or "")
    flush()
    return blocks, kinds


def _article(tree: object) -> tuple[str, dict[str, str]]:
    """The words of the article, folded for comparison, and what the page says of itself."""
    with offline.importing():
        import trafilatura
        from trafilatura.metadata import extract_metadata

    try:
        text = trafilatura.extract(tree, include_comments=False, include_tables=True, favor_recall=True, with_metadata=False) or ""
        found = extract_metadata(tree)
    except (RecursionError, ValueError, TypeError, AttributeError):
        return "", {}
    about = {"title": found.title, "author": found.author, "publisher": found.sitename, "published": found.date, "language": found.language,
             "url": found.url if str(found.url or "").startswith(("http://", "https://")) else ""}
    clean = {key: " ".join(str(value).split()) for key, value in about.items() if value}
    if not edtf.is_valid(clean.get("published", "")):
        clean.pop("published", None)
    return "\n".join(filter(None, map(_fold, text.splitlines()))), clean


def _segments(blocks: Blocks, kinds: list[str], kept: str) -> tuple[Segment, ...]:
    if not kept or not blocks.spans:  # words that nobody sees, as in a <textarea>, are no article
        return ()
    text = blocks.text
    lines, whole = set(kept.split("\n")), kept.replace("\n", "")
    segments: list[Segment] = []
    bounds = [0, *(start for start, _ in blocks.spans[1:]), len(text)]
    for (start, end), tag, (first, last) in zip(blocks.spans, kinds, pairwise(bounds), strict=True):
        words = _fold(text[start:end])
        among = words in lines or (len(words) >= _TELLING and words in whole)
        if tag == "figcaption":
            kind = SegmentKind.caption
        elif tag in _HEADINGS and (among or tag == "h1"):
            kind = SegmentKind.headline
        else:
            kind = SegmentKind.body if words and among else SegmentKind.boilerplate
        if segments and segments[-1].kind is kind:
            segments[-1] = Segment(kind, segments[-1].start, last)
        else:
            segments.append(Segment(kind, first, last))
    return tuple(segments)


def _fold(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())
