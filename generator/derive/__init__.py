"""Work out, once, what follows from the records."""
