"""The web server: the chat page, the article pages and the HTTP API in one application."""

import contextlib
import logging
import os
import socket
import webbrowser
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.errors import UserError
from ui.api import create_api, handle_errors
from ui.article_routes import create_article_pages
from ui.asking import Asking
from ui.asset import asset_path
from ui.conversation_api import create_conversation_api
from ui.conversations import Conversations
from ui.evaluate_api import create_evaluation
from ui.evaluate_protocol import Evaluation
from ui.gate import Gate, GateMiddleware, OpenGate, PasswordGate
from ui.keeper import Keeper
from ui.library_api import create_library_api
from ui.login import create_login
from ui.protocols import Assistant, Library

if TYPE_CHECKING:
    from ui.page import Tab

POLICY = (
    "default-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
"""What the browser may load: this server's own files. gradio's templates need eval."""
SHUTDOWN_SECONDS = 1
"""How long Ctrl-C waits for answers that are being written."""


class PolicyMiddleware:
    """Adds the content policy to every page, so that none can call another host."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with the policy."""

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = POLICY
                headers["Referrer-Policy"] = "no-referrer"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self.app(scope, receive, send_with_policy)


class QuietServer(uvicorn.Server):
    """Ends without a traceback for each page that is still open."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close what is open; that the streams of open pages are cut is no error."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def create_app(
    assistant: Assistant,
    library: Library,
    title: str = "Byline",
    examples: Sequence[str] = (),
    conversations: Conversations | None = None,
    *,
    gate: Gate | None = None,
    keeper: Keeper | None = None,
    evaluation: Evaluation | None = None,
    tabs: Sequence["Tab"] = (),
) -> FastAPI:
    """The application: the page at /, articles at /article/{id}, the API under /api.

    `examples` are questions offered on the empty page. `conversations` are where questions and
    answers are kept; without them, in memory, until the server ends. `gate` says who may come in;
    without it, everybody. With a `keeper` there is a tab for the library, with an `evaluation` one
    for that; `tabs` are further ones. Nothing in it calls another host.
    """
    # Read by gradio while it is imported, so before it is.
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    import gradio as gr

    from ui.evaluate_tab import build_evaluate_tab
    from ui.library_tab import build_library_tab
    from ui.page import Tab, build_page, page_head, page_theme

    # FastAPI's own documentation pages load their script from a CDN.
    app = FastAPI(title=title, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.add_middleware(PolicyMiddleware)
    handle_errors(app)
    kept = conversations or Conversations()
    door = gate or OpenGate()
    asking = Asking(assistant, library, kept)
    app.add_middleware(GateMiddleware, gate=door)
    app.include_router(create_api(assistant, library, asking.line, door))
    app.include_router(create_conversation_api(asking, door))
    app.include_router(create_article_pages(assistant, library, kept))
    if isinstance(door, PasswordGate):
        app.include_router(create_login(door, title))
    if keeper is not None:
        app.include_router(create_library_api(keeper, door, examples))
        shelf = partial(build_library_tab, keeper, door)
        tabs = (Tab("Library", shelf), *tabs)
    if evaluation is not None:
        app.include_router(create_evaluation(evaluation, kept, door))
        tabs = (*tabs, Tab("Evaluate", build_evaluate_tab, admins=True))

    gr.mount_gradio_app(
        app,
        build_page(asking, library, title, examples, tabs, door),
        path="/",
        theme=page_theme(),
        head=page_head(),
        favicon_path=str(asset_path("favicon.png")),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
    )
    return app


def run(
    app: FastAPI, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = False
) -> None:
    """Serve `app` until Ctrl-C; port 0 takes a free one. Prints the address.

    Raises UserError where the address cannot be had.
    """
    listening = _listen(host, port)
    with listening:
        address = f"http://{_netloc(host, listening.getsockname()[1])}"
        print(f"Byline is at {address} (Ctrl-C to stop)", flush=True)
        if open_browser:
            webbrowser.open(address)
        config = uvicorn.Config(
            app, log_level="warning", timeout_graceful_shutdown=SHUTDOWN_SECONDS
        )
        # Which of the two it is depends on where the signal finds the event loop.
        with contextlib.suppress(KeyboardInterrupt):
            QuietServer(config).run(sockets=[listening])
        print("\nStopped.", flush=True)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UserError(
            f"cannot listen on {_netloc(host, port)} ({error.strerror}); "
            "choose another port, or 0 for any that is free"
        ) from error


def _netloc(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
