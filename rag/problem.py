"""What is wrong with a sentence, compared with the words it cites."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fact of a sentence that the cited words do not carry."""

    kind: str
    """`number`, `unit`, `date`, `name`, `speaker`, `quotation` or `negation`."""
    text: str
    """The words of the sentence that state it."""
    message: str
    """One line for the user."""
