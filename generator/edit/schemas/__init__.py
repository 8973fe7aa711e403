"""What editors' programs know of records: schemas, and where they are kept."""
