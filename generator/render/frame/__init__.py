"""What stands around a page."""
