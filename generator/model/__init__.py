"""The records, vocabularies and facts as frozen types."""
