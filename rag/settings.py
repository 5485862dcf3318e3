"""All settings, typed: `byline.toml` < environment `BYLINE_*` < flags; its tables: rag/sections.py.

An unknown key is an error that names the file, the key and the nearest valid name.
"""

import difflib
import hashlib
import os
import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from ingest.errors import UserError
from rag.sections import (
    AnswerSettings,
    ConversationSettings,
    EmbeddingSettings,
    IngestSettings,
    JSONLSettings,
    LLMSettings,
    PassageSettings,
    RankerSettings,
    ReaderSettings,
    ReadingSettings,
    RetrievalSettings,
    ServerSettings,
    WebSettings,
)

CONFIG_FILE = "byline.toml"
NOT_SETTINGS = {"BYLINE_ARITHMETIC", "BYLINE_CONFIG", "BYLINE_CACHE", "BYLINE_STRONGER_LLM"}


def default_library() -> Path:
    """`$XDG_DATA_HOME/byline/library`, else `~/.local/share/byline/library`."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "byline" / "library"


class Settings(BaseSettings):
    """All settings; read them with `load_settings`."""

    model_config = SettingsConfigDict(
        env_prefix="BYLINE_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    library: Path = Field(default_factory=default_library)
    chroma_url: str = ""
    """A Chroma server (http://host:port) for the vectors; empty keeps them in the library."""
    embedding: EmbeddingSettings = EmbeddingSettings()
    passages: PassageSettings = PassageSettings()
    jsonl: JSONLSettings = JSONLSettings()
    reading: ReadingSettings = ReadingSettings()
    ingest: IngestSettings = IngestSettings()
    web: WebSettings = WebSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    ranker: RankerSettings = RankerSettings()
    reader: ReaderSettings = ReaderSettings()
    answer: AnswerSettings = AnswerSettings()
    conversation: ConversationSettings = ConversationSettings()
    llm: LLMSettings = LLMSettings()
    server: ServerSettings = ServerSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags before environment before file."""
        return init_settings, env_settings, _TomlSource(settings_cls)

    def digest(self) -> str:
        """12 hex digits of every setting that can change an answer."""
        kept = self.model_dump_json(exclude={"library", "server", "chroma_url", "web", "ingest"})
        return hashlib.sha256(kept.encode()).hexdigest()[:12]


class _TomlSource(PydanticBaseSettingsSource):
    """The configuration file, where there is one."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        path = config_path()
        return read_toml(path) if path else {}


def config_path() -> Path | None:
    """`$BYLINE_CONFIG`, else `byline.toml` in the working directory, else None."""
    if named := os.environ.get("BYLINE_CONFIG"):
        if not Path(named).is_file():
            raise UserError(f"BYLINE_CONFIG names {named}, which does not exist")
        return Path(named)
    here = Path(CONFIG_FILE)
    return here if here.is_file() else None


def read_toml(path: Path) -> dict[str, Any]:
    """The file as a dictionary. Raises UserError that names file and line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: not valid TOML: {error}") from None


def load_settings(**flags: Any) -> Settings:
    """Settings from file, environment and `flags` (None means not given).

    Raises UserError for an unknown key or a value out of range.
    """
    _check_environment()
    try:
        return Settings(**{key: value for key, value in flags.items() if value is not None})
    except ValidationError as error:
        raise UserError(_explain(error)) from None


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    path = [str(part) for part in first["loc"]]
    where = config_path() or "settings"
    if first["type"] == "extra_forbidden":
        return f"{where}: unknown key {'.'.join(path)!r}{_nearest(path)}"
    return f"{where}: {'.'.join(path)}: {first['msg'].lower()} (got {first['input']!r})"


def _nearest(path: list[str]) -> str:
    model: Any = Settings
    for part in path[:-1]:
        model = model.model_fields[part].annotation
    close = difflib.get_close_matches(path[-1], list(model.model_fields), n=1, cutoff=0.5)
    if close:
        return f": did you mean {'.'.join([*path[:-1], close[0]])!r}?"
    return f": known here are {', '.join(model.model_fields)}"


def _check_environment() -> None:
    known = {f"BYLINE_{name.upper()}" for name in Settings.model_fields}
    for name in os.environ:
        if not name.startswith("BYLINE_") or name in NOT_SETTINGS:
            continue
        if name.split("__")[0] not in known:
            close = difflib.get_close_matches(name, sorted(known), n=1)
            hint = f": did you mean {close[0]}?" if close else ""
            raise UserError(f"environment: unknown setting {name}{hint}")
