"""Doors beside the pages: `sesi` turns a ticket into a person's cookie, `layar/<token>` a wall's link into a screen's.

Refuses another site's requests, and to tell why a token opens nothing.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from journal.screens import open_screen
from journal.store import JournalError
from pages.server.place import base_path
from pages.server.tickets import TICKETS
from pages.shared import data
from pages.shared.identity import PERSON_COOKIE, SCREEN_COOKIE, address_of, cookie_name
from pages.shared.opened_journal import journal
from warehouse.settings import Access

TICKET_HEADER = "x-pendopo-tiket"  # a header of its own: no form of another site can send it
SCREEN_COOKIE_SECONDS = 400 * 24 * 3600  # browsers keep none for longer; the token holds until it is revoked
UNSEEN = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


def routes() -> list[BaseRoute]:
    """For the application's own routes, ahead of Streamlit's."""
    base = base_path()
    return [
        Route(f"{base}/sesi", enter, methods=["POST"]),
        Route(f"{base}/sesi", leave, methods=["DELETE"]),
        Route(f"{base}/layar/{{token}}", open_wall, methods=["GET"]),
    ]


async def enter(request: Request) -> Response:
    """The ticket's key becomes the cookie of whoever brings it, once."""
    access = _network_access()
    _refuse_foreign(request, access)
    key = TICKETS.redeem(request.headers.get(TICKET_HEADER, ""))
    if key is None:
        raise HTTPException(403)
    response = Response(status_code=204, headers=UNSEEN)
    _set_cookie(response, PERSON_COOKIE, key, access)
    return response


async def leave(request: Request) -> Response:
    """The browser forgets its key; the sign-in itself was ended by the page."""
    access = _network_access()
    _refuse_foreign(request, access)
    response = Response(status_code=204, headers=UNSEEN)
    _set_cookie(response, PERSON_COOKIE, "", access, 0)
    return response


def open_wall(request: Request) -> Response:  # not async: it waits for the journal, in a thread of its own
    """A wall's link, opened once on its machine: from then on a cookie says which screen it is."""
    access = _network_access()
    address = address_of(request.client.host if request.client else None)
    token = str(request.path_params["token"])
    try:
        screen_id = open_screen(journal(), data.local_now(), token, address)
    except JournalError as error:
        raise HTTPException(503) from error
    if screen_id is None:
        raise HTTPException(403)
    goal = f"{base_path()}/dinding?{urlencode({'layar': screen_id})}"
    response = RedirectResponse(goal, status_code=303, headers=UNSEEN)
    _set_cookie(response, SCREEN_COOKIE, token, access, SCREEN_COOKIE_SECONDS)
    return response


def _network_access() -> Access:
    """Nobody signs in where only this computer is served."""
    access = data.settings().access
    if access.mode == "lokal":
        raise HTTPException(404)
    return access


def _refuse_foreign(request: Request, access: Access) -> None:
    origins = request.headers.getlist("origin")
    public = urlsplit(access.public_url)
    if origins != [f"{public.scheme}://{public.netloc}".lower()]:
        raise HTTPException(403)


def _set_cookie(response: Response, cookie: str, value: str, access: Access, seconds: int | None = None) -> None:
    response.set_cookie(
        cookie_name(cookie, access.public_url),
        value,
        max_age=seconds,  # None: until the browser is closed; 0: forgotten at once
        path=base_path() or "/",
        secure=urlsplit(access.public_url).scheme == "https",
        httponly=True,
        samesite="lax",
    )
