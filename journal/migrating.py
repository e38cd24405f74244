"""Brings a journal to the tables this program knows: all steps in one transaction, or none.

It never goes back: a backup does. A journal of a newer program, or tables that are not a journal's, it leaves alone.
"""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from journal import alarm_model, screen_model  # noqa: F401 - their tables are the journal's too
from journal.failures import JournalError, JournalUnavailableError, place_words, telling_failures
from journal.model import Base
from journal.store import Journal, open_engine, read_url, sqlite_file

if TYPE_CHECKING:  # Alembic takes a while to start: it comes with the first journal that is opened
    from alembic.script import ScriptDirectory

VERSION_TABLE = "journal_version"
FOLDER = Path(__file__).resolve().parent / "migrations"

BeforeSteps = Callable[[sa.Connection], None]


def migrate(url: str, before: BeforeSteps | None = None) -> list[str]:
    """Create the tables or bring them to this program's; the revisions applied, none when they were current.

    `before` is called under the lock when tables with content are about to change. Two processes may come at once.
    """
    engine = open_engine(url)
    try:
        return _migrate(engine, before)
    finally:
        engine.dispose()


def is_current(url: str) -> bool:
    """Whether the journal is there with the tables this program knows; a missing one is not created."""
    if is_missing(url):
        return False
    engine = open_engine(url)
    try:
        return current_revision(engine) == head_revision()
    finally:
        engine.dispose()


def open_journal(url: str) -> Journal:
    """Open the journal, creating an empty or missing one. Raises JournalError for tables of another program version."""
    engine = open_engine(url)
    try:
        revision = current_revision(engine)
        if revision is None:
            _migrate(engine, None)
        elif revision != head_revision():
            _refuse_unknown(revision)
            words = _("Jurnal {place} masih versi {revision}. Jalankan: python -m journal migrate")
            raise JournalUnavailableError(words.format(place=place_words(engine.url), revision=revision))
    except BaseException:
        engine.dispose()
        raise
    return Journal(engine)


def head_revision() -> str:
    return str(_scripts().get_current_head())


def known_revisions() -> list[str]:
    """Oldest first."""
    return [script.revision for script in _scripts().walk_revisions()][::-1]


def current_revision(engine: sa.Engine) -> str | None:
    """None while there are no tables yet."""
    with telling_failures(engine.url), engine.connect() as connection:
        return revision_of(connection)


def revision_of(connection: sa.Connection) -> str | None:
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def upgrade(connection: sa.Connection, revision: str) -> None:
    """Apply the steps up to `revision` in the transaction of this connection."""
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _migrate(engine: sa.Engine, before: BeforeSteps | None) -> list[str]:
    with telling_failures(engine.url), engine.execution_options(writes=True).begin() as connection:
        revision = revision_of(connection)
        known = known_revisions()
        if revision is None:
            refuse_foreign(connection)
            steps = known
        else:
            _refuse_unknown(revision)
            steps = known[known.index(revision) + 1 :]
            if steps and before is not None:
                before(connection)
        if steps:
            upgrade(connection, known[-1])
        return steps


def _refuse_unknown(revision: str) -> None:
    if revision not in known_revisions():
        words = _("Jurnal ini berasal dari Pendopo yang lebih baru (versi {revision}). Perbarui programnya dahulu.")
        raise JournalUnavailableError(words.format(revision=revision))


def refuse_foreign(connection: sa.Connection) -> None:
    """Tables without a version of ours are somebody else's."""
    foreign = set(sa.inspect(connection).get_table_names()) & set(Base.metadata.tables)
    if foreign:
        words = _("Basis data ini sudah berisi tabel {tables} milik program lain. Beri jurnal basis data sendiri.")
        raise JournalError(words.format(tables=", ".join(sorted(foreign))))


def is_missing(url: str) -> bool:
    """No file of that name; whether there is a database on a server, only opening it tells."""
    file = sqlite_file(read_url(url))
    return file is not None and not file.exists()


def _scripts() -> ScriptDirectory:
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    return ScriptDirectory(str(FOLDER))
