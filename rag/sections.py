"""The tables of `byline.toml`: each setting with its default, its range and what it is for."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from ingest.models import DEFAULT_EMBEDDING_MODEL


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
