"""Photos on disk → pictures, thumbnails and vectors.

Everything a file can have wrong with it ends here as a ``PhotoError`` in a collector's words.
"""
