"""Review: the questions that only a person can answer, one at a time, each answer on disk before the next."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph import edtf, extraction, pipeline, vocabulary
from graph.case import open_case
from graph.curation import decisions
from graph.model import Decision, Participant
from graph.printable import clean
from graph.resolution.nodes import participants

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Any

    from graph.case import Case
    from graph.model import Entity, Source, Statement
    from graph.resolution import Question

QUOTES = 3
"""Quotes shown of each side."""
NARROW = 60
"""On a screen of fewer columns the two sides stand one below the other."""
HELP = "y = {yes}, n = {no}, s = skip, u = undo the last answer, q = quit: "
_WORDS = {"": "skip", "s": "skip", "skip": "skip", "u": "undo", "undo": "undo", "q": "quit", "quit": "quit", "y": "yes", "yes": "yes", "n": "no", "no": "no"}


@dataclass(frozen=True, slots=True)
class Review:
    """What is open in a case, with all that is needed to show it."""

    case: Case
    questions: tuple[Question, ...]
    entities: dict[str, Entity]
    statements: dict[str, Statement]
    sources: dict[str, Source]
    labels: Mapping[str, str] = field(default_factory=dict)
    """How relations are called; one that is not here by its id."""


def prepare(
    folder: Path, progress: pipeline.Progress | None = None, *, extractor: Mapping[str, Any] | None = None, announce: Callable[[str], None] | None = None,
) -> Review:
    """Read the case and find what is open, most valuable first; `extractor` and `announce` as for `pipeline.build`.

    Raises UsageError, InputError, LimitError.
    """
    case = pipeline.with_extractor(open_case(folder), extractor or {})
    if announce and (leaving := extraction.leaving(case.extractor, case.settings)):
        announce(leaving)
    resolved, known = pipeline.resolve(case, progress=progress)
    return Review(
        case, resolved.questions, {e.id: e for e in resolved.entities}, {s.id: s for s in resolved.statements}, {s.id: s for s in known},
        {r.id: r.label for r in vocabulary.relations(case.relations).values()},
    )


def listing(review: Review) -> str:
    """Every open question on a line, most valuable first."""
    lines = [f"{q.value:>5}  {_title(review, q)}  ({'; '.join(q.reasons)})" for q in review.questions]
    head = f"{len(lines)} open question{'s' * (len(lines) != 1)}" + (", most valuable first (statements touched):" if lines else ".")
    return clean("\n".join([head, *lines])) + "\n"


def run(review: Review, ask: Callable[[str], str], say: Callable[[str], None], *, by: str, on: str, width: int = 100, in_turn: bool = False) -> int:
    """Ask question by question until they are through or `quit`; every answer is on disk before the next. How many now stand.

    `ask` shows a prompt and gives what was typed; it may raise EOFError or KeyboardInterrupt, which is `quit`. `on` is the date to
    write down. `in_turn` shows one side after the other, as a voice reads a screen line by line.
    """
    path = review.case.table("decisions.csv")
    answered: list[tuple[int, Decision]] = []
    position = 0
    while position < len(review.questions):
        question = review.questions[position]
        say(f"\n{position + 1} of {len(review.questions)}\n{show(review, question, width, in_turn=in_turn)}")
        match _answer(question, ask, say):
            case "quit":
                break
            case "undo" if answered:
                position, last = answered.pop()
                decisions.append(path, Decision(decision="undone", left=last.left, right=last.right, by=by, on=on))
            case "undo":
                say("There is no answer to undo.")
            case "skip":
                position += 1
            case word:
                decision = Decision(decision=_verdict(question, yes=word == "yes"), left=question.left, right=question.right, by=by, on=on)
                decisions.append(path, decision)
                answered.append((position, decision))
                position += 1
    return len(answered)


def show(review: Review, question: Question, width: int = 100, *, in_turn: bool = False) -> str:
    """A question with the words of the sources that bear on it, the two sides beside each other where the screen is wide enough."""
    if not question.right:
        return clean("\n".join(_doubtful(review, question, width)))
    sides = [_side(review, identifier) for identifier in (question.left_id, question.right_id)]
    lines = _in_turn(sides, width) if in_turn or width < NARROW else _beside(sides, width)
    return clean("\n".join([*textwrap.wrap(f"Are these two one? ({'; '.join(question.reasons)})", width), "", *lines, ""]))


def _beside(sides: list[list[str]], width: int) -> list[str]:
    column = (width - 3) // 2
    wrapped = [[part for line in side for part in (textwrap.wrap(line, column, subsequent_indent="  ") or [""])] for side in sides]
    height = max(map(len, wrapped))
    rows = zip(*(side + [""] * (height - len(side)) for side in wrapped), strict=True)
    return [f"{left:<{column}} | {right}".rstrip() for left, right in rows]


def _in_turn(sides: list[list[str]], width: int) -> list[str]:
    return [part for name, side in zip(("First:", "Second:"), sides, strict=True)
            for part in (name, *(w for line in side for w in textwrap.wrap(line, width, initial_indent="  ", subsequent_indent="    ")))]


def _answer(question: Question, ask: Callable[[str], str], say: Callable[[str], None]) -> str:
    words = ("the same", "different") if question.right else ("it holds", "reject it")
    while True:
        try:
            typed = ask(HELP.format(yes=words[0], no=words[1])).strip().casefold()
        except (EOFError, KeyboardInterrupt):
            return "quit"
        if typed in _WORDS:
            return _WORDS[typed]
        say(f"{typed!r} is no answer.")


def _verdict(question: Question, *, yes: bool) -> str:
    if question.right:
        return "same" if yes else "different"
    return "accepted" if yes else "rejected"


def _title(review: Review, question: Question) -> str:
    if question.right:
        return f"{question.names[0]} = {question.names[1]}?  {question.left}  {question.right}"
    return f"{_told(review, review.statements[question.left])}?  {question.left}"


def _side(review: Review, identifier: str) -> list[str]:
    entity = review.entities[identifier]
    mine = [s for s in review.statements.values() if any(p.id == identifier for p in participants(s))]
    names = [a for a in entity.aliases if a != entity.name]
    found = sorted({s.source for s in mine})
    lines = [f"{entity.name} ({entity.type}{', in the tables' if entity.curated else ''})", identifier]
    if names:
        lines.append(f"also: {', '.join(names)}")
    if entity.description:
        lines.append(entity.description)
    lines.append(f"{len(mine)} statement{'s' * (len(mine) != 1)} in {', '.join(found[:4])}{' …' if len(found) > 4 else ''}")
    seen: set[str] = set()
    for statement in sorted(mine, key=lambda s: (not s.quote, s.source, s.start or 0, s.id)):
        words = statement.quote or _told(review, statement)
        if words not in seen and len(seen) < QUOTES:
            seen.add(words)
            lines.append(f"“{' '.join(words.split())}” [{_where(review, statement)}]")
    return lines


def _doubtful(review: Review, question: Question, width: int) -> list[str]:
    statement = review.statements[question.left]
    before, after = statement.prefix.rsplit(". ", 1)[-1], statement.suffix.split(". ", 1)[0]
    words = " ".join(f"{before}>>> {statement.quote} <<<{after}".split())
    return [*textwrap.wrap(f"Does this hold? ({'; '.join(question.reasons)})", width), "", *textwrap.wrap(_told(review, statement), width), "",
            *textwrap.wrap(f"“{words}”", width), f"[{_where(review, statement)}]", ""]


def _told(review: Review, statement: Statement) -> str:
    """The statement in a line: who, what, whom, and how it is put."""
    subject = statement.subject.name if statement.subject else "somebody"
    object_ = statement.object.name if isinstance(statement.object, Participant) else statement.object.value
    said = f", says {statement.speaker.name}" if statement.speaker else ""
    more = "".join(f", {k}: {v}" for k, v in statement.qualifiers) + (f", {edtf.words(statement.time)}" if statement.time else "")
    return f"{subject} – {review.labels.get(statement.relation, statement.relation)} → {object_} ({statement.stance}{said}{more})"


def _where(review: Review, statement: Statement) -> str:
    source = review.sources.get(statement.source)
    return ", ".join(filter(None, (statement.source, source.published if source else "", statement.locator)))
