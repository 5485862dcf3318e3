"""The HTTP API: questions, passages and articles as JSON."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from ingest.errors import BylineError, PermanentError, TransientError, UserError
from ingest.types import Article
from rag.scope import Scope
from ui.asking import ASKED_AT_ONCE
from ui.gate import Gate
from ui.line import Line
from ui.protocols import Assistant, Library
from ui.turn import QUESTION_CHARS

STATUS = {UserError: 400, PermanentError: 422, TransientError: 503}
RETRY_SECONDS = 5
"""What a client is told to wait after a 503."""


def _not_empty(question: str) -> str:
    if not question:
        raise PydanticCustomError("empty", "is empty")
    return question


Question = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=QUESTION_CHARS),
    AfterValidator(_not_empty),
]


class Turn(BaseModel):
    """An earlier question of the conversation, and what it was answered."""

    model_config = ConfigDict(extra="forbid")

    question: Question
    answer: str = Field(default="", max_length=20_000)


class AskRequest(BaseModel):
    """The body of `POST /api/ask`."""

    model_config = ConfigDict(extra="forbid")

    question: Question
    as_of: date | None = Field(default=None, description="Only articles published by this day.")
    history: list[Turn] = Field(
        default=[], max_length=50, description="The turns before it, oldest first."
    )
    sources: list[str] = Field(default=[], max_length=50, description="Only these outlets.")
    since: date | None = Field(default=None, description="Only articles published from this day.")
    until: date | None = Field(default=None, description="Only articles published until this day.")
    language: str = Field(default="", max_length=20, description="Only articles in this language.")
    collections: list[str] = Field(
        default=[], max_length=50, description="Only articles of these collections."
    )


def create_api(
    assistant: Assistant, library: Library, line: Line | None = None, gate: Gate | None = None
) -> APIRouter:
    """The routes under `/health` and `/api`; questions wait in `line` with those of the page."""
    api = APIRouter()
    waits = line if line is not None else Line(ASKED_AT_ONCE)

    @api.get("/health")
    def health() -> dict[str, Any]:
        return {"status": "ok", "articles": library.count()}

    @api.post("/api/ask")
    async def ask(asked: AskRequest, request: Request) -> dict[str, Any]:
        person = gate.person(request) if gate else None
        client = request.client.host if request.client else ""
        async with waits.served(person.name if person and person.name else client):
            answer = await run_in_threadpool(
                assistant.ask,
                asked.question,
                as_of=asked.as_of,
                history=[(turn.question, turn.answer) for turn in asked.history],
                scope=Scope(
                    tuple(asked.sources),
                    asked.since,
                    asked.until,
                    asked.language,
                    collections=tuple(asked.collections),
                ),
            )
        return answer.to_dict()

    @api.get("/api/search")
    def search(
        q: Question,
        k: Annotated[int, Query(ge=1, le=100)] = 10,
        as_of: date | None = None,
        source: Annotated[list[str] | None, Query(max_length=50)] = None,
        since: date | None = None,
        until: date | None = None,
        language: Annotated[str, Query(max_length=20)] = "",
        collection: Annotated[list[str] | None, Query(max_length=50)] = None,
    ) -> list[dict[str, Any]]:
        scope = Scope(
            tuple(source or ()), since, until, language, collections=tuple(collection or ())
        )
        hits = assistant.search(q, k, as_of=as_of, scope=scope)
        return [hit.to_dict(rank) for rank, hit in enumerate(hits, 1)]

    @api.get("/api/articles")
    def articles(
        offset: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
    ) -> dict[str, Any]:
        page = islice(library.articles(), offset, offset + limit)
        return {"count": library.count(), "articles": list(_listed(page))}

    @api.get("/api/articles/{article_id}")
    def article(article_id: str) -> dict[str, Any]:
        found = library.article(article_id)
        if found is None:
            raise HTTPException(404, f"no article {article_id!r} in the library")
        return found.to_dict()

    anything = ["GET", "POST", "PUT", "PATCH", "DELETE"]

    @api.api_route("/api/{rest:path}", methods=anything, include_in_schema=False)
    def unknown(rest: str, request: Request) -> None:
        raise HTTPException(404, f"no {request.method} /api/{rest}; see /api/openapi.json")

    return api


def handle_errors(app: FastAPI) -> None:
    """Make every error of `app` a JSON object `{"error": "one line"}` with its status."""

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        return _error(422, "; ".join(_complaint(fault) for fault in error.errors()))

    @app.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> JSONResponse:
        return _error(error.status_code, str(error.detail))

    @app.exception_handler(BylineError)
    def known(_: Request, error: BylineError) -> JSONResponse:
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
        return _error(status, str(error))

    @app.exception_handler(Exception)
    def unexpected(_: Request, __: Exception) -> JSONResponse:
        return _error(500, "internal error; the server's log says more")


def _listed(articles: Iterator[Article]) -> Iterator[dict[str, Any]]:
    for article in articles:
        fields = article.to_dict()
        del fields["text"]
        yield fields


def _error(status: int, message: str) -> JSONResponse:
    headers = {"Retry-After": str(RETRY_SECONDS)} if status == 503 else None
    return JSONResponse({"error": message}, status, headers)


def _complaint(fault: dict[str, Any]) -> str:
    # The first part of the place is "body" or "query", which the caller knows.
    place = ".".join(str(part) for part in fault["loc"][1:]) or "request"
    return f"{place}: {fault['msg']}"
