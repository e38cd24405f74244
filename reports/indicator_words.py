"""One indicator in words: its latest figure, its public definition, and the limits and rules it is judged by."""

from __future__ import annotations

from gettext import gettext as _

from reports.clock_words import STANDING_WORDS
from reports.content import Block, Cell, Column, Figures, Section, Table, Words
from reports.desk import Desk
from reports.figure_words import pack_of
from reports.indicator_values import StoredValues
from warehouse.indicators.model import Indicator, write_number
from warehouse.rules import Limit

LATEST_TITLE, DEFINITION_TITLE, LIMITS_TITLE = _("Nilai terakhir"), _("Definisi"), _("Batas dan aturan")
UNREAD = "ingatan"  # a limit nobody has read in its source


def latest_section(desk: Desk, indicator: Indicator) -> Section:
    figure = desk.view.figures.get(indicator.id)
    if figure is None:
        words = _("Angka ini berlaku per bagian, bukan untuk seluruh daerah; pilih bagian dan periodenya di atas.")
        return Section(LATEST_TITLE, (Words(words, is_note=True),))
    return Section(LATEST_TITLE, (Figures((figure,), 1, with_links=False),), is_sample=figure.is_sample)


def definition_section(desk: Desk, indicator: Indicator) -> Section:
    """The public definition: what, how, by which law, from whom."""
    paragraphs = [" ".join(part.split()) for part in indicator.definition.strip().split("\n\n")]
    rows: tuple[tuple[Cell, ...], ...] = (
        (_("Rumus"), indicator.formula),
        (_("Dasar hukum"), indicator.legal_basis),
        (_("Satuan"), indicator.unit or _("indeks tanpa satuan")),
        (_("Pemilik"), indicator.owner_note),
        (_("Sumber"), ", ".join(indicator.source_ids) or _("catatan penerimaan")),
        (_("Kode dan versi"), f"{indicator.id}, {_('versi')} {indicator.version}"),
    )
    table = Table((Column(_("Hal")), Column(_("Isi"))), rows, name=DEFINITION_TITLE)
    return Section(DEFINITION_TITLE, (*(Words(part) for part in paragraphs), table))


def limits_section(desk: Desk, values: StoredValues) -> Section:
    """Each limit used, where it comes from, and whether anyone has read that source."""
    limits = _limits_of(desk, values.indicator)
    blocks: list[Block] = []
    if limits:
        titles = (_("Batas"), _("Nilai"), _("Asal"), _("Paket"), _("Keadaan"))
        rows = tuple(_limit_row(version, limit) for version, limit in limits)
        blocks.append(Table(tuple(Column(title) for title in titles), rows, name=LIMITS_TITLE))
    pack = pack_of(_rule_version(desk, values), desk.rules)
    if pack is not None:
        words = _("Dinilai menurut {regulation}, {article}; paket {version}; {standing}.").format(
            regulation=pack.regulation,
            article=pack.article,
            version=pack.rule_version,
            standing=STANDING_WORDS[pack.standing],
        )
        blocks.append(Words(words))
    if any(limit.standing == UNREAD for _version, limit in limits) or (pack and pack.standing == UNREAD):
        blocks.append(Words(_("○ belum diverifikasi: sumber batas ini belum dibaca langsung.")))
    return Section(LIMITS_TITLE, tuple(blocks) or (Words(_("Angka ini tidak memakai batas.")),))


def _rule_version(desk: Desk, values: StoredValues) -> str:
    figure = desk.view.figures.get(values.indicator.id)
    if figure is not None:
        return figure.rule_version
    return str(values.frame.iloc[0].rule_version) if len(values.frame) else ""


def _limits_of(desk: Desk, indicator: Indicator) -> list[tuple[str, Limit]]:
    found = []
    for key in dict.fromkeys((indicator.target_key, indicator.title_key)):
        if key:
            scheme, _dot, name = key.partition(".")
            pack = desk.rules.limits(scheme)
            found.append((pack.rule_version, pack.limits[name]))
    return found


def _limit_row(version: str, limit: Limit) -> tuple[Cell, ...]:
    standing = STANDING_WORDS[limit.standing]
    return (
        limit.article,
        f"{write_number(limit.value)} {limit.unit}".strip(),
        limit.source,
        version,
        _("{standing}, diganti daerah").format(standing=standing) if limit.overridden else standing,
    )
