"""Opens a desk on a published release without a screen; it reads no wall clock: the instant is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa

from journal.alarms import read_log
from journal.failures import JournalError
from journal.migrating import is_missing, open_journal
from journal.store import journal_url
from reports.desk import Desk
from warehouse.alarms.on_wall import with_alarms
from warehouse.alarms.standing import AlarmLog
from warehouse.engine import open_release
from warehouse.narrowed_view import narrow_view, own_log
from warehouse.nearest import nearest_hint
from warehouse.region_rules import region_rules
from warehouse.releases import (
    ReleaseInfo,
    is_intact,
    list_release_ids,
    read_manifest,
    releases_dir,
    serving_release,
)
from warehouse.rights import reach_of
from warehouse.scope import WHOLE, Action, Reach, Scope
from warehouse.settings import Settings
from warehouse.views import read_wall_view


class NoReleaseError(Exception):
    """There is no release to read; the message says what to do."""


@contextmanager
def opened_desk(settings: Settings, instant: datetime, release_id: str, scope: Scope) -> Iterator[Desk]:
    """A desk on the named release, or with "" on the one that is served, for one reader. Raises NoReleaseError, also
    for an instant before the release, NotPermittedError."""
    scope.require(Action.SEE_PAGES)
    release = find_release(settings, release_id)
    if instant < release.built_at.replace(second=0, microsecond=0):
        raise NoReleaseError(
            _("Rilis {release} terbit {built}; pada {now} rilis itu belum ada.").format(
                release=release.release_id, built=f"{release.built_at:%Y-%m-%d %H.%M}", now=f"{instant:%Y-%m-%d %H.%M}"
            )
        )
    rules = region_rules(settings)
    minute = instant.replace(second=0, microsecond=0)
    with _connected(release, WHOLE) as whole, _connected(release, scope.reach) as connection:
        view = read_wall_view(whole, settings, rules, minute)
        if not scope.reach.is_whole:
            view = narrow_view(view, read_wall_view(connection, settings, rules, minute, scope.reach), scope.reach)
        view = with_alarms(view, own_log(_log_or_none(settings, instant), scope.reach), rules)
        ask = asking(connection, scope, whole)
        yield Desk(view, settings.region, release.release_id, rules, ask, scope, partial(_alarm_log, settings, instant))


def _log_or_none(settings: Settings, instant: datetime) -> AlarmLog | None:
    """None when the journal cannot be read, which is said where alarms are told."""
    try:
        return _alarm_log(settings, instant)
    except JournalError:
        return None


def _alarm_log(settings: Settings, instant: datetime) -> AlarmLog:
    """Empty while nobody kept a journal. Raises JournalError."""
    url = journal_url(settings.journal_url, settings.state_dir)
    if is_missing(url):
        return AlarmLog()
    journal = open_journal(url)
    try:
        return read_log(journal, settings.state_dir, instant)
    finally:
        journal.close()


@contextmanager
def _connected(release: ReleaseInfo, reach: Reach) -> Iterator[sa.Connection]:
    engine = open_release(release.path, reach)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def asking(connection: sa.Connection, scope: Scope, whole: sa.Connection | None = None) -> Callable[..., Any]:
    """The questions one reader may ask over a connection that was opened for them; `whole` is for what is counted over
    the region whoever asks. What is asked raises NotPermittedError."""

    def ask(query: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        is_own = reach_of(scope, query) == scope.reach
        return query(connection if is_own or whole is None else whole, *arguments, **named)

    return ask


def find_release(settings: Settings, release_id: str = "") -> ReleaseInfo:
    """The named release, whole and of this version's tables, or the one that is served. Raises NoReleaseError."""
    if not release_id:
        serving = serving_release(settings.state_dir)
        if serving is None:
            raise NoReleaseError(_("Belum ada rilis data. Jalankan `python -m pipelines run`."))
        return serving.release
    found = read_manifest(releases_dir(settings.state_dir), release_id)
    if found is not None and is_intact(found):
        return found
    known = list_release_ids(settings.state_dir)
    if release_id in known:
        raise NoReleaseError(
            _("Rilis {release} rusak atau dibuat oleh versi lain, jadi tidak dibaca.").format(release=release_id)
        )
    raise NoReleaseError(
        _("Rilis {release} tidak ada{hint} Yang tersimpan: {known}.").format(
            release=release_id, hint=nearest_hint(release_id, known) or ".", known=", ".join(known) or _("belum ada")
        )
    )
