"""What raising an indicator costs and how far it can go, as people of the region put it: kept with its history.

Refuses what no plan could use: a cost of nothing, a goal beyond what is feasible. Judges no plan itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from gettext import gettext as _

import sqlalchemy as sa

from journal.failures import JournalError, StaleEditError
from journal.history import explain_stale
from journal.model import IndicatorEffort
from journal.store import Journal, WritingSession, get_for_edit
from warehouse.scope import Action, Scope

LONGEST_REASON = 500
LOWEST_COST, HIGHEST_COST = Decimal("0.01"), Decimal(1_000_000_000)


class EffortError(JournalError):
    """An estimate that cannot be kept; the message says why."""


@dataclass(frozen=True)
class Effort:
    """One indicator of a regulation; levels None are those of the regulation itself."""

    indicator_code: str
    cost: Decimal = Decimal(1)  # of one level, in a unit the region chooses
    may_rise: bool = True
    at_least: int | None = None
    at_most: int | None = None
    version: int = 0  # 0: nobody has said anything yet

    @property
    def said(self) -> tuple[Decimal, bool, int | None, int | None]:
        return self.cost, self.may_rise, self.at_least, self.at_most


@dataclass(frozen=True)
class Estimate:
    """What somebody says anew of some indicators of one regulation."""

    pack_id: str
    changed: tuple[Effort, ...]


def efforts(journal: Journal, pack_id: str) -> dict[str, Effort]:
    """What is kept for the indicators of one regulation, by code."""
    select = sa.select(IndicatorEffort).where(IndicatorEffort.pack_id == pack_id)
    with journal.reading() as session:
        return {kept.indicator_code: _effort(kept) for kept in session.scalars(select)}


def save_efforts(journal: Journal, scope: Scope, at: datetime, estimate: Estimate, why: str) -> int:
    """All of them or none, each with its entry; how many. Raises EffortError, StaleEditError, NotPermittedError."""
    scope.require(Action.PLAN)
    reason = " ".join(why.split())
    if not scope.actor.strip() or not reason:
        raise EffortError(_("Perubahan wajib menyebut siapa dan mengapa. Contoh alasan: taksiran rapat tim SPBE."))
    if len(reason) > LONGEST_REASON:
        raise EffortError(_("Alasan paling panjang {count} huruf.").format(count=LONGEST_REASON))
    for effort in estimate.changed:
        _refuse_useless(effort)
    with journal.writing(scope, at, reason) as session:
        for effort in estimate.changed:
            _keep(session, estimate.pack_id, effort)
    return len(estimate.changed)


def _refuse_useless(effort: Effort) -> None:
    if not LOWEST_COST <= effort.cost <= HIGHEST_COST:
        raise EffortError(
            _("Indikator {code}: biaya harus {lowest} sampai {highest}, misalnya 2,5.").format(
                code=effort.indicator_code, lowest="0,01", highest="1.000.000.000"
            )
        )
    if effort.at_least is not None and effort.at_most is not None and effort.at_least > effort.at_most:
        raise EffortError(
            _("Indikator {code}: harus mencapai {least}, padahal paling tinggi {most}.").format(
                code=effort.indicator_code, least=effort.at_least, most=effort.at_most
            )
        )


def _keep(session: WritingSession, pack_id: str, effort: Effort) -> None:
    found = session.scalars(
        sa.select(IndicatorEffort).where(
            IndicatorEffort.pack_id == pack_id, IndicatorEffort.indicator_code == effort.indicator_code
        )
    ).first()
    if found is None:
        session.add(IndicatorEffort(pack_id=pack_id, indicator_code=effort.indicator_code, **_columns(effort)))
        return
    if effort.version == 0:
        raise StaleEditError(explain_stale(session, found, 0))
    row = get_for_edit(session, IndicatorEffort, found.id, effort.version)
    for name, value in _columns(effort).items():
        setattr(row, name, value)


def _columns(effort: Effort) -> dict[str, object]:
    return {
        "cost": f"{effort.cost.normalize():f}",
        "may_rise": effort.may_rise,
        "at_least": effort.at_least,
        "at_most": effort.at_most,
    }


def _effort(kept: IndicatorEffort) -> Effort:
    levels = kept.at_least, kept.at_most
    return Effort(kept.indicator_code, Decimal(kept.cost), kept.may_rise, *levels, kept.version)
