"""Stage 6: one module per format."""
