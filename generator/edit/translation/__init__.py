"""Texts in other languages: what is missing or old, tables for translators, catalogues."""
