"""A cut put together: groups with both parts of their value, a total from its parts, and the rows behind a group.

Refuses a total where the measure has none, and says why; what was not delivered is a group without a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _

import sqlalchemy as sa

from warehouse.cut_facts import Found, Parts, keyed_facts, read_parts
from warehouse.cuts import Cut, Senders, plan_cut
from warehouse.exploration import (
    DeliveredRows,
    Exploration,
    Group,
    Question,
    SourceRows,
    Window,
    order_groups,
)
from warehouse.figures import ClockReading
from warehouse.filters import REALITIES, Filters, Span
from warehouse.group_names import (
    NOT_RECORDED,
    bucket_words,
    buckets_between,
    compared_bucket,
    days_of,
    expected_keys,
    group_label,
    last_day_of,
    read_names,
)
from warehouse.indicators.model import as_stored
from warehouse.indicators.periods import HOURS_A_DAY, write_day, write_hour
from warehouse.indicators.selects import is_named
from warehouse.measure_facts import ROW_MARK
from warehouse.measures import TIME, Measure, find_measure
from warehouse.rules import RuleBook
from warehouse.schema import meta_sender, meta_source
from warehouse.schema import meta_submission as submission


def senders_in_state(clocks: Iterable[ClockReading], filters: Filters) -> Senders | None:
    """Source and agency of the clocks in a state asked for; None when no state was asked for."""
    states = [state.replace("_", " ") for state in filters.data if state not in REALITIES]
    if not states:
        return None
    return tuple((clock.source_id, clock.opd_code) for clock in clocks if clock.state.value in states)


def explore(connection: sa.Connection, question: Question, rules: RuleBook) -> Exploration:
    """Raises MeasureError and FilterError."""
    measure = find_measure(question.measure_id)
    cut = plan_cut(connection, measure, question.filters, rules, question.senders)
    if cut is None:
        reason, sources = _("data belum disampaikan"), _sources(connection, measure, Parts())
        return Exploration(measure.id, TIME, measure.step, (), None, reason, None, None, None, (), sources)
    found = read_parts(connection, cut, rules)
    everything = sum(found.now.values(), Parts())
    reason = _no_total_reason(cut, found)
    words = _("Jumlah") if measure.kind == "additive" else _("Seluruhnya")
    put = _Put(cut, rules)
    groups = _groups(put, found, read_names(connection, cut))
    then = sum(found.then.values(), Parts())
    is_whole = cut.compared is None or _is_comparable(cut, (everything, cut.span), (then, cut.compared))
    total = put.group("", words, everything, then if is_whole else None)
    return Exploration(
        measure_id=measure.id,
        grouping=cut.grouping,
        step=cut.step,
        groups=order_groups(groups, question.filters.urut),
        total=None if reason else replace(total, note=_known_words(groups)),
        no_total_reason=reason,
        span=cut.span,
        compared=cut.compared,
        until_hour=cut.hour_limit(cut.span),
        ignored=cut.ignored + (() if is_whole else (_("Jumlah tidak dibandingkan: sebagian jam belum dikirim."),)),
        sources=_sources(connection, measure, everything),
        as_of=_as_of(cut, everything),
    )


def explore_rows(connection: sa.Connection, question: Question, rules: RuleBook, window: Window) -> DeliveredRows:
    """Delivered rows behind one group, or behind all of them, newest delivery first, with file and row number."""
    measure = find_measure(question.measure_id)
    cut = plan_cut(connection, measure, question.filters, rules, question.senders)
    if cut is None:
        return DeliveredRows((), (), 0)
    facts = keyed_facts(cut, measure.rows(cut.scope, rules), cut.span)
    wanted = [is_named(), *([] if window.group_key is None else [facts.c.group_key == window.group_key])]
    joined = facts.join(submission, submission.c.submission_id == facts.c.submission_id)
    shown = [column.label(column.name.removeprefix(ROW_MARK)) for column in facts.c if column.name.startswith(ROW_MARK)]
    select = (
        sa.select(submission.c.file_name, submission.c.sheet_name, facts.c.row_no, facts.c.is_sample, *shown)
        .select_from(joined)
        .where(*wanted)
        .order_by(submission.c.received_at.desc(), submission.c.file_name, facts.c.row_no)
        .limit(window.limit)
        .offset(window.offset)
    )
    count = connection.execute(sa.select(sa.func.count()).select_from(joined).where(*wanted)).scalar_one()
    rows = tuple(tuple(row) for row in connection.execute(select))
    return DeliveredRows(tuple(column.name for column in select.selected_columns), rows, count)


@dataclass(frozen=True)
class _Put:
    """Puts parts together the way the measure of a cut allows."""

    cut: Cut
    rules: RuleBook

    def group(self, key: str, label: str, now: Parts | None, then: Parts | None) -> Group:
        measure, parts, other = self.cut.measure, self._told(now), self._told(then)
        return Group(
            key=key,
            label=label,
            numerator=None if parts.numerator is None else as_stored(parts.numerator / measure.divide),
            denominator=as_stored(parts.denominator),
            value=measure.value(parts.numerator, parts.denominator, self.rules),
            event_count=parts.event_count,
            row_count=parts.row_count,
            is_sample=parts.is_sample or other.is_sample,
            note=_note(self.cut, key, parts),
            part=_part(self.cut, key, parts),
            compared=measure.value(other.numerator, other.denominator, self.rules),
        )

    def _told(self, parts: Parts | None) -> Parts:
        """Without its numbers where one of the facts is hidden from the reader, and a sum of the others would pass."""
        if parts is None or not self.cut.measure.is_whole or parts.event_count == parts.fact_count:
            return parts or Parts()
        return replace(parts, numerator=None, denominator=None)


def _is_comparable(cut: Cut, now: tuple[Parts, Span], then: tuple[Parts, Span]) -> bool:
    """Counts are compared only between spans of which every hour was delivered; missing hours are not zero calls."""
    if cut.measure.kind != "additive" or not cut.measure.has_hours:
        return True
    return all(parts.fact_count == cut.hours_in(span) for parts, span in (now, then))


def _known_words(groups: tuple[Group, ...]) -> str:
    known = sum(group.value is not None for group in groups)
    return (
        "" if known == len(groups) else _("{known} dari {all} baris punya angka").format(known=known, all=len(groups))
    )


def _groups(put: _Put, found: Found, names: Mapping[str, str]) -> tuple[Group, ...]:
    cut = put.cut
    if cut.grouping == TIME:
        groups = []
        for key in buckets_between(cut, sorted(found.now)):
            group = put.group(key, group_label(cut, key, names), found.now.get(key), _beside(cut, key, found))
            groups.append(replace(group, start=date.fromisoformat(key[:10])))
        return tuple(groups)
    keys = {*found.now, *found.then, *expected_keys(cut, names)}
    named = (put.group(key, group_label(cut, key, names), found.now.get(key), found.then.get(key)) for key in keys)
    return tuple(sorted(named, key=lambda group: (group.key == NOT_RECORDED, group.label.casefold(), group.key)))


def _beside(cut: Cut, key: str, found: Found) -> Parts | None:
    """The past row that may stand beside a row of time."""
    past = compared_bucket(cut, key)
    if past is None or cut.compared is None or past not in found.then:
        return None
    now, then = found.now.get(key, Parts()), found.then[past]
    spans = days_of(cut, key, cut.span), days_of(cut, past, cut.compared)
    return then if _is_comparable(cut, (now, spans[0]), (then, spans[1])) else None


def _note(cut: Cut, key: str, parts: Parts) -> str:
    """What of a group was not delivered."""
    if not parts.fact_count:
        return _("tidak ada data")
    part = _part(cut, key, parts)
    if cut.measure.fact_word and parts.event_count < parts.fact_count:
        used = _("{used} dari {all} {things}").format(
            used=parts.event_count, all=parts.fact_count, things=cut.measure.fact_word
        )
        return f"{used} · {part}" if part else used
    by_day = cut.measure.has_hours and cut.grouping == TIME and cut.step == "day" and key
    if by_day and not part and parts.fact_count < HOURS_A_DAY:
        return _("{count} dari 24 jam dikirim").format(count=parts.fact_count)
    return part


def _part(cut: Cut, key: str, parts: Parts) -> str:
    """Of a row of time which the cut holds only in part: until when, or from when. A count of it is no drop."""
    if cut.grouping != TIME or not key or cut.measure.over_time != "sum":
        return ""
    if cut.step == "day":
        is_open = cut.measure.has_hours and key == cut.last_day.isoformat()
        is_open = is_open and parts.fact_count == cut.until_hour < HOURS_A_DAY
        return _("s.d. {hour}").format(hour=write_hour(cut.until_hour)) if is_open else ""
    first, held, said = date.fromisoformat(key[:10]), days_of(cut, key, cut.span), []
    until = last_day_of(held.end, cut.measure.step)
    if held.start and held.start > first:
        said.append(_("sejak {day}").format(day=write_day(held.start)))
    if until < last_day_of(first, cut.step):
        said.append(_("s.d. {day}").format(day=write_day(until)))
    return " ".join(said)


def _as_of(cut: Cut, everything: Parts) -> str:
    if cut.measure.over_time == "sum" or cut.grouping == TIME or not everything.fact_count:
        return ""
    return bucket_words(everything.last_day, cut.measure.step)


def _no_total_reason(cut: Cut, found: Found) -> str:
    if cut.measure.kind == "index":
        return _("Indeks tidak dijumlahkan dan tidak dirata-ratakan.")
    if cut.measure.over_time == "last" and cut.grouping == TIME:
        return _("Angka kumulatif dan angka tahunan tidak dijumlahkan antarwaktu.")
    return "" if found.now else _("tidak ada data")


def _sources(connection: sa.Connection, measure: Measure, parts: Parts) -> tuple[SourceRows, ...]:
    """Titles and owners; the rows counted are those of the facts."""
    select = (
        sa.select(
            meta_source.c.source_id,
            meta_source.c.title,
            sa.func.string_agg(meta_sender.c.opd_code, ",", type_=sa.Text).label("owners"),
        )
        .select_from(meta_source.outerjoin(meta_sender, meta_sender.c.source_id == meta_source.c.source_id))
        .where(meta_source.c.source_id.in_(measure.indicator.source_ids))
        .group_by(meta_source.c.source_id, meta_source.c.title)
        .order_by(meta_source.c.source_id)
    )
    return tuple(
        SourceRows(
            row.source_id, row.title, tuple(sorted((row.owners or "").split(","))), parts.row_count, parts.is_sample
        )
        for row in connection.execute(select)
    )
