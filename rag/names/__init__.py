"""Proper names in a text, told by their capitals, and whether a text has a name.

A name stands in a text that has it in another accepted form: without accents, in other case, by
its last part alone, as its acronym or expansion, as the demonym of a country ("Iranian" for Iran)
or as its capital ("Tehran" for Iran, never Iran for Tehran), or respelled (Kyiv, Kiev).
"""

from rag.names.find import find_names
from rag.names.lexicon import FUNCTION_WORDS
from rag.names.name import Name
from rag.names.stands import name_stands_in

__all__ = ["FUNCTION_WORDS", "Name", "find_names", "name_stands_in"]
