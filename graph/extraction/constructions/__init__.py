"""The ways English says that somebody did something to somebody, each giving candidates for statements."""
