"""What the two pages of photos have in common beside widgets: it follows the open collection."""
