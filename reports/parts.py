"""What pages are made of besides their own numbers: a boundary around each section, and the sources behind it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from gettext import gettext as _
from typing import Concatenate, ParamSpec

from reports.content import Missing, Section, SourceLine, Words
from reports.desk import Desk
from reports.reach import hides_rows_of, outside
from reports.unread import with_legend
from warehouse import queries
from warehouse.failures import report
from warehouse.filters import FilterError
from warehouse.scope import NotPermittedError

log = logging.getLogger("pendopo.reports")
P = ParamSpec("P")


def guarded(
    title: str, build: Callable[Concatenate[Desk, P], Section], desk: Desk, *arguments: P.args, **named: P.kwargs
) -> Section:
    """The section, or one that says it could not be built: what goes wrong inside never takes the page with it."""
    try:
        return with_legend(desk, build(desk, *arguments, **named))
    except NotPermittedError as error:
        return Section(title, (Words(str(error)),))
    except FilterError:  # for the page as a whole: it says which filter to change
        raise
    except Exception as error:  # the boundary of a section: told in words here, in full in the log
        code = report(log, error, f"section {title!r} could not be built")
        words = _("Bagian ini belum dapat ditampilkan. Sampaikan kode {code} kepada admin Pendopo.").format(code=code)
        return Section(title, (Words(words),), is_failed=True)


def owed(desk: Desk, source_id: str, reason: str = "") -> Missing | Words:
    """A source that is not there, and every agency that owes it; or that the reader sees none of its rows."""
    clocks = desk.clocks_of(source_id)
    if clocks and hides_rows_of(desk, source_id):
        return outside(clocks[0].source_title)
    owners = tuple(sorted({clock.opd_code for clock in clocks}))
    return Missing(clocks[0].source_title if clocks else source_id, owners, reason)


def owed_section(desk: Desk, title: str, source_id: str, reason: str = "") -> Section:
    """A section that has nothing but what is owed to it."""
    return Section(title, (owed(desk, source_id, reason),), clocks=desk.clocks_of(source_id))


def source_lines(desk: Desk, *source_ids: str) -> tuple[SourceLine, ...]:
    """Sources behind a page with owners and accepted rows, in the order named; one the release lacks is left out."""
    rows = {row.source_id: row for row in desk.ask(queries.sources).itertuples()}
    return tuple(
        SourceLine(
            source_id=row.source_id,
            title=row.title,
            owners=tuple(row.senders.split(", ")) if isinstance(row.senders, str) else (),
            row_count=int(row.accepted_count),
            is_sample=bool(row.is_sample),
        )
        for row in (rows[source_id] for source_id in dict.fromkeys(source_ids) if source_id in rows)
    )
