"""A site and its protected tables in, facts that pages can show out: what follows from the records is worked out here, once."""
