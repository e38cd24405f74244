"""Who sends a request, asked before Streamlit sees it: for addresses that must not answer to just anybody.

Refuses to count as activity: only a page somebody looks at keeps a sign-in alive.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from pages.shared import data
from pages.shared.identity import Brought, Doorkeeper, Visit, address_of
from pages.shared.opened_journal import journal
from warehouse.scope import Scope
from warehouse.settings import Access, Settings

USER_COOKIE = "_streamlit_user"


def visitor_scope(cookies: Mapping[str, str], host: str, settings: Settings) -> Scope | None:
    """The scope of who brings these cookies from this address; None for nobody the journal knows."""
    brought = Brought(cookies, provider_claims(cookies, settings.access), address_of(host))
    visit = Doorkeeper(journal(), settings, data.local_now(), touch=False).find_visit(brought)
    return visit.scope if isinstance(visit, Visit) else None


def provider_claims(cookies: Mapping[str, str], access: Access) -> dict[str, Any] | None:
    """What an OIDC provider said, from the cookie Streamlit signs; None: missing, forged, another site's."""
    if "oidc" not in access.sign_in:
        return None

    def signed(name: str) -> bytes | None:
        value = cookies.get(name, "").encode("latin-1", "replace")
        return decode_signed_value(get_cookie_secret(), name, value) if value else None

    try:
        said = json.loads(get_cookie_with_chunks(signed, USER_COOKIE) or b"null")
    except ValueError:
        return None
    if not isinstance(said, dict) or not said.get("is_logged_in") or not _is_ours(said.get("origin"), access):
        return None
    return said


def _is_ours(origin: object, access: Access) -> bool:
    public = urlsplit(access.public_url)
    return origin == f"{public.scheme}://{public.netloc}"
