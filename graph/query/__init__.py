"""Stage 7: questions to an export: SPARQL behind a guard, saved questions, what is said of somebody, paths, differences."""
