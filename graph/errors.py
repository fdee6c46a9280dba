"""Every error that Casegraph raises on purpose.

CasegraphError
├── UsageError        the command was given something that is not there (exit code 2)
├── InputError        a file of the case has problems: all of them at once, each with its place (exit code 1)
├── LimitError        an input is larger than a limit allows
├── QueryError        a query is wrong or refused
│   └── StoppedError  it took too long, too much memory, or gives too much
├── ExportError       an export may not be written so, or one that is read is not ours
└── WriteError        the system refuses to write: no space, no permission, something in the way
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in the input: where it is, what it is, what would be right."""

    file: str
    line: int = 0
    column: str = ""
    what: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        """`statements.csv:12 [stance] 'maybe' is no stance. Write asserted, alleged or denied.`"""
        place = self.file + (f":{self.line}" if self.line else "") + (f" [{self.column}]" if self.column else "")
        return f"{place} {self.what}" + (f" {self.remedy}" if self.remedy else "")


class CasegraphError(Exception):
    """What every error of ours is; its text says what, where and what to do."""


class UsageError(CasegraphError):
    """The command names something that is not there."""


class InputError(CasegraphError):
    """The case has problems; `problems` holds all of them, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        count = len(self.problems)
        super().__init__("\n".join([f"{count} problem{'s' * (count != 1)} in the input:", *map(str, self.problems)]))


class LimitError(CasegraphError):
    """An input is larger than a limit of `limits.py` allows."""


class QueryError(CasegraphError):
    """A query is wrong, refused, or stopped at a limit."""


class StoppedError(QueryError):
    """A query that reads, and was stopped at a limit of time, memory or size."""


class ExportError(CasegraphError):
    """An export may not be written so, or what is read is no export of ours."""


class WriteError(CasegraphError):
    """The system refuses to write a file: no space, no permission, or something is in the way."""
