"""A simulated collector grades a whole collection, and what that costs is counted."""
