"""Find missing translations, make tables for translators, and update catalogues."""
