"""112: the hour, the event, the kecamatan or the ticket that binds a figure."""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _
from typing import Any

from charts.formats import format_number
from reports.binding.parts import NAMED, key_of, parts_of
from reports.desk import Desk
from reports.indicator_values import StoredValues, entity_words, written
from reports.reach import is_narrow, of_reach
from reports.stored_figures import exact
from warehouse import queries
from warehouse.indicators.smart_living import panggilan_putus, respons_kebakaran
from warehouse.scope import Action


def explain_fires(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """The event that takes most of a mean, and the mean without it."""
    total, count = exact(row.numerator), exact(row.denominator)
    if not desk.scope.may(Action.SEE_ROWS) or total is None or count is None or count < 2:
        return []
    behind = desk.ask(queries.indicator_rows, respons_kebakaran.INDICATOR, key_of(row), int(count) + 1)
    if behind is None or behind.row_count != count:
        return []
    took = (behind.rows["arrived_at"] - behind.rows["reported_at"]).dt.total_seconds()
    longest = Decimal(int(took.max())) / 60
    limit = desk.rules.value(respons_kebakaran.INDICATOR.target_key)
    words = _(
        "{late} dari {count} kejadian lebih dari {limit} menit; yang terlama {longest} menit, tanpanya {mean} menit."
    )
    return [
        words.format(
            late=int((took > float(limit) * 60).sum()),
            count=format_number(count, 0, desk.locale),
            limit=written(limit, desk),
            longest=written(longest, desk),
            mean=written((total - longest) / (count - 1), desk),
        )
    ]


def explain_calls(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """The hour of the day with most calls on the wrong side."""
    is_dropped = values.indicator.id == panggilan_putus.INDICATOR.id
    hours = desk.ask(queries.call_hours, row.region_code, row.period_start.date())
    if hours.empty:
        return []
    judged = hours["answered_count"] + hours["abandoned_count"]
    missed = hours["abandoned_count"] if is_dropped else judged - hours["answered_in_time_count"]
    if int(missed.max()) == 0:
        return []
    at = missed.idxmax()
    hour = int(hours.loc[at, "call_hour"])
    what = _("putus sebelum dijawab") if is_dropped else _("tidak dijawab dalam batas")
    words = _("Jam terberat {first:02d}.00-{last:02d}.00: {missed} dari {judged} panggilan {what}.")
    return [words.format(first=hour, last=hour + 1, missed=int(missed[at]), judged=int(judged[at]), what=what)]


def explain_arrivals(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """The kecamatan with most late arrivals, and those above the share from which one is marked."""
    limit = desk.rules.value("layanan_112.area_late_pct")
    late = []
    for one in parts_of(values, row, "kecamatan"):
        on_time, every = exact(one.numerator), exact(one.denominator)
        if on_time is not None and every and every > on_time:
            late.append((every - on_time, every, one))
    if row.entity_kind != "region" or not late or is_narrow(desk):
        return []
    late.sort(key=lambda item: (-item[0], item[1], item[2].entity_code))
    names = ", ".join(
        _("{name} {late} dari {every}").format(
            name=entity_words(one, desk), late=format_number(count), every=format_number(every)
        )
        for count, every, one in late[:NAMED]
    )
    above = sum(count * 100 / every > limit for count, every, _one in late)
    said = [_("Terlambat terbanyak: {names}.").format(names=names)]
    words = _("{count} kecamatan lebih dari {limit} % terlambat, batas untuk ditandai.")
    return [*said, words.format(count=above, limit=written(limit, desk))]


def explain_tickets(desk: Desk, _values: StoredValues, row: Any) -> list[str]:
    """The oldest open ticket, and when the next one becomes too old unless it is closed."""
    tickets, limit = desk.view.open_tickets, desk.view.open_ticket_hours
    if row.entity_kind != "region" or not tickets:
        return []
    said = [
        _("Tertua: {ticket}, {hours} jam, {opd}.").format(
            ticket=tickets[0].ticket_no, hours=tickets[0].age_hours, opd=tickets[0].opd_code
        )
    ]
    younger = [ticket for ticket in tickets if ticket.age_hours < limit]
    if younger:
        words = _("Berikutnya {ticket} melewati {limit} jam dalam {hours} jam sejak data terakhir bila belum ditutup.")
        said.append(words.format(ticket=younger[0].ticket_no, limit=limit, hours=limit - younger[0].age_hours))
    return [of_reach(desk, words) for words in said]
