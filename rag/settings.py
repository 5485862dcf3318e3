"""Every setting, in one typed place: `byline.toml` < environment `BYLINE_*` < flags.

An unknown key is an error that names the file, the key and the nearest valid name.
"""

import difflib
import hashlib
import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from ingest.errors import UserError
from ingest.models import DEFAULT_EMBEDDING_MODEL

CONFIG_FILE = "byline.toml"
NOT_SETTINGS = {"BYLINE_ARITHMETIC", "BYLINE_CONFIG", "BYLINE_CACHE", "BYLINE_STRONGER_LLM"}


class Section(BaseModel):
    """A table of `byline.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class EmbeddingSettings(Section):
    """The model that turns passages and questions into vectors."""

    model: str = DEFAULT_EMBEDDING_MODEL
    """A model that a package ships, a folder, or (with sentence-transformers) a hub's name."""
    backend: Literal["openvino", "sentence-transformers"] = "openvino"
    device: str = ""
    """For sentence-transformers: cpu, cuda, mps; empty lets it choose."""
    allow_download: bool = False
    """Let sentence-transformers fetch the model from its hub; off, so it asks nobody."""


class PassageSettings(Section):
    """How articles are cut."""

    tokens: int = Field(default=256, ge=64)
    """Upper bound of a passage with its header; never more than the embedding model's window."""
    overlap: int = Field(default=1, ge=0, le=5)
    """Sentences that a passage repeats from the one before."""


class JSONLSettings(Section):
    """Which keys of a JSONL record hold what."""

    id: str = "id"
    url: str = "url"
    title: str = "title"
    source: str = "source"
    published: str = "published"
    authors: str = "authors"
    text: str = "text"


class ReadingSettings(Section):
    """What one file may cost before it is given up and reported."""

    file_mb: int = Field(default=64, ge=1)
    """Largest file, or member of an archive, that is read whole; streamed formats have no limit."""
    unpacked_mb: int = Field(default=4096, ge=1)
    """What everything packed in one file may unpack to."""
    depth: int = Field(default=3, ge=1, le=20)
    """Archives within archives."""
    seconds: float = Field(default=25.0, gt=0)
    """From one article of a file to its next."""
    memory_mb: int = Field(default=768, ge=128)
    """For the process that files are read in."""


class IngestSettings(Section):
    """How much is worked on at once while articles go in."""

    batch: int = Field(default=512, ge=16, le=20_000)
    """Passages that are embedded and written together; up to four batches are in memory."""


class WebSettings(Section):
    """How pages, feeds and sitemaps are fetched."""

    allow_private: bool = False
    """Also read from private, loopback and link-local addresses: your own network."""
    robots: bool = True
    """Do what robots.txt asks."""
    user_agent: str = ""
    """Empty for Byline's own, which says what it is."""
    timeout: float = Field(default=20.0, gt=0)
    """Seconds for a connection, and between two parts of a response."""
    delay: float = Field(default=1.0, ge=0)
    """Seconds between two requests to one host; more where its robots.txt asks for more."""
    page_mb: int = Field(default=32, ge=1)
    """Largest response, unpacked."""
    pages: int = Field(default=1000, ge=1)
    """Pages that one feed or sitemap may lead to."""
    again_hours: float = Field(default=24.0, ge=0)
    """Before `byline watch` asks again for a page that a feed or sitemap leads to."""


class RetrievalSettings(Section):
    """How passages are found."""

    passages: int = Field(default=12, ge=1)
    """How many of the ranked passages evidence is looked for in."""
    ranked: int = Field(default=20, ge=1)
    """How many of the fused passages the ranker sees."""
    candidates: int = Field(default=50, ge=1)
    """How many each of the two searches contributes to the fusion."""
    words: float = Field(default=0.75, ge=0)
    """What the best match of words counts beside a cosine of 1."""


class RankerSettings(Section):
    """What puts the found passages into a better order."""

    kind: Literal["reader", "cross-encoder", "none"] = "reader"
    """`reader`: the small reader that ships with Byline; `none`: the order of retrieval."""
    model: str = ""
    """For `cross-encoder`: a folder, or a name, of a sentence-transformers cross-encoder."""
    device: str = ""
    """For `cross-encoder`: cpu, cuda, mps; empty lets it choose."""
    allow_download: bool = False
    """Let sentence-transformers fetch the model from its hub; off, so it asks nobody."""


class ReaderSettings(Section):
    """The small model that reads passages."""

    folder: str = ""
    """A reader trained by `training.reader`; empty for the one that ships with Byline."""


class AnswerSettings(Section):
    """How an answer is made of evidence."""

    mode: Literal["quotes", "draft"] = "quotes"
    """`quotes`: the best evidence sentences whole; `draft`: an LLM writes, the check decides."""
    sentences: int = Field(default=2, ge=1, le=10)
    threshold: float = Field(default=0.5, ge=0, le=1)
    """Abstain when the best evidence is less likely than this to answer the question."""
    support: float = Field(default=0.2, ge=0, le=1)
    """Drop a drafted sentence whose citation supports it with a lower probability.

    Chosen on the half of `benchmarks.verify` that is for choosing: 97% of errors caught and 2% of
    true sentences lost; at 0.5 99% and 15%, mostly numbers written in another form.
    """


class ConversationSettings(Section):
    """How a question is understood in its conversation."""

    resolve: Literal["rule", "llm", "off"] = "rule"
    """`llm` rewrites it by the language model, where `answer.mode` is `draft`; use a strong one."""


class LLMSettings(Section):
    """The language model that drafts, where `answer.mode` is `draft`."""

    kind: Literal["embedded", "gguf", "openai"] = "embedded"
    base_url: str = "http://127.0.0.1:11434/v1"
    """For `openai`: any OpenAI-compatible endpoint; the default is a local Ollama's."""
    model: str = ""
    api_key: SecretStr = SecretStr("")
    path: str = ""
    """For `gguf`: the model's file."""
    max_tokens: int = Field(default=200, ge=16)
    timeout: float = Field(default=60.0, gt=0)
    """Seconds before a draft is given up and the evidence is quoted instead."""


class ServerSettings(Section):
    """The chat page and HTTP API."""

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65535)
    examples: tuple[str, ...] = ()
    """Questions that the page offers before the first one is asked."""
    users: str = ""
    """A file of users and hashed passwords (`byline user add`); with it, all have to log in."""
    user_header: str = ""
    """The header in which a proxy in front says who is there; only that proxy may reach us."""
    admins: tuple[str, ...] = ()
    """With `user_header`: those who may manage the library."""


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
