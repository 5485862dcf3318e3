"""Articles from the web: fetched politely, from public addresses only."""
