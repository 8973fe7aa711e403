"""The MkDocs theme `nahraum`: templates only."""
