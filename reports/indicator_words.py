"""One indicator in words: its latest figure, its public definition, and the limits and rules it is judged by."""

from __future__ import annotations

from gettext import gettext as _

from reports.clock_words import STANDING_WORDS
from reports.content import Block, Cell, Column, Figures, Section, Table, Words
from reports.desk import Desk
from reports.figure_words import pack_of, scale_of
from reports.indicator_values import StoredValues
from reports.unread import UNREAD_LEGEND
from warehouse.indicators.model import Indicator, write_number
from warehouse.rules import IndexPack, Limit, ScaleClass, ScalePack

LATEST_TITLE, DEFINITION_TITLE, LIMITS_TITLE = _("Nilai terakhir"), _("Definisi"), _("Batas dan aturan")
CLASSES = _("Kelas")
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
        (_("Golongan"), _("indikator pokok") if indicator.is_headline else _("indikator pendukung")),
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
    version = _rule_version(desk, values)
    pack, scale = pack_of(version, desk.rules), scale_of(version, desk.rules)
    judge = pack or scale
    unread = any(limit.standing == UNREAD for _version, limit in limits)
    if judge is not None:
        words = _("Dinilai menurut {regulation}, {article}; paket {version}; sumber: {source}.").format(
            regulation=judge.regulation, article=judge.article, version=judge.rule_version, source=judge.source
        )
        classes = _bands_table(pack) if pack else _classes_table(scale) if scale else None
        blocks.append(Words(words))
        if classes is not None:
            blocks.append(classes)
            unread = unread or any(STANDING_WORDS[UNREAD] in str(row[-1]) for row in classes.rows)
    if unread:
        blocks.append(Words(UNREAD_LEGEND))
    return Section(LIMITS_TITLE, tuple(blocks) or (Words(_("Angka ini tidak memakai batas.")),))


def _bands_table(pack: IndexPack) -> Table:
    """Each class of an index with its lower bound, and its upper one, which belongs to the next."""
    columns = (
        Column(CLASSES),
        Column(_("Mulai"), "number", pack.places),
        Column(_("Sampai"), "number", pack.places),
        Column(_("Keadaan")),
    )
    standing = STANDING_WORDS[pack.bands_standing]
    return Table(columns, tuple((one.name, one.lower, one.upper, standing) for one in pack.bands), name=CLASSES)


def _classes_table(scale: ScalePack) -> Table:
    """A class begins where the one before it ends; the last has no end."""
    columns = (
        Column(CLASSES),
        Column(_("Mulai"), "number", scale.places),
        Column(_("Tercetak"), definition=_("rentang seperti tertulis dalam peraturan")),
        Column(_("Keadaan")),
    )
    rows = tuple((one.name, one.lower, one.printed, _class_standing(one)) for one in scale.classes)
    return Table(columns, rows, name=CLASSES)


def _class_standing(one: ScaleClass) -> str:
    """Of the range, and of the name where that is another."""
    words = STANDING_WORDS[one.standing]
    if one.name_standing == one.standing:
        return words
    return _("{range}; nama kelas {name}").format(range=words, name=STANDING_WORDS[one.name_standing])


def _rule_version(desk: Desk, values: StoredValues) -> str:
    figure = desk.view.figures.get(values.indicator.id)
    if figure is not None:
        return figure.rule_version
    return str(values.frame.iloc[0].rule_version) if len(values.frame) else ""


def _limits_of(desk: Desk, indicator: Indicator) -> list[tuple[str, Limit]]:
    found = []
    for key in dict.fromkeys((indicator.target_key, indicator.title_key, *indicator.limit_keys)):
        if key:
            found.append(desk.rules.limit(key))
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
