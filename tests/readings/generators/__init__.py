"""Random vocabularies, catalogues, packs, designs and completions, all from one source of choices."""
