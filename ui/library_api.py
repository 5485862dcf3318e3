"""What the page's scripts ask of the server about the library: its table, removals, its state."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from ui.filters import choices_html
from ui.gate import Gate
from ui.invitation import invitation_html
from ui.keeper import Keeper
from ui.library_table import health_html, table_html

ADMINS_ONLY = "Only an administrator may change the library."


class Names(BaseModel):
    """The body of a change of an article's collections."""

    model_config = ConfigDict(extra="forbid")

    names: list[str] = Field(max_length=50)


def create_library_api(keeper: Keeper, gate: Gate, examples: Sequence[str] = ()) -> APIRouter:
    """The routes under `/library`; who is no administrator may only look.

    `examples` are the questions that an empty page offers.
    """
    api = APIRouter(prefix="/library", include_in_schema=False)

    def is_admin(request: Request) -> bool:
        person = gate.person(request)
        return person is not None and person.admin

    def admin(request: Request) -> None:
        if not is_admin(request):
            raise HTTPException(403, ADMINS_ONLY)

    def known(request: Request, article_id: str) -> None:
        admin(request)
        if keeper.library.article(article_id) is None:
            raise HTTPException(404, f"no article {article_id!r} in the library")

    @api.get("/articles", response_class=HTMLResponse)
    def articles(request: Request, q: str = "", sort: str = "newest") -> str:
        leaving = keeper.removals
        shown = [a for a in keeper.library.articles() if a.id not in leaving]
        collections = keeper.library.catalogue.collections_by_article()
        return table_html(shown, q, sort, is_admin(request), collections)

    @api.get("/filters", response_class=HTMLResponse)
    def filters() -> str:
        return choices_html(keeper.library)

    @api.get("/invitation", response_class=HTMLResponse)
    def invitation() -> str:
        return invitation_html(keeper.library.count(), examples)

    @api.get("/health", response_class=HTMLResponse)
    def health(request: Request, check: bool = False) -> str:
        return health_html(keeper.health(check and is_admin(request)))

    @api.put("/articles/{article_id}/collections")
    def collect(request: Request, article_id: str, body: Names) -> dict[str, list[str]]:
        known(request, article_id)
        catalogue = keeper.library.catalogue
        catalogue.set_collections(article_id, body.names)
        return {"collections": catalogue.collections_by_article().get(article_id, [])}

    @api.delete("/articles/{article_id}")
    def remove(request: Request, article_id: str) -> dict[str, str]:
        known(request, article_id)
        keeper.removals.begin(article_id)
        return {"removing": article_id}

    @api.post("/articles/{article_id}/keep")
    def keep(request: Request, article_id: str) -> dict[str, str]:
        admin(request)
        if not keeper.removals.undo(article_id):
            raise HTTPException(409, "It is too late: the article has been removed.")
        return {"kept": article_id}

    return api
