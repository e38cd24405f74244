"""Puts the edge together: what every request passes on its way to Streamlit, outermost first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit import config

from pages.server import doors, wall_page
from pages.server.error_pages import ErrorPages
from pages.server.gates import Gates, WhoAsks
from pages.server.headers import SecurityHeaders
from pages.server.hosts import Hosts
from pages.server.limits import BodyLimit
from pages.server.place import base_path
from pages.server.sockets import Sockets
from pages.server.visitors import visitor_scope
from warehouse.settings import PROJECT_DIR, Settings


@dataclass(frozen=True)
class Edge:
    """What `st.App` is given."""

    routes: list[BaseRoute]
    middleware: list[Middleware]


def edge_of(settings: Settings) -> Edge:
    megabytes = int(config.get_option("server.maxUploadSize"))
    routes, who_asks = _for_network(settings) if settings.access.mode == "jaringan" else ([], None)
    middleware = [
        Middleware(SecurityHeaders, access=settings.access),
        Middleware(ErrorPages, megabytes=megabytes, home=f"{base_path()}/"),
        Middleware(Hosts, access=settings.access),
        Middleware(
            Gates,
            pages=page_addresses(),
            base_path=config.get_option("server.baseUrlPath") or "",
            doors=routes,
            who_asks=who_asks,
        ),
        Middleware(BodyLimit, megabytes=megabytes),
        Middleware(Sockets),
    ]
    return Edge([wall_page.route(), *routes], middleware)


def _for_network(settings: Settings) -> tuple[list[BaseRoute], WhoAsks]:
    """Where people sign in: the doors that hand out cookies, and who brings which."""
    return doors.routes(), partial(visitor_scope, settings=settings)


def page_addresses() -> list[str]:
    """The addresses of the pages: their file names."""
    return [file.stem for file in (PROJECT_DIR / "pages").glob("*.py") if file.stem != "__init__"]
