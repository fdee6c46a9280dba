"""Stage 7: questions to an export."""
