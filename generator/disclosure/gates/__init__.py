"""Tables of figures in, raw or committed; what must not pass out: one module a reason."""
