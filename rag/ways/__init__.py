"""Ways of answering: facts, comparisons, lists, timelines, summaries, yes or no."""
