"""Gathers what a start is judged by, and ends the process with words when it may not serve."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from gettext import gettext as _
from typing import NoReturn

from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from journal.migrating import is_current
from journal.people import has_active_admin
from journal.store import Journal, JournalError, journal_url, open_engine
from pages.server.start import CLOSED_OPTIONS, Facts, JournalFacts, check_start
from warehouse.settings import PROJECT_DIR, Settings, SettingsError, load_settings

REFUSED = 2  # exit code


def ready_settings() -> Settings:
    """The settings of a server that may start. Otherwise says why on stderr and ends the process."""
    try:
        settings = load_settings()
    except SettingsError as error:
        _refuse([str(error)])
    problems = check_start(gather_facts(settings))
    if problems:
        _refuse(problems)
    return settings


def _refuse(problems: list[str]) -> NoReturn:
    lines = [_("Pendopo tidak dimulai."), *(f"- {problem}" for problem in problems)]
    print("\n".join(lines), file=sys.stderr, flush=True)
    raise SystemExit(REFUSED)


def gather_facts(settings: Settings) -> Facts:
    is_network = settings.access.mode == "jaringan"
    return Facts(
        access=settings.access,
        address=config.get_option("server.address"),
        base_path=config.get_option("server.baseUrlPath") or "",
        auth=_auth() if is_network else None,
        journal=_journal_facts(settings) if is_network else JournalFacts(),
        options={name: value for name, value in _options().items() if value != CLOSED_OPTIONS[name]},
        trusted_proxies=os.environ.get("FORWARDED_ALLOW_IPS", ""),
        published=_documents() if is_network else "",
    )


def _options() -> dict[str, object]:
    """Present values; nothing counts as empty."""
    return {name: config.get_option(name) or type(wanted)() for name, wanted in CLOSED_OPTIONS.items()}


def _auth() -> Mapping[str, object] | None:
    if not secrets_singleton.load_if_toml_exists():
        return None
    found = secrets_singleton.get("auth")
    return dict(found) if isinstance(found, Mapping) else None


def _journal_facts(settings: Settings) -> JournalFacts:
    url = journal_url(settings.journal_url, settings.state_dir)
    try:
        if not is_current(url):
            return JournalFacts(_("versinya bukan versi program ini; jalankan `python -m journal migrate`."))
        journal = Journal(open_engine(url))
    except JournalError as error:
        return JournalFacts(str(error))
    try:
        return JournalFacts(
            has_admin=has_active_admin(journal, with_password=False), has_admin_with_password=has_active_admin(journal)
        )
    except JournalError as error:
        return JournalFacts(str(error))
    finally:
        journal.close()


def _documents() -> str:
    """What everybody can read: a secret copied from there is none."""
    folder = PROJECT_DIR / "docs"
    files = [file for file in folder.rglob("*") if file.is_file() and file.suffix not in (".png", ".svg")]
    return "\n".join(file.read_text("utf-8", "replace") for file in files)
