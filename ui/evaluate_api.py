"""What the evaluation tab's script asks of the server."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from ui.conversations import Conversations
from ui.evaluate_opinions import feedback_of
from ui.evaluate_protocol import Evaluation
from ui.gate import Gate

ADMINS_ONLY = "Only an administrator may evaluate: it shows what everybody asked."
Name = Annotated[str, Field(max_length=200)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RunRequest(_Body):
    """The body of `POST /evaluate/run`."""

    gold: str = Field(max_length=4_000)
    name: Name = ""
    changes: str = Field(default="", max_length=2_000)


class ProposeRequest(_Body):
    """The body of `POST /evaluate/propose`."""

    count: int = Field(default=10, ge=1, le=100)
    by: Name


class Decision(_Body):
    """The body of `POST /evaluate/accept` and `reject`."""

    id: Name
    case: dict[str, Any] = {}


def create_evaluation(
    evaluation: Evaluation, conversations: Conversations, gate: Gate
) -> APIRouter:
    """The routes under `/evaluate`, for administrators."""
    bench, proposals = evaluation.bench, evaluation.proposals

    def admin(request: Request) -> None:
        person = gate.person(request)
        if person is None or not person.admin:
            raise HTTPException(403, ADMINS_ONLY)

    api = APIRouter(prefix="/evaluate", include_in_schema=False, dependencies=[Depends(admin)])

    @api.get("/state")
    def state() -> dict[str, Any]:
        proposals.hear(feedback_of(conversations.judged()))
        return {
            "gold": bench.gold_sets(),
            "progress": bench.progress(),
            "runs": bench.runs(),
            "waiting": proposals.waiting(),
            "accepted": proposals.accepted(),
            "drafters": proposals.drafters(),
        }

    @api.get("/progress")
    def progress() -> dict[str, Any]:
        return {"progress": bench.progress()}

    @api.post("/run")
    def run(request: RunRequest) -> dict[str, Any]:
        bench.start(request.gold, request.name, request.changes)
        return {"progress": bench.progress()}

    @api.post("/stop")
    def stop() -> dict[str, Any]:
        bench.stop()
        return {"progress": bench.progress()}

    @api.get("/report", response_class=HTMLResponse)
    def report(name: str, baseline: str = "") -> HTMLResponse:
        return HTMLResponse(bench.report(name, baseline))

    @api.get("/compare", response_class=HTMLResponse)
    def compare(a: str, b: str) -> HTMLResponse:
        return HTMLResponse(bench.comparison(a, b))

    @api.post("/propose")
    def propose(request: ProposeRequest) -> dict[str, int]:
        return {"proposed": proposals.propose(request.count, request.by)}

    @api.post("/accept")
    def accept(decision: Decision) -> dict[str, Any]:
        proposals.accept(decision.id, decision.case)
        return dict(proposals.accepted())

    @api.post("/reject")
    def reject(decision: Decision) -> dict[str, str]:
        proposals.reject(decision.id)
        return {"rejected": decision.id}

    @api.get("/gold")
    def gold() -> Response:
        path = proposals.accepted_path
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        named = {"Content-Disposition": f'attachment; filename="{path.name}"'}
        return Response(text, media_type="application/jsonl", headers=named)

    return api
