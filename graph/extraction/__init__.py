"""Stage 2: a text becomes statements with their exact words."""
