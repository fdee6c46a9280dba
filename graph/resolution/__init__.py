"""Stage 4: the entities of all documents and tables become one entity each for one person, body or place."""
