"""The MkDocs theme `nahraum`: templates only; MkDocs finds the folder by this package."""
