"""Who is meant: names and their types, common nouns for people and bodies, and what a pronoun or a surname stands for."""
