"""The only cached door from the pages to settings, rules and releases.

Refuses to compute: it opens, reads, remembers by release id, and says which release it served.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from gettext import gettext as _
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import sqlalchemy as sa
import streamlit as st

from warehouse.engine import is_given_up, open_release, time_limit
from warehouse.figures import WallView
from warehouse.indicators.model import Indicator
from warehouse.narrowed_view import narrow_view
from warehouse.region_rules import region_rules
from warehouse.releases import (
    ReleaseInfo,
    Serving,
    is_intact,
    read_manifest,
    releases_dir,
    serving_release,
)
from warehouse.rights import reach_of
from warehouse.rules import RuleBook
from warehouse.scope import WHOLE, Action, Reach, Scope
from warehouse.settings import Settings, load_settings
from warehouse.views import read_wall_view

log = logging.getLogger("pendopo.pages")
P = ParamSpec("P")
T = TypeVar("T")
LONGEST_WALL_SECONDS = 20.0  # a whole look takes a tenth of a second; what hangs is given up, and asked again


class ReleaseMissingError(Exception):
    """No release can be read; the message says what to do."""


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """`pendopo.toml` and PENDOPO_*, read once per process. Raises SettingsError."""
    return load_settings()


@st.cache_resource(show_spinner=False)
def rules() -> RuleBook:
    """The rule packs with the region's own limits."""
    return region_rules(settings())


def local_now() -> datetime:
    """The region's wall time without zone: the only place of the screens that reads a clock."""
    return datetime.now(settings().region.zone).replace(tzinfo=None)


def newest() -> Serving:
    """The release CURRENT names: it is looked at on every call. Raises ReleaseMissingError."""
    serving = serving_release(settings().state_dir)
    if serving is None:
        raise ReleaseMissingError(_("Belum ada rilis data. Jalankan `python -m pipelines run`."))
    return serving


def current() -> Serving:
    """The release a work page reads: the one its address names (`rilis=`), else the newest one."""
    asked = pinned_id()
    return Serving(find_release(asked), None) if asked else newest()


def pinned_id() -> str:
    """The release the address asks for; "" for the newest."""
    return st.query_params.get("rilis", "").strip()


def find_release(release_id: str) -> ReleaseInfo:
    """A release that is still kept, by its name. Raises ReleaseMissingError."""
    found = read_manifest(releases_dir(settings().state_dir), release_id)
    if found is None or not is_intact(found):
        words = _(
            "Rilis {release_id} tidak ada atau tidak lagi disimpan: yang disimpan {count} rilis terakhir. Hapus "
            "`rilis=...` dari alamat untuk melihat rilis terbaru."
        )
        raise ReleaseMissingError(words.format(release_id=release_id, count=settings().keep_releases))
    return found


def pin_notice(release: ReleaseInfo) -> str:
    """What a reader of an older release must know; "" when it is the newest, or nobody asked for one."""
    if not pinned_id():
        return ""
    latest = newest().release.release_id
    if latest == release.release_id:
        return ""
    words = _(
        "Anda melihat rilis lama {release_id}, bukan yang terbaru ({latest}). Jam data dinilai saat rilis terbit."
    )
    return words.format(release_id=release.release_id, latest=latest)


def reading_minute(release: ReleaseInfo) -> datetime:
    """When clocks are judged: now, or as the release came out where an address pins it, so that it tells the same."""
    return release.built_at.replace(second=0, microsecond=0) if pinned_id() else this_minute()


def _dispose(engine: sa.Engine) -> None:
    engine.dispose()


@st.cache_resource(show_spinner=False, max_entries=24, on_release=_dispose)
def release_engine(release_id: str, reach: Reach) -> sa.Engine:
    """Read-only engine of one release that reads no further than `reach`; unused ones are released."""
    found = read_manifest(releases_dir(settings().state_dir), release_id)
    if found is None:
        raise ReleaseMissingError(_("Rilis {release_id} tidak ditemukan.").format(release_id=release_id))
    return open_release(found.path, reach)


@contextmanager
def _reading(release_id: str, reach: Reach) -> Iterator[sa.Connection]:
    """A connection that reads no further than `reach`. An internal error of DuckDB ends every later question on the
    same file: after one the files are closed, so that whoever asks next is answered from a fresh one."""
    try:
        with release_engine(release_id, reach).connect() as connection:
            yield connection
    except sa.exc.DBAPIError as error:
        if is_given_up(error):
            log.error("DuckDB gave up on %s; its files are opened anew", release_id)
            release_engine.clear()
        raise


def this_minute() -> datetime:
    """`local_now` in whole minutes: what answers that depend on the hour are remembered by."""
    return local_now().replace(second=0, microsecond=0)


def ask(
    release_id: str,
    scope: Scope,
    query: Callable[Concatenate[sa.Connection, P], T],
    *arguments: P.args,
    **named: P.kwargs,
) -> T:
    """A named query's answer, remembered by release, reach, query and arguments; each caller gets a copy of its own.

    A page takes `current()` once and asks that release only, so that it never shows two releases at once.
    Raises NotPermittedError.
    """
    reach, name = reach_of(scope, query), f"{query.__module__}.{query.__qualname__}"
    return cast(T, _answer(release_id, reach, name, arguments, tuple(sorted(named.items())), _query=query))


@st.cache_data(
    show_spinner=False, max_entries=512, hash_funcs={Indicator: lambda indicator: indicator.id, RuleBook: repr}
)
def _answer(release_id: str, reach: Reach, name: str, arguments: Any, named: Any, _query: Callable[..., Any]) -> Any:
    """`name` stands for the query in the key; the function itself need not be hashed."""
    with _reading(release_id, reach) as connection:
        return _query(connection, *arguments, **dict(named))


@st.cache_data(show_spinner=False, max_entries=256)
def chart_spec(name: str, written: str, _build: Callable[..., Any], _arguments: tuple[Any, ...]) -> dict[str, Any]:
    """A chart as Vega-Lite, built once for all sessions: `name` and `written` stand for the builder and its input."""
    spec = _build(*_arguments).to_dict(validate=False)  # every family is validated by its tests
    return cast(dict[str, Any], spec)


@st.cache_resource(show_spinner=False, max_entries=8)
def wall_view(release_id: str, minute: datetime) -> WallView:
    """All figures with their clocks as judged at `minute` (frozen: shared by all sessions)."""
    with _reading(release_id, WHOLE) as connection, time_limit(connection, LONGEST_WALL_SECONDS):
        return read_wall_view(connection, settings(), rules(), minute)


def view_of(release_id: str, minute: datetime, scope: Scope) -> WallView:
    """What a reader may see of all figures: those of the region, and of its parts their own.
    Raises NotPermittedError."""
    scope.require(Action.SEE_PAGES)
    whole, reach = wall_view(release_id, minute), scope.reach
    return whole if reach.is_whole else narrow_view(whole, _own_view(release_id, minute, reach), reach)


@st.cache_resource(show_spinner=False, max_entries=24)
def _own_view(release_id: str, minute: datetime, reach: Reach) -> WallView:
    with _reading(release_id, reach) as connection:
        return read_wall_view(connection, settings(), rules(), minute, reach)
