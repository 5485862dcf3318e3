"""One parser a format: a decoded document to its articles."""
