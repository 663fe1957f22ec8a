"""Stage 1: what designs and packs may speak of: entity types, attributes, products, articles and catalogues.

`load` reads vocabulary documents, `references` the articles, `catalogues` the tables; `convert` types what a design
says; `schema` writes the JSON Schema of designs.
"""
