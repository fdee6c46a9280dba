"""What an audience may see: protected people leave the knowledge base before any export is written."""

from graph.redaction.audience import AUDIENCES, redact
from graph.redaction.exposure import Exposure, K, exposures, refuse
from graph.redaction.words import without_quotes

__all__ = ["AUDIENCES", "Exposure", "K", "exposures", "redact", "refuse", "without_quotes"]
