"""The faces of Byline: command line, chat page, HTTP API."""
