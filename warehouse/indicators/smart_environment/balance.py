"""The waste balance of one year: every ton generated is reduced, handled, or not managed.

Refuses to close a balance with a missing part: what is not known is not counted as unmanaged.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

from warehouse.indicators.model import percent
from warehouse.rules import RuleBook, round_half_up

SCHEME = "pengelolaan_sampah"


@dataclass(frozen=True)
class BalanceLine:
    """One part of the balance, in tons a year and in percent of all waste generated."""

    code: str
    label: str
    ton: Decimal | None
    share_pct: Decimal | None
    target_pct: Decimal | None  # national target; None where there is none


def waste_balance(
    generated: Decimal | None, reduced: Decimal | None, handled: Decimal | None, rules: RuleBook
) -> tuple[BalanceLine, ...]:
    """Generated, reduced, handled, managed and unmanaged waste, in this order."""
    managed = None if reduced is None or handled is None else reduced + handled
    unmanaged = None if generated is None or managed is None else generated - managed
    limits = rules.limits(SCHEME)
    parts = (
        ("generated", _("Timbulan"), generated, None),
        ("reduced", _("Pengurangan"), reduced, limits.value("reduction_target_pct")),
        ("handled", _("Penanganan"), handled, limits.value("handling_target_pct")),
        ("managed", _("Terkelola"), managed, limits.value("managed_target_pct")),
        ("unmanaged", _("Tidak terkelola"), unmanaged, None),
    )
    places = int(limits.value("share_decimals"))

    def share(ton: Decimal | None) -> Decimal | None:
        return None if ton is None or not generated else round_half_up(percent(ton, generated), places)

    return tuple(BalanceLine(code, label, ton, share(ton), target) for code, label, ton, target in parts)
