"""Work in the background: one long job at a time, thumbnails, large photos."""
