"""Speed and quality figures, each reproducible by one command: `python -m benchmarks.NAME`."""
