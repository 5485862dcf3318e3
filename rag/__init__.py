"""A question to evidence, evidence to an answer that cites its words."""
