"""What writes into `resources/`: new records, imports, house style, schemas, protected tables."""
