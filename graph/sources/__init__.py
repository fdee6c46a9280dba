"""Stage 1: a file becomes text with segments and offsets. One module per format, chosen in `READERS`."""
