from pathlib import Path

import pytest

from ingest.errors import UserError
from rag.settings import load_settings


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("BYLINE_CONFIG", "BYLINE_LIBRARY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_file_then_environment_then_flags(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / "byline.toml").write_text(
        'library = "from-file"\n[retrieval]\npassages = 5\ncandidates = 20\n'
    )
    assert load_settings().library == Path("from-file")
    monkeypatch.setenv("BYLINE_LIBRARY", "from-environment")
    monkeypatch.setenv("BYLINE_RETRIEVAL__PASSAGES", "7")
    settings = load_settings()
    assert settings.library == Path("from-environment")
    assert (settings.retrieval.passages, settings.retrieval.candidates) == (7, 20)
    assert load_settings(library=Path("from-flag")).library == Path("from-flag")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[passages]\ntokns = 3", "byline.toml: unknown key 'passages.tokns': did you mean "
         "'passages.tokens'?"),
        ("librry = 'x'", "did you mean 'library'?"),
        ("[passages]\ntokens = 3", "passages.tokens"),
        ("[passages\n", "not valid TOML"),
        ("[llm]\nkind = 'oracle'", "llm.kind"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_and_key(elsewhere: Path, text: str, told: str) -> None:
    (elsewhere / "byline.toml").write_text(text)
    with pytest.raises(UserError) as caught:
        load_settings()
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_environment_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_LIBARY", "x")
    with pytest.raises(UserError, match="BYLINE_LIBARY: did you mean BYLINE_LIBRARY"):
        load_settings()


def test_a_configuration_that_is_named_must_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_CONFIG", "missing.toml")
    with pytest.raises(UserError, match=r"missing\.toml"):
        load_settings()


def test_the_digest_follows_what_can_change_an_answer() -> None:
    plain = load_settings()
    assert load_settings(library=Path("x")).digest() == plain.digest()
    assert load_settings(answer={"threshold": 0.9}).digest() != plain.digest()


def test_the_api_key_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_LLM__API_KEY", "secret-value")
    settings = load_settings()
    assert settings.llm.api_key.get_secret_value() == "secret-value"
    assert "secret-value" not in repr(settings) + settings.model_dump_json()
