"""The packs that ship with supportable: vocabulary, references, catalogues and rules, all of them YAML."""
