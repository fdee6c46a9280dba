"""Whether a thing happened, how it is put, and who says so."""
