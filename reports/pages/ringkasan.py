"""Ringkasan: what needs action, headline figures, what is nearest to its limit, and the clock of each source."""

from __future__ import annotations

from gettext import gettext as _

from charts.formats import format_date, format_number
from reports.clock_words import (
    LEGEND,
    SEVERITY_SHAPES,
    SourceClock,
    clocks_by_source,
    complete_to_words,
    late_words,
    named,
    next_due_words,
    source_clock_words,
    state_words,
)
from reports.content import Cell, Column, Figures, PageContent, Quantity, Section, Table, Words
from reports.desk import Desk
from reports.facets import Facet, Option
from reports.figure_words import limit_words
from reports.parts import guarded, source_lines
from reports.reach import of_reach, reach_words
from warehouse.figures import ActionItem, ClockState, Figure
from warehouse.filters import FilterError, Filters, keep, write_filters
from warehouse.nearest import nearest_hint

TITLE = _("Ringkasan")
HEADLINES = {
    "": (
        "spbe.indeks",
        "smart_environment.timbulan_sampah",
        "smart_environment.sampah_terkelola",
        "smart_living.panggilan_112",
        "smart_living.respons_kebakaran",
        "smart_living.tiket_terbuka",
    ),
    "1": ("spbe.indeks", "spbe.indeks_dari_domain"),
    "4": (
        "smart_living.panggilan_112",
        "smart_living.panggilan_dijawab",
        "smart_living.panggilan_putus",
        "smart_living.respons_kebakaran",
        "smart_living.tiba_15_menit",
        "smart_living.tiket_terbuka",
    ),
    "6": (
        "smart_environment.timbulan_sampah",
        "smart_environment.sampah_pengurangan",
        "smart_environment.sampah_penanganan",
        "smart_environment.sampah_terkelola",
    ),
}
PREFIXES = {"1": "spbe.", "4": "smart_living.", "6": "smart_environment."}
OPTIONS = (
    Option("", _("Semua dimensi")),
    Option("1", _("Smart Governance (SPBE)")),
    Option("4", "Smart Living"),
    Option("6", "Smart Environment"),
)


def facets(desk: Desk, filters: Filters) -> tuple[Facet, ...]:
    return (Facet("dimensi", _("Dimensi"), OPTIONS),)


def build(desk: Desk, filters: Filters) -> PageContent:
    """Raises FilterError for a dimension without figures of its own."""
    chosen = _dimension(filters)
    return PageContent(
        page="ringkasan",
        title=TITLE,
        message=_message(desk),
        period=_("Keadaan {day}").format(day=format_date(desk.instant.date(), desk.locale)),
        filter_words=chosen.words,
        sections=(
            guarded(_("Perlu tindakan"), _actions, desk),
            guarded(_("Angka utama"), _headlines, desk, chosen.value),
            guarded(_("Paling dekat dengan batas"), _nearest, desk, chosen.value),
            guarded(_("Jam data"), _clocks, desk),
        ),
        sources=tuple(source for source in source_lines(desk, *_source_ids(desk)) if source.row_count),
        address=tuple(write_filters(keep(filters, "dimensi", "rilis")).items()),
        reach_words=reach_words(desk),
    )


def _source_ids(desk: Desk) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clock.source_id for clock in desk.view.clocks))


def _dimension(filters: Filters) -> Option:
    asked = filters.dimensi[0] if len(filters.dimensi) == 1 else ",".join(filters.dimensi)
    for option in OPTIONS:
        if option.value == asked:
            return option
    known = [option.value for option in OPTIONS if option.value]
    raise FilterError(
        _("dimensi={value} tidak ada di halaman ini{hint} Pilih salah satu: {options}.").format(
            value=asked, hint=nearest_hint(asked, known) or ".", options=", ".join(known)
        )
    )


def _message(desk: Desk) -> str:
    """How much waits for a response, and how much data is missing; it names no cause."""
    view, locale = desk.view, desk.locale
    late = sum(action.severity == "data" for action in view.actions)
    counts = {"count": format_number(len(view.actions), 0, locale), "late": format_number(late, 0, locale)}
    if not view.actions:
        needs = _("Tidak ada yang perlu tindakan pada data yang sudah masuk")
    elif late == len(view.actions):
        needs = _("{count} hal perlu tindakan, semuanya data yang belum masuk").format(**counts)
    elif late:
        needs = _("{count} hal perlu tindakan, {late} di antaranya data yang belum masuk").format(**counts)
    else:
        needs = _("{count} hal perlu tindakan").format(**counts)
    needs = of_reach(desk, needs)
    timely = _("{count} dari {all} OPD mengirim tepat waktu").format(
        count=format_number(view.opd_on_time_count, 0, locale), all=format_number(view.opd_count, 0, locale)
    )
    return f"{needs}; {timely}" if view.opd_count else needs


def _actions(desk: Desk) -> Section:
    actions = desk.view.actions
    title = _("Perlu tindakan")
    if not actions:
        words = _("Tidak ada yang perlu tindakan pada data yang sudah masuk.")
        return Section(title, (Words(of_reach(desk, words)),))
    table = Table(
        columns=(
            Column(_("Hal")),
            Column(_("Keadaan"), definition=_("kritis, perlu tindakan, atau data yang belum masuk")),
            Column(_("Penanggung jawab")),
            Column(_("Rincian")),
            Column(_("Contoh"), "flag", definition=_("ya: memakai DATA CONTOH")),
        ),
        rows=tuple(_action_row(action) for action in actions),
        link_ids=tuple(action.indicator_id for action in actions),
    )
    return Section(title, (table,), is_sample=any(action.is_sample for action in actions))


def _action_row(action: ActionItem) -> tuple[Cell, ...]:
    severity = f"{SEVERITY_SHAPES[action.severity]} {action.severity}"
    return action.title, severity, named(action.owner.split(", ")), action.detail, action.is_sample


def _headlines(desk: Desk, dimension: str) -> Section:
    figures = tuple(desk.view.figures[item] for item in HEADLINES[dimension] if item in desk.view.figures)
    return Section(_("Angka utama"), (Figures(figures),), is_sample=any(figure.is_sample for figure in figures))


def _nearest(desk: Desk, dimension: str) -> Section:
    prefix = PREFIXES.get(dimension, "")
    near = [figure for figure in desk.view.nearest_to_limit if figure.indicator_id.startswith(prefix)]
    title, note = (
        _("Paling dekat dengan batas"),
        _("Jarak ke target atau batas, dari yang terdekat; melewati batas disebut."),
    )
    if not near:
        return Section(title, (Words(_("Belum ada angka yang punya batas.")),))
    table = Table(
        columns=(
            Column(_("Angka")),
            Column(_("Periode")),
            Column(_("Nilai"), "number"),
            Column(_("Target atau batas")),
            Column(_("Jam data")),
            Column(_("Contoh"), "flag", definition=_("ya: memakai DATA CONTOH")),
        ),
        rows=tuple(_near_row(figure, desk) for figure in near),
        link_ids=tuple(figure.indicator_id for figure in near),
    )
    return Section(title, (table,), note, is_sample=any(figure.is_sample for figure in near))


def _near_row(figure: Figure, desk: Desk) -> tuple[Cell, ...]:
    return (
        figure.title,
        figure.period_label,
        Quantity(figure.value, figure.unit, figure.decimals),
        limit_words(figure, desk.rules, desk.locale),
        state_words(figure.clock),
        figure.is_sample,
    )


def _clocks(desk: Desk) -> Section:
    """One row a source; every sender stands on the page of the deliveries."""
    table = Table(
        columns=(
            Column(_("Sumber")),
            Column(_("Pengirim tepat waktu"), definition=_("pengirim yang mutakhir atau masih dalam tenggang")),
            Column(_("Terlambat"), definition=_("pengirim yang lewat tenggat, dengan lamanya")),
            Column(_("Isi"), definition=_("sampai kapan isi kiriman terbaru, atau kapan diterima")),
            Column(_("Tenggat kirim"), definition=_("tenggat terdekat di antara pengirim yang belum terlambat")),
            Column(_("Contoh"), "flag", definition=_("ya: sumber ini DATA CONTOH")),
        ),
        rows=tuple(_clock_row(source, desk) for source in clocks_by_source(desk.view.clocks)),
    )
    return Section(_("Jam data"), (table, Words(LEGEND, is_note=True)), _("Kapan kiriman tiap sumber masuk."))


def _clock_row(source: SourceClock, desk: Desk) -> tuple[Cell, ...]:
    on_time = _("{count} dari {all}").format(
        count=format_number(source.on_time_count, 0, desk.locale),
        all=format_number(len(source.senders), 0, desk.locale),
    )
    agreed = any(clock.state not in (ClockState.UNKNOWN, ClockState.NEVER) for clock in source.senders)
    return (
        source.title,
        on_time if agreed else source_clock_words(source),
        late_words(source.late) if source.late else "",
        complete_to_words(source, desk.region.timezone_label, desk.locale),
        next_due_words(source, desk.instant, desk.region.timezone_label, desk.locale),
        source.worst.is_sample,
    )
