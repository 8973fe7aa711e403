"""The records, the vocabularies and what is derived from them: frozen types that know nothing of files or pages."""
