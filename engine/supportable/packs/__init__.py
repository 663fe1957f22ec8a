"""Stage 3: packs found, read, shaped, judged and locked."""
