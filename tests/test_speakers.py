import pytest

from rag.attribution import find_attributions
from rag.speakers import speakers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ida Moe said the doors had been open.", ["Ida Moe"]),
        ("“The doors were open,” said Ida Moe.", ["Ida Moe"]),
        ("Ida Moe, the harbour master, said the doors were open.", ["Ida Moe, the harbour master"]),
        ("On Monday, the harbour master said the doors were open.", ["the harbour master"]),
        ("According to Per Lund, the doors were open.", ["Per Lund"]),
        ("The doors were open, according to Per Lund.", ["Per Lund"]),
        ("He has also warned that the ice may break.", ["He"]),
        ("Moe said it sank, but Lund said it was scuttled.", ["Moe", "Lund"]),
        ("The ferry sank off the cape.", []),
    ],
)
def test_the_speaker_is_found(text: str, expected: list[str]) -> None:
    assert [one.speaker for one in find_attributions(text)] == expected


@pytest.mark.parametrize(
    ("sentence", "span", "context"),
    [
        ("Per Lund said the doors were open.", "Ida Moe said the doors were open.", "Per Lund\n"),
        ("Per Lund said the doors were open.", "“They were open,” said Ida Moe.", "Per Lund\n"),
        ("According to Lund, the doors were open.", "Lund came when the doors were open.", ""),
        ("Lund said it sank.", "Moe said it sank, but Lund said it was scuttled.", ""),
        ("The minister said it sank.", "The mayor said it sank, but the minister said no.", ""),
        ("Per Lund said it was late.", "She said it was late.", "Ida Moe said Per Lund was there."),
        ("Norway said it sank.", "Prosecutors said it sank.", "Prosecutors in Norway are at work."),
    ],
)  # fmt: skip
def test_another_speaker_is_caught(sentence: str, span: str, context: str) -> None:
    (problem,) = speakers(sentence, span, context)
    assert problem.kind == "speaker"


@pytest.mark.parametrize(
    ("sentence", "span", "context"),
    [
        ("Ida Moe said the doors were open.", "“The doors were open,” Moe said.", "Ida Moe\n"),
        ("Moe said the doors were open.", "“The doors were open,” said Ida Moe, 43.", ""),
        ("Ida Moe said it was late.", "“It was late,” she said.", "Ida Moe ran the harbour."),
        ("The harbour master said it sank.", "Ida Moe, the harbour master, said it sank.", ""),
        ("Keltan Rail said it would pay.", "The company said it would pay.", "Keltan Rail fined\n"),
        ("Officials said the port is open.", "The port is open, according to the authorities.", ""),
        ("The Alder Post reported that it sank.", "It sank.", "Ferry\nThe Alder Post\n"),
        ("Moe denied it, and Lund said it sank.", "Moe denied it; Lund said that it sank.", ""),
        ("He said it sank.", "Per Lund said it sank.", ""),
        ("Moe called the doors “open”.", "The doors were “open”, in Moe's words.", ""),
    ],
)
def test_the_same_speaker_passes(sentence: str, span: str, context: str) -> None:
    assert list(speakers(sentence, span, context)) == []
