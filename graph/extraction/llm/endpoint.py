"""Any OpenAI-compatible endpoint: asked with temperature 0 and a schema, answers kept, no redirect followed, nothing logged."""

from __future__ import annotations

import ipaddress
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from graph import files, offline
from graph.errors import CasegraphError, LimitError, UsageError
from graph.extraction.llm import secrecy
from graph.model import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graph.extraction.llm.prompt import Prompt

DEFAULT_ENDPOINT = "http://127.0.0.1:11434/v1"
"""Where Ollama listens on this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to reach a model, and how much it may cost. `max_requests` and `max_seconds` count one run."""

    model: str
    endpoint: str = DEFAULT_ENDPOINT
    allow_remote: bool = False
    max_requests: int = 10_000
    max_seconds: int = 24 * 3600
    max_tokens: int = 4_096
    timeout: int = 600
    retries: int = 3
    confidence: float = 0.7
    """How many of its statements hold, of all that are admitted, as `casegraph evaluate` measured it; nobody knows before."""

    @property
    def local(self) -> bool:
        """Whether the address is this machine itself."""
        host = urlsplit(self.endpoint).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


def settings(given: Mapping[str, Any]) -> Settings:
    """Settings from `[extractor]` of a case or the command line. Raises UsageError for what is wrong, a remote address among it."""
    known = {name: given[name] for name in Settings.__dataclass_fields__ if name in given and given[name] is not None}
    if "key" in given or "api_key" in given:
        raise UsageError(f"A key does not belong into the case folder. Put it into the environment as {secrecy.KEY}, or into your keyring.")
    if not isinstance(known.get("model"), str) or not known["model"]:
        raise UsageError("Name a model: --model NAME, or `model` under [extractor] in case.toml.")
    for name, value in known.items():
        if name == "confidence":
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= 1:
                raise UsageError("`confidence` of the extractor must be a number above 0 and at most 1: the precision that `casegraph evaluate` gave.")
            continue
        wanted: type = {"model": str, "endpoint": str, "allow_remote": bool}.get(name, int)
        if type(value) is not wanted or (isinstance(value, int) and wanted is int and value < (name != "retries")):
            raise UsageError(f"`{name}` of the extractor must be {'text' if wanted is str else 'true or false' if wanted is bool else 'a whole number above 0'}.")
    made = Settings(**known)
    parts = urlsplit(made.endpoint)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise UsageError(f"{made.endpoint!r} is no endpoint. Write one like {DEFAULT_ENDPOINT}.")
    if not made.local and not made.allow_remote:
        raise UsageError(f"{parts.hostname} is not this machine: the text of your documents would leave it. If that is what you want, add --allow-remote.")
    return made


@dataclass(slots=True)
class Endpoint:
    """A model that is asked about windows of text; every answer is kept in `folder` and asked for once."""

    settings: Settings
    folder: Path | None = None
    asked: int = 0
    _started: float = field(default_factory=time.monotonic)
    _client: Any = None

    def ask(self, prompt: Prompt, question: str) -> str:
        """The model's answer, from the store where it was asked before. Raises UsageError where no model answers, LimitError at a cap."""
        key = fingerprint(self.settings.model, prompt.hash, self.settings.max_tokens, question)
        kept = self.folder / f"{key}.json" if self.folder else None
        if kept is not None and kept.is_file():
            try:
                record = json.loads(files.read_text(kept))
                if record["question"] == fingerprint(question) and isinstance(record["answer"], str):
                    return str(record["answer"])
            except (CasegraphError, ValueError, LookupError, TypeError):
                pass  # damaged: asked again, and written anew
        answer = self._ask(prompt, question)
        if kept is not None:
            with files.told(kept):
                kept.parent.mkdir(parents=True, exist_ok=True)
                if self.asked == 1:
                    files.sweep(kept.parent)
                files.write_text(kept, json.dumps({"question": fingerprint(question), "answer": answer}, ensure_ascii=True))
        return answer

    def _ask(self, prompt: Prompt, question: str) -> str:
        if self.asked >= self.settings.max_requests:
            raise LimitError(f"The model was asked {self.asked:,} times, which is `max_requests`. Run again to go on: answers are kept.")
        if time.monotonic() - self._started > self.settings.max_seconds:
            raise LimitError(f"The model was asked for {self.settings.max_seconds:,} seconds, which is `max_seconds`. Run again to go on: answers are kept.")
        self.asked += 1
        try:
            with offline.importing():
                import openai
        except ImportError as error:
            raise UsageError("Asking a model needs the extra: pip install 'casegraph[llm]'.") from error
        try:
            response = self._open(openai).chat.completions.create(
                model=self.settings.model, temperature=0, seed=0, max_tokens=self.settings.max_tokens,
                messages=[{"role": "system", "content": prompt.text}, {"role": "user", "content": question}],
                response_format={"type": "json_schema", "json_schema": {"name": "statements", "schema": prompt.schema}},
            )
        except openai.APIStatusError as error:
            raise UsageError(f"The model's server refused ({error.status_code}). Check --model and --endpoint; answers so far are kept.") from error
        except openai.APIConnectionError as error:  # time-outs are among these
            raise UsageError(f"No model answers at {self.settings.endpoint}. Start its server, or name another with --endpoint; answers so far are kept.") from error
        except (openai.OpenAIError, ValueError, TypeError, AttributeError) as error:
            raise UsageError(f"What answers at {self.settings.endpoint} does not speak the OpenAI protocol.") from error
        choices = getattr(response, "choices", None)
        return (choices[0].message.content or "") if choices else ""

    def _open(self, openai: Any) -> Any:
        if self._client is None:
            secrecy.hush()
            http = openai.DefaultHttpxClient(follow_redirects=False, trust_env=False, timeout=self.settings.timeout)
            self._client = openai.OpenAI(base_url=self.settings.endpoint, api_key=secrecy.key(self.settings.endpoint), max_retries=self.settings.retries,
                                         timeout=self.settings.timeout, http_client=http)
        return self._client
