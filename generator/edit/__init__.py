"""What writes into `resources/`: new records, imports, usual writing, schemas, protected tables."""
