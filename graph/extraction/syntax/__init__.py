"""A paragraph as plain lists, mended where the parser slipped, and the verbs of its clauses with their slots."""
