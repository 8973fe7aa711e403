"""What every page needs: context, texts, addresses, Markdown."""
