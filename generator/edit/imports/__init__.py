"""Tables, boundaries and streets of others in; records, written or renewed, out."""
