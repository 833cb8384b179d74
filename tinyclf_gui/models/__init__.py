"""The open collection and its jobs; item models, filters, orders over its columns: no widgets."""
