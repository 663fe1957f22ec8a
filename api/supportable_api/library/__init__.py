"""What the packs that are held say, as answers: packs, rules, articles, terms, vocabulary, and the search over them."""

from supportable_api.library.held import Library, Page, library_of

__all__ = ["Library", "Page", "library_of"]
