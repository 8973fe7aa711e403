"""The disk: the only room that opens, writes and exchanges files; paths in, bytes or a changed disk out."""
