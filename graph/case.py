"""A case: a folder with tables, documents and settings."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from graph import files
from graph.errors import InputError, Problem, UsageError
from graph.limits import DEFAULT, Limits
from graph.model import StoryStep

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT_BASE = "https://casegraph.example/"
TABLES = ("sources.csv", "entities.csv", "statements.csv", "decisions.csv")
_MARKS = ("case.toml", "relations.toml", *TABLES, "reports")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Where a case is and how it is to be built. `extractor` is the name of one, `settings` what `[extractor]` says beside it."""

    folder: Path
    title: str
    base: str = DEFAULT_BASE
    language: str = "en"
    extractor: str = "rules"
    settings: dict[str, Any] = field(default_factory=dict)
    limits: Limits = DEFAULT
    story: tuple[StoryStep, ...] = ()

    def table(self, name: str) -> Path:
        """The path of one of `TABLES`, there or not."""
        return self.folder / name

    @property
    def relations(self) -> Path:
        """The path of the case's own relations, there or not."""
        return self.folder / "relations.toml"

    @property
    def reports(self) -> Path:
        """The folder of the documents, there or not."""
        return self.folder / "reports"


def is_case(folder: Path) -> bool:
    """Whether a folder holds anything that a case is made of."""
    return any((folder / name).exists() for name in _MARKS)


def open_case(folder: Path) -> Case:
    """The case in this folder. Raises UsageError if it is none, InputError if `case.toml` is wrong."""
    if not folder.is_dir():
        raise UsageError(f"There is no folder {str(folder)!r}. Name a case folder, or make one with `casegraph init DIR`.")
    if not is_case(folder):
        raise UsageError(f"{str(folder)!r} is no case: it has none of {', '.join(_MARKS)}. Make one with `casegraph init DIR`.")
    path = folder / "case.toml"
    default_title = folder.resolve().name
    if not path.exists():
        return Case(folder=folder, title=default_title)
    try:
        data = tomllib.loads(files.read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputError([Problem("case.toml", what=f"is no valid TOML: {error}.")]) from error
    return _from_settings(folder, default_title, data)


def _from_settings(folder: Path, default_title: str, data: dict[str, Any]) -> Case:
    problems: list[Problem] = []

    def wrong(key: str, what: str, remedy: str) -> None:
        problems.append(Problem("case.toml", column=key, what=what, remedy=remedy))

    def text(key: str, default: str) -> str:
        value = data.get(key, default)
        if not isinstance(value, str) or not value.strip():
            wrong(key, "must be text.", f'Write {key} = "…".')
            return default
        return value.strip()

    for key in sorted(data.keys() - {"title", "base", "language", "extractor", "limits", "story"}):
        wrong(key, "is no setting.", "There are title, base, language, [extractor], [limits] and [[story]].")
    base = text("base", DEFAULT_BASE)
    parts = urlsplit(base)
    if parts.scheme not in {"http", "https", "urn"} or (parts.scheme != "urn" and not parts.netloc) or any(c in base for c in ' <>"{}|\\^`'):
        wrong("base", f"{base!r} is no base for IRIs.", "Write one like https://example.org/case/.")
    elif not base.endswith(("/", "#", ":")):
        base += "/"
    extractor = data.get("extractor", {})
    if isinstance(extractor, str):
        extractor = {"name": extractor}
    if not isinstance(extractor, dict) or not isinstance(extractor.get("name", ""), str):
        wrong("extractor", "must be a name or a table.", 'Write extractor = "rules".')
        extractor = {}
    case = Case(
        folder=folder,
        title=text("title", default_title),
        base=base,
        language=text("language", "en"),
        extractor=extractor.get("name", "rules"),
        settings={k: v for k, v in extractor.items() if k != "name"},
        limits=_limits(data.get("limits", {}), wrong),
        story=_story(data.get("story", []), wrong),
    )
    if problems:
        raise InputError(problems)
    return case


def _limits(data: Any, wrong: Any) -> Limits:
    known = {f.name for f in fields(Limits)}
    if not isinstance(data, dict):
        wrong("limits", "must be a table.", "Write [limits] and its keys below it.")
        return DEFAULT
    good = {}
    for key, value in data.items():
        if key not in known:
            wrong(f"limits.{key}", "is no limit.", f"There are {', '.join(sorted(known))}.")
        elif not isinstance(value, int) or isinstance(value, bool) or value < 1:
            wrong(f"limits.{key}", "must be a whole number above 0.", "")
        else:
            good[key] = value
    return replace(DEFAULT, **good)


def _story(data: Any, wrong: Any) -> tuple[StoryStep, ...]:
    steps = []
    for number, step in enumerate(data if isinstance(data, list) else [data], 1):
        ids = step.get("statements", []) if isinstance(step, dict) else None
        if not isinstance(step, dict) or not isinstance(step.get("title"), str) or not isinstance(step.get("text", ""), str) \
                or not isinstance(ids, list) or not all(isinstance(i, str) for i in ids):
            wrong(f"story {number}", "must have a title, and may have text and statements.",
                  'Write [[story]], title = "…", text = "…", statements = ["st-…"].')
            continue
        steps.append(StoryStep(title=step["title"], text=step.get("text", ""), statements=tuple(ids)))
    return tuple(steps)
