"""Peringatan: what is beyond its limit now and who acts, one alarm whole, what was done, and how well alarms work."""

from __future__ import annotations

from gettext import gettext as _

from reports import alarms as parts
from reports.alarm_health import HEALTH_TITLE, health_section
from reports.alarm_indications import TITLE as INDICATIONS_TITLE
from reports.alarm_indications import indications_section
from reports.captions import describe
from reports.clock_words import instant_words
from reports.content import PageContent
from reports.desk import Desk
from reports.facets import Facet, Option
from reports.parts import guarded, source_lines
from reports.reach import of_reach, reach_words
from warehouse.alarms.machine import UNSEEN
from warehouse.alarms.standing import Alarm
from warehouse.filters import FilterError, Filters, keep, write_filters

TITLE = _("Peringatan")
HONOURED = ("opd", "baris", "rilis")


def facets(desk: Desk, _filters: Filters) -> tuple[Facet, ...]:
    every = parts.read_alarms(desk).alarms
    owners = sorted({code for one in every for code in one.owners})
    ordered = sorted(every, key=lambda one: one.ended_at is not None)
    names = tuple(Option(str(one.alarm_id), f"{one.title} · {one.place_name} ({one.state.value})") for one in ordered)
    return (
        Facet("baris", parts.ONE_TITLE, (Option("", _("pilih peringatan")), *names)),
        Facet("opd", _("Pemilik"), tuple(Option(code, code) for code in owners), is_multiple=True),
    )


def build(desk: Desk, filters: Filters) -> PageContent:
    """Raises FilterError for an alarm there is none of."""
    cut = parts.read_alarms(desk, filters.opd)
    chosen = find_alarm(cut, filters)
    one = (guarded(parts.ONE_TITLE, parts.one_section, desk, cut, chosen),) if chosen else ()
    return PageContent(
        page="peringatan",
        title=TITLE,
        message=of_reach(desk, _message(desk, cut)),
        period=_("Keadaan {at}, bukan keadaan rilis").format(
            at=instant_words(cut.now, desk.region.timezone_label, desk.locale)
        ),
        filter_words=describe(desk, filters, facets(desk, filters)),
        sections=(
            *one,
            guarded(parts.OPEN_TITLE, parts.open_section, desk, cut),
            guarded(INDICATIONS_TITLE, indications_section, desk),
            guarded(parts.FOLLOW_TITLE, parts.follow_section, desk, cut),
            guarded(parts.PAST_TITLE, parts.past_section, desk, cut),
            guarded(HEALTH_TITLE, health_section, desk, cut),
        ),
        sources=source_lines(desk),
        address=tuple(write_filters(keep(filters, *HONOURED)).items()),
        reach_words=reach_words(desk),
    )


def find_alarm(cut: parts.AlarmCut, filters: Filters) -> Alarm | None:
    """The one the address names; None when it names none. Raises FilterError."""
    if not filters.baris:
        return None
    found = next((one for one in cut.alarms if str(one.alarm_id) == filters.baris), None)
    if found is None:
        raise FilterError(_("baris={value}: peringatan itu tidak ada di daftar ini.").format(value=filters.baris))
    return found


def _message(desk: Desk, cut: parts.AlarmCut) -> str:
    """`3 peringatan belum ditanggapi, 1 kritis; 5 terbuka`; who does not look says so first."""
    if not cut.is_watched:
        return parts.watch_words(desk, cut)
    unseen = [one for one in cut.operators if one.state in UNSEEN]
    critical = sum(one.priority == "kritis" for one in unseen)
    words = (
        _("{count} peringatan belum ditanggapi").format(count=len(unseen)) if unseen else _("Semua sudah ditanggapi")
    )
    words += _(", {count} kritis").format(count=critical) if critical else ""
    if not cut.operators:
        return _("Tidak ada peringatan terbuka")
    return _("{words}; {count} terbuka").format(words=words, count=len(cut.operators))
