"""Bytes to articles, articles to passages, passages to the stores."""
