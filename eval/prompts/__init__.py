"""Prompts of the evaluation: for the judge, and for drafting questions."""
