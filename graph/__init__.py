"""Casegraph: reports and tables of a case become a knowledge graph in which every line is a claim."""

__version__ = "0.1.0"
