"""Stage 3: hand-made tables and decisions become sources, entities, statements and judgements."""
