"""What the page's scripts ask of the server: conversations listed, changed, exported, judged."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from ui.asking import Asking
from ui.export import EXPORTS, turn_markdown
from ui.gate import Gate
from ui.rail import list_html
from ui.turn import Turn
from ui.turn_html import next_html

GONE = "This conversation does not exist, or it is not yours."


class Title(BaseModel):
    """The body of a renaming."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1, max_length=500)


class Judgement(BaseModel):
    """The body of a reader's opinion."""

    model_config = ConfigDict(extra="forbid")

    good: bool
    reason: str = Field(default="", max_length=2_000)


def create_conversation_api(asking: Asking, gate: Gate) -> APIRouter:
    """The routes under `/conversations`; a person sees their own conversations only."""
    api = APIRouter(prefix="/conversations", include_in_schema=False)
    kept = asking.conversations

    def person(request: Request) -> str:
        found = gate.person(request)
        return found.name if found else ""

    def theirs(request: Request, conversation: str) -> str:
        if not kept.owns(person(request), conversation):
            raise HTTPException(404, GONE)
        return conversation

    def turn_of(conversation: str, number: int) -> Turn:
        found = [turn for turn in asking.turns(conversation) if turn.number == number]
        if not found:
            raise HTTPException(404, f"no question {number} in this conversation")
        return found[0]

    @api.get("", response_class=HTMLResponse)
    def listed(request: Request, q: str = "") -> str:
        return list_html(kept.listed(person(request), q), q)

    @api.patch("/{conversation}")
    def rename(request: Request, conversation: str, body: Title) -> dict[str, str]:
        kept.rename(person(request), theirs(request, conversation), body.title)
        return {"title": kept.title(conversation)}

    @api.delete("/{conversation}")
    def delete(request: Request, conversation: str) -> dict[str, str]:
        asking.stop(theirs(request, conversation))
        kept.delete(person(request), conversation)
        return {"deleted": conversation}

    @api.get("/{conversation}/export.{suffix}")
    def export(request: Request, conversation: str, suffix: str) -> Response:
        if suffix not in EXPORTS:
            raise HTTPException(404, f"no export as {suffix}; there are {', '.join(EXPORTS)}")
        media_type, write = EXPORTS[suffix]
        title = kept.title(theirs(request, conversation))
        headers = {"Content-Disposition": f'attachment; filename="byline-{conversation}.{suffix}"'}
        return Response(write(title, asking.turns(conversation)), 200, headers, media_type)

    @api.get("/{conversation}/turns/{number}.md")
    def markdown(request: Request, conversation: str, number: int) -> Response:
        turn = turn_of(theirs(request, conversation), number)
        return Response(turn_markdown(turn), media_type="text/markdown; charset=utf-8")

    @api.get("/{conversation}/turns/{number}/next", response_class=HTMLResponse)
    async def follow(request: Request, conversation: str, number: int) -> str:
        turn = await asking.next_questions(theirs(request, conversation), number)
        return next_html(turn) if turn else ""

    @api.put("/{conversation}/turns/{number}/opinion")
    def judge(
        request: Request, conversation: str, number: int, body: Judgement
    ) -> dict[str, object]:
        turn = turn_of(theirs(request, conversation), number)
        kept.judge(conversation, turn.number, body.good, body.reason)
        return {"good": body.good, "reason": body.reason}

    @api.delete("/{conversation}/turns/{number}/opinion")
    def withdraw(request: Request, conversation: str, number: int) -> dict[str, object]:
        kept.withdraw(theirs(request, conversation), number)
        return {"withdrawn": number}

    return api
