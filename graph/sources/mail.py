"""Mails: subject, text, and readable attachments; quoted replies and signatures are boilerplate."""

from __future__ import annotations

import email
import email.errors
import email.policy
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.errors import CasegraphError, InputError, LimitError, Problem
from graph.model import Segment, SegmentKind
from graph.sources.content import Blocks, Content
from graph.sources.segments import paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage, MIMEPart

    from graph.limits import Limits

_WROTE = re.compile(r"^(?:On\b.{5,200}\bwrote:|-{2,}\s*(?:Original|Forwarded) Message\s*-{2,}|_{10,})\s*$", re.IGNORECASE | re.DOTALL)
_ATTACHMENTS = 50
_LINES, _SIZE = 1_000_000, 80_000_000
"""Attachments are taken apart in memory; few servers let mails of more than 50 MB through."""


def read(data: bytes, name: str, limits: Limits, attachment: Callable[[bytes, str], Content]) -> Content:
    """The content of a mail; `attachment` reads what is attached, and what it cannot read is said. Raises InputError, LimitError."""
    try:
        if len(data) > _SIZE or data.count(b"\n") > _LINES:
            raise LimitError(f"{name} is larger than {_SIZE:,} bytes or {_LINES:,} lines: a container, not a mail.")
        if data.lower().count(b"multipart/") > 100:
            raise LimitError(f"{name} nests parts of a mail too deeply.")
        message: EmailMessage = email.message_from_bytes(data, policy=email.policy.default)
        body = message.get_body(("plain", "html"))
        blocks = Blocks()
        kinds: list[SegmentKind] = []
        remarks: list[str] = []
        subject = _header(message, "subject")
        if subject:
            blocks.add(subject, "subject")
            kinds.append(SegmentKind.headline)
        _body(body, blocks, kinds, attachment)
        for number, part in enumerate(message.iter_attachments(), 1):
            if number > _ATTACHMENTS:
                raise LimitError(f"{name} holds more than {_ATTACHMENTS} attachments.")
            _attached(part, number, blocks, kinds, remarks, name, attachment)
    except (email.errors.MessageError, LookupError, ValueError, RecursionError, AttributeError, TypeError) as error:
        raise InputError([Problem(name, what="is no mail that can be read.", remedy="Save it again from the mail program.")]) from error
    if len(blocks.text) > limits.text_chars:
        raise LimitError(f"{name} holds more than {limits.text_chars:,} characters. Raise `text_chars` under [limits] in case.toml.")
    return Content(text=blocks.text, anchors=tuple(blocks.anchors), segments=_segments(blocks, kinds), title=subject, author=_header(message, "from"),
                   published=_date(message), remarks=tuple(remarks))


def _body(body: MIMEPart | None, blocks: Blocks, kinds: list[SegmentKind], attachment: Callable[[bytes, str], Content]) -> None:
    if body is None:
        return
    text = body.get_content()
    if body.get_content_subtype() == "html":
        text = attachment(text.encode("utf-8"), "mail.html").text
    kind = SegmentKind.body
    split = _split_replies(text)
    for number, (start, end) in enumerate(paragraphs(split), 1):
        block = split[start:end]
        if block.rstrip() == "--" or block.startswith(("-- \n", "--\n")) or _WROTE.match(block):
            kind = SegmentKind.boilerplate
        blocks.add(block, f"paragraph {number}")
        kinds.append(SegmentKind.boilerplate if block.startswith(">") else kind)


def _split_replies(text: str) -> str:
    """The text with an empty line wherever a quoted reply or a signature begins or ends."""
    lines = text.replace("\r\n", "\n").split("\n")
    result = [lines[0]] if lines else []
    for before, line in pairwise(lines):
        if before.startswith(">") != line.startswith(">") or line.rstrip() == "--" or _WROTE.match(line):
            result.append("")
        result.append(line)
    return "\n".join(result)


def _attached(part: EmailMessage, number: int, blocks: Blocks, kinds: list[SegmentKind], remarks: list[str], name: str,
              attachment: Callable[[bytes, str], Content]) -> None:
    title = " ".join((part.get_filename() or f"attachment {number}").split())
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        data = part.as_bytes()
    try:
        content = attachment(data, title)
    except CasegraphError as error:
        remarks.append(f"{name}: the attachment {title!r} was left out: {' '.join(str(error).split())}")
        return
    for start, end in paragraphs(content.text):
        where = max((a for a in content.anchors if a.start <= start), key=lambda a: a.start, default=None)
        before = len(blocks)
        blocks.add(content.text[start:end], f"attachment {title}" + (f", {where.label}" if where else ""))
        if len(blocks) > before:
            kind = next((s.kind for s in content.segments if s.start <= start < s.end), SegmentKind.body)
            kinds.append(kind)
    remarks += content.remarks


def _segments(blocks: Blocks, kinds: list[SegmentKind]) -> tuple[Segment, ...]:
    bounds = [0, *(start for start, _ in blocks.spans[1:]), len(blocks.text)]
    return tuple(Segment(kind, first, last) for kind, (first, last) in zip(kinds, pairwise(bounds), strict=False)) if len(blocks) else ()


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(_field(message, name) or "").split())


def _field(message: EmailMessage, name: str) -> object:
    """A header, or nothing where it is so damaged that the library trips over it: the rest of the mail can be read."""
    try:
        return message.get(name)
    except (email.errors.MessageError, LookupError, ValueError, AttributeError, TypeError, NameError):  # all of these have been seen
        return None


def _date(message: EmailMessage) -> str:
    when = getattr(_field(message, "date"), "datetime", None)
    return when.date().isoformat() if when else ""
