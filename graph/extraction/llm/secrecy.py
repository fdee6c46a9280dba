"""The key of a model's server: where it may come from, and that neither it nor a text reaches a log."""

from __future__ import annotations

import importlib
import logging
import os
from urllib.parse import urlsplit

KEY = "CASEGRAPH_LLM_KEY"
"""The variable of the environment that may hold the key."""
SERVICE = "casegraph"
"""Under this service and the server's host a keyring may hold it: `keyring set casegraph HOST`."""
_NONE = "none"


def key(endpoint: str) -> str:
    """The key for this server: of the environment; else of the system's keyring, where `keyring` is installed; else a word that is none."""
    if found := os.environ.get(KEY):
        return found
    try:
        keyring = importlib.import_module("keyring")
        return str(keyring.get_password(SERVICE, urlsplit(endpoint).netloc) or _NONE)
    except Exception:  # noqa: BLE001  not installed, locked, or no keyring on this machine: whatever a backend raises, there is no key
        return _NONE


def hush() -> None:
    """Let the client's libraries log nothing: at the level debug they would write out the text of documents, whatever `OPENAI_LOG` says."""
    libraries = ("openai", "httpx", "httpcore")
    for name in (*libraries, *sorted(logging.root.manager.loggerDict)):
        if name.startswith(libraries):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
