"""What the extractors find on stories that nobody looked at while writing them, and the traps they may not fall into.

    python benchmarks/quality.py [--weights FOLDER] [--quick]

The annotated stories and their scorer lie beside the repository, not in it: without them this says so and measures nothing. Figures are the
strict ones of the scorer. `--weights` names a trained model where none comes with the package.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT))

import measure as table  # noqa: E402

from graph import extraction, vocabulary  # noqa: E402
from graph.errors import CasegraphError  # noqa: E402

GOALS = {"rules": (0.75, 0.50), "learned": (0.80, 0.62)}
"""Precision and F1 at least."""


def figures_of() -> Any:
    """tests/quality/measure.py, which has the name of the module that prints our tables."""
    spec = importlib.util.spec_from_file_location("quality_figures", ROOT / "tests" / "quality" / "measure.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", default="")
    parser.add_argument("--quick", action="store_true", help="the traps alone")
    given = parser.parse_args()
    rows = []
    figures = figures_of()
    for name in GOALS if SHARED.is_dir() else ():
        try:
            extractor = extraction.load(name, known=(), entries=vocabulary.entries(), settings={"weights": given.weights} if given.weights and name == "learned" else {})
        except CasegraphError as missing:
            rows.append((f"`{name}`", str(missing).splitlines()[0], "", "", "", ""))
            continue
        found = {} if given.quick else figures.figures(SHARED, "dev_b", extractor)
        traps = figures.traps(SHARED, extractor)
        told = [f"{found[figure]:.3f}" if found else "not run" for figure in ("precision", "recall", "f1", "hedged_as_asserted")]
        precision, f1 = GOALS[name]
        rows.append((f"`{name}`", *told, f"{len(traps.forbidden)} of the forbidden, {traps.found} of {traps.required} required"))
        rows.append(("goal", f"≥ {precision:.2f}", "", f"≥ {f1:.2f}", "≤ 0.01", "0 of the forbidden"))
    table.show("Extraction: quality", "Strict figures on 14 stories that were kept apart, and sentences made to mislead." if rows
               else "Not measured: the annotated stories are not beside the repository.",
               ("extractor", "precision", "recall", "F1", "hedged or denied shown as asserted", "traps"), rows)


if __name__ == "__main__":
    main()
