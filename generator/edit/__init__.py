"""What is written for people who write: records, imports, schemas, editions of reports, translations."""
