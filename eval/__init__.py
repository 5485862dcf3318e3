"""Gold questions to answers, answers to metrics, metrics to a report."""
