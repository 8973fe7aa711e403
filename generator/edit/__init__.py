"""Help people who write: records, imports, schemas, editions, translations."""
