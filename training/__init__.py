"""How the numbers that ship with Byline were learnt; not part of the installed package."""
