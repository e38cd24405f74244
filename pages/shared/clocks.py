"""The clock of each delivery as a table, and what needs action as a list."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from charts.formats import format_delay
from pages.shared.export import ExportRow
from pages.shared.heading import Desk, link_definition
from pages.shared.marks import CADENCE_WORDS, CLOCK_SHAPES, plain, sample_mark, severity_mark, until_words
from pages.shared.tables import show_table
from warehouse.figures import ClockReading, ClockState

SHOWN_ACTIONS = 20
LEGEND = _(
    "● mutakhir · ◔ jatuh tempo, masih dalam tenggang · ◌ terlambat · ○ tidak diketahui: tenggat belum disepakati · "
    "— tidak ada: belum pernah dikirim"
)


def show_actions(desk: Desk) -> None:
    """Severity in shape and word, what, who, and the detail; nothing to do is said too."""
    if not desk.view.actions:
        st.markdown(_("Tidak ada yang perlu tindakan pada data yang sudah masuk."))
        return
    for action in desk.view.actions[:SHOWN_ACTIONS]:
        with st.container(border=True):
            mark, what, who, link = st.columns((2, 5, 4, 3), vertical_alignment="center")
            mark.markdown(severity_mark(action))
            what.markdown(f"**{plain(action.title)}**  {sample_mark(action.is_sample)}")
            who.markdown(f"{plain(action.owner)} · {plain(action.detail)}")
            with link:
                link_definition(action.indicator_id, _("Angka dan baris sumber"))
    if len(desk.view.actions) > SHOWN_ACTIONS:
        more = len(desk.view.actions) - SHOWN_ACTIONS
        st.caption(_("{count} lagi tidak ditampilkan di sini").format(count=more))


def show_clocks(desk: Desk) -> None:
    """One row for each source and sender."""
    header = (
        _("Sumber"),
        _("OPD"),
        _("Keadaan"),
        _("Data sampai"),
        _("Diterima"),
        _("Irama"),
        _("Tenggat kirim"),
        _("Contoh"),
    )
    show_table(header, [_clock_cells(desk, clock) for clock in desk.view.clocks])
    st.caption(LEGEND)


def due_words(desk: Desk, clock: ClockReading) -> str:
    """When the sender is late. Before the first delivery no time runs, whatever was agreed."""
    if clock.due_at:
        return desk.instant_words(clock.due_at)
    return _("sesudah kiriman pertama") if clock.state is ClockState.NEVER else _("belum disepakati")


def _clock_cells(desk: Desk, clock: ClockReading) -> tuple[str, ...]:
    zone, locale = desk.region.timezone_label, desk.region.locale
    state = f"{CLOCK_SHAPES[clock.state]} {clock.state.value}"
    if clock.overdue_minutes:
        state += f" {format_delay(clock.overdue_minutes)}"
    return (
        clock.source_title,
        clock.opd_code,
        state,
        until_words(clock.data_until, zone, locale),
        desk.instant_words(clock.received_at),
        CADENCE_WORDS.get(clock.cadence, clock.cadence),
        due_words(desk, clock),
        _("ya") if clock.is_sample else _("tidak"),
    )


def clock_rows(desk: Desk) -> list[ExportRow]:
    return [
        ExportRow(
            _("Jam data"),
            f"{clock.source_title}, {clock.opd_code}",
            clock.state.value,
            "",
            until_words(clock.data_until, desk.region.timezone_label, desk.region.locale),
            _("diterima {received}; tenggat {due}").format(
                received=desk.instant_words(clock.received_at),
                due=due_words(desk, clock),
            ),
            clock.source_id,
            clock.is_sample,
        )
        for clock in desk.view.clocks
    ]


def action_rows(desk: Desk) -> list[ExportRow]:
    return [
        ExportRow(
            _("Perlu tindakan"),
            action.title,
            action.severity,
            "",
            "",
            f"{action.owner}; {action.detail}",
            action.indicator_id,
            action.is_sample,
        )
        for action in desk.view.actions
    ]
