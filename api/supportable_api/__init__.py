"""The HTTP API of supportable; it is written next and holds nothing yet."""
