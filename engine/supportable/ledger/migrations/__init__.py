"""How the tables came to be, step by step; Alembic walks them, always from our code, never from a command line."""
