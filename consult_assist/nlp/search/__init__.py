"""A query → hits among the entries of the knowledge."""
