import subprocess
import sys

from rag.inflections import base, is_base, is_compared, is_participle, past, third, word_classes


def test_forms_of_verbs() -> None:
    assert [past(verb) for verb in ("sink", "approve", "step", "cost")] == [
        "sank",
        "approved",
        "stepped",
        "cost",
    ]
    assert third("resume") == "resumes"
    assert [base(form) for form in ("gave", "employs", "Orle")] == ["give", "employ", "Orle"]


def test_what_a_word_can_be() -> None:
    assert is_base("sink")
    assert not is_base("sank")
    assert [word for word in "hurt shut seen going fire ferry".split() if is_participle(word)] == [
        "hurt",
        "shut",
        "seen",
        "going",
    ]
    assert is_compared("longer")
    assert not is_compared("never")
    assert word_classes("qwxz") == frozenset()


def test_the_tables_are_not_read_before_they_are_needed() -> None:
    code = "import sys, rag.ways.claim; assert 'lemminflect' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
