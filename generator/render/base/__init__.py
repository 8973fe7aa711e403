"""What every part of a page stands on: context, texts, addresses, names, Markdown."""
