"""Stage 3: hand-made tables and decisions become sources, entities, statements and judgements."""

from graph.curation.custody import Added, add, verify
from graph.curation.quotes import anchor, missing
from graph.curation.tables import Tables, read

__all__ = ["Added", "Tables", "add", "anchor", "missing", "read", "verify"]
