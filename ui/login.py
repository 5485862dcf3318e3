"""The login page of a server whose users have passwords."""

import asyncio
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from ui.asset import asset
from ui.attempts import TooManyTries
from ui.gate import CHECKED_AT_ONCE, COOKIE, SESSION_SECONDS, PasswordGate
from ui.render import text_html

WRONG = "This name and password do not fit together."
WAIT = "Too many wrong passwords. Wait {}, then try again."
FORM_BYTES = 4_096


def create_login(gate: PasswordGate, title: str = "Byline") -> APIRouter:
    """The routes `/login` and `/logout`."""
    pages = APIRouter(include_in_schema=False)
    tries = asyncio.Semaphore(CHECKED_AT_ONCE)

    @pages.get("/login", response_class=HTMLResponse)
    def form() -> str:
        return login_html(title)

    @pages.post("/login")
    async def login(request: Request) -> Response:
        name, password = await _form(request)
        try:
            async with tries:
                user = await run_in_threadpool(gate.check, request, name, password)
        except TooManyTries as error:
            wait = {"Retry-After": str(error.seconds)}
            minutes = -(-error.seconds // 60)
            said = WAIT.format("a minute" if minutes == 1 else f"{minutes} minutes")
            return HTMLResponse(login_html(title, name, said), 429, wait)
        if user is None:
            return HTMLResponse(login_html(title, name, WRONG), 401)
        reply = RedirectResponse("/", 303)
        secure = request.url.scheme == "https"
        reply.set_cookie(
            COOKIE,
            gate.cookie(user),
            max_age=SESSION_SECONDS,
            httponly=True,
            samesite="lax",
            secure=secure,
        )
        return reply

    @pages.post("/logout")
    def logout() -> Response:
        reply = RedirectResponse("/login", 303)
        reply.delete_cookie(COOKIE)
        return reply

    return pages


def login_html(title: str, name: str = "", problem: str = "") -> str:
    """The page that asks for name and password."""
    said = f'<p class="problem" role="alert">{text_html(problem)}</p>' if problem else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><title>Log in · {text_html(title)}</title>'
        f"<style>{asset('colours.css')}{asset('login.css')}</style></head><body><main>"
        f"<h1>{text_html(title)}</h1>{said}"
        '<form method="post" action="/login"><label>Name'
        f'<input name="name" value="{text_html(name)}" autocomplete="username" required autofocus>'
        '</label><label>Password<input name="password" type="password" '
        'autocomplete="current-password" required></label>'
        '<button type="submit">Log in</button></form></main></body></html>\n'
    )


async def _form(request: Request) -> tuple[str, str]:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_BYTES:
            break
    fields = parse_qs(body[:FORM_BYTES].decode("utf-8", "replace"))
    return fields.get("name", [""])[0], fields.get("password", [""])[0]
