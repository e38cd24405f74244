"""Writes the catalogue for readers: every indicator, every scheme that can be tried, every rule pack, in Markdown.

Says nothing of its own: definitions, limits, columns and standings come from modules and packs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from warehouse.catalogue import INDICATORS
from warehouse.evaluation.model import Column, Scheme
from warehouse.evaluation.schemes import SCHEMES
from warehouse.indicators.model import Indicator, write_number
from warehouse.pack_page import WORDS, pack_lines, table
from warehouse.rules import RuleBook
from warehouse.rules.packs import Pack

COMMAND = "python -m warehouse catalogue docs/katalog.md"
DIRECTIONS = {"higher": "makin tinggi makin baik", "lower": "makin rendah makin baik", "none": "tanpa arah"}
PERIODS = {"year": "tahun", "month": "bulan", "week": "minggu", "day": "hari", "window": "rentang hari terakhir"}
KINDS = {
    "number": "angka",
    "integer": "bilangan bulat",
    "text": "teks",
    "date": "tanggal",
    "datetime": "tanggal dan jam",
}


def catalogue_page(rules: RuleBook, indicators: Sequence[Indicator] = INDICATORS) -> str:
    """The whole page; the same for the same modules and packs."""
    packs: list[Pack] = [*rules.index_packs, *rules.limits_packs, *rules.scale_packs, *rules.further_packs]
    packs.sort(key=lambda pack: (pack.scheme, pack.valid_from, pack.pack_id))
    lines = [
        "# Katalog indikator, skema dan paket aturan",
        "",
        f"Ditulis oleh `{COMMAND}` dari modul indikator, skema `evaluate` dan paket aturan; jangan diubah",
        "dengan tangan. † belum diverifikasi: nilai dari ingatan, sumbernya belum dibaca langsung. Daerah dapat",
        "mengganti batas di `pendopo.toml` bagian `[thresholds]`. Cara membaca angka: [indikator.md](indikator.md).",
        "",
        f"{len(indicators)} indikator, {len(SCHEMES)} skema, {len(packs)} paket aturan.",
        "",
        "## Indikator",
        "",
        "Indikator pokok yang pertama menilai dimensinya, empat sampai enam tiap dimensi dan untuk program; indikator",
        "pendukung berdiri di baliknya.",
        "",
        *_overview(indicators, rules),
        "",
        "## Menunggu sumbernya",
        "",
        "Aturannya ada dan dapat dicoba dengan `evaluate`; sumbernya belum disampaikan. Sesudah kiriman disepakati,",
        "satu kontrak, satu modul dan satu uji menjadikannya indikator ([developer.md](developer.md)).",
        "",
        *_awaited(),
        "",
        "## Definisi indikator",
    ]
    for indicator in indicators:
        lines += ["", *_indicator(indicator, rules)]
    lines += ["", "## Skema yang dapat dicoba", "", "`python -m warehouse evaluate SKEMA BERKAS.csv`, lihat"]
    lines += ["[administrator.md](administrator.md). `--columns` menyebut kolom yang sama seperti di bawah."]
    for scheme in SCHEMES:
        lines += ["", *_scheme(scheme)]
    lines += ["", "## Paket aturan"]
    for pack in packs:
        lines += ["", *pack_lines(pack)]
    return "\n".join(lines) + "\n"


def _overview(indicators: Sequence[Indicator], rules: RuleBook) -> list[str]:
    rows = []
    for dimension, several in groupby(indicators, key=lambda one: one.dimension):
        for one in several:
            link = f"[{one.title_by(rules)}](#{anchor(one.id)})"
            kind = "pokok" if one.is_headline else "pendukung"
            rows.append((dimension, link, kind, PERIODS[one.period_kind], one.owner_note))
    return table(("Dimensi", "Indikator", "Golongan", "Tiap", "Pemilik"), rows)


def _awaited() -> list[str]:
    rows = [
        (one.dimension, one.title, one.delivers, one.owner, f"[{scheme.id}](#evaluate-{anchor(scheme.id)})")
        for scheme in sorted(SCHEMES, key=lambda scheme: scheme.awaits.dimension if scheme.awaits else "")
        if (one := scheme.awaits)
    ]
    return table(("Dimensi", "Ukuran", "Yang disampaikan", "Oleh", "Skema"), rows)


def anchor(heading: str) -> str:
    """As readers of Markdown make it of a heading."""
    return "".join(mark for mark in heading.lower() if mark.isalnum() or mark in "-_")


def _indicator(indicator: Indicator, rules: RuleBook) -> list[str]:
    rows = [
        ("Nama", indicator.title_by(rules)),
        ("Rumus", indicator.formula),
        ("Dasar hukum", indicator.legal_basis),
        ("Satuan", indicator.unit or "indeks tanpa satuan"),
        ("Arah", DIRECTIONS[indicator.better]),
        ("Periode", PERIODS[indicator.period_kind]),
        ("Pemilik", indicator.owner_note),
        ("Golongan", "pokok" if indicator.is_headline else "pendukung"),
        ("Sumber", ", ".join(f"`{one}`" for one in indicator.source_ids) or "catatan penerimaan"),
        ("Versi", str(indicator.version)),
    ]
    if indicator.coordinator_source:
        rows.append(("Angka gabungan", f"atas nama pengirim `{indicator.coordinator_source}`"))
    for key in dict.fromkeys((indicator.target_key, indicator.title_key, *indicator.limit_keys)):
        if key:
            _version, limit = rules.limit(key)
            value = f"{write_number(limit.value)} {limit.unit}"
            words = f"{limit.article}: {value}; {limit.source}; {WORDS[limit.standing]}"
            rows.append((f"Batas `{key}`", words))
    paragraphs = [" ".join(part.split()) for part in indicator.definition.strip().split("\n\n")]
    spaced = [line for part in paragraphs for line in (part, "")]
    return [f"### {indicator.id}", "", *spaced, *table(("Hal", "Isi"), rows)]


def _scheme(scheme: Scheme) -> list[str]:
    lines = [f"### evaluate {scheme.id}", "", f"{scheme.title}. {scheme.about}", ""]
    lines += table(("Kolom", "Arti", "Isi", "Wajib", "Contoh"), [_column(one) for one in scheme.columns])
    if scheme.free_columns:
        lines += ["", "Kolom lain juga dibaca sebagai masukan."]
    if scheme.options:
        rows = [(f"`{one.name}`", ", ".join(one.values), one.values[0], one.why) for one in scheme.options]
        lines += ["", *table(("Pilihan", "Nilai", "Bawaan", "Alasan bawaan"), rows)]
    if scheme.sample:
        lines += ["", "```csv", scheme.sample.strip(), "```"]
    return lines


def _column(column: Column) -> tuple[str, ...]:
    said = [column.unit or KINDS[column.kind]]
    said += [f"salah satu dari {', '.join(column.choices)}"] if column.choices else []
    said += [f"paling kecil {write_number(column.lowest)}"] if column.lowest is not None else []
    said += [f"paling besar {write_number(column.highest)}"] if column.highest is not None else []
    return f"`{column.name}`", column.meaning, "; ".join(said), "ya" if column.required else "", column.example
