"""Stage 4: what is to be judged on one day, in which order. One file a pass."""
