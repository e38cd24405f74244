"""What Alembic runs: every step inside the one transaction that `journal.migrating` has begun.

There is no alembic.ini; the connection comes with the configuration.
"""

from __future__ import annotations

from alembic import context

from journal.migrating import VERSION_TABLE
from journal.model import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,  # SQLite changes a column by copying its table
)
with context.begin_transaction():
    context.run_migrations()
