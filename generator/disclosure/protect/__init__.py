"""Turn raw tables into protected ones, with a summary (`nahraum protect`)."""
