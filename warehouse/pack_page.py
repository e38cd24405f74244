"""A rule pack for readers: regulation, validity, source, standing, and its numbers, in Markdown.

Refuses to hide what is from memory: every value says where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from warehouse.indicators.model import write_number
from warehouse.rules.alarm_packs import AlarmRule
from warehouse.rules.level_packs import Cell, Graded, LevelPack
from warehouse.rules.packs import UNREAD_MARK, IndexPack, LimitsPack, Pack, ScalePack, Standing
from warehouse.rules.tables import TablePack

WORDS: dict[Standing, str] = {
    "dibaca": "dibaca pada sumbernya",
    "ingatan": f"{UNREAD_MARK} belum diverifikasi",
    "pilihan daerah": "pilihan daerah",
}
MINUTE = timedelta(minutes=1)
KIND_WORDS = {
    "IndexPack": "indeks berbobot",
    "LimitsPack": "batas",
    "ScalePack": "skala",
    "TablePack": "tabel",
    "LevelPack": "level",
    "AlarmRule": "peringatan",
}


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table; a bar inside a cell does not end it."""
    escaped = ([" ".join(cell.replace("|", "\\|").split()) for cell in row] for row in (titles, *rows))
    head, *body = [f"| {' | '.join(cells)} |" for cells in escaped]
    return [head, "|" + "---|" * len(titles), *body]


def pack_lines(pack: Pack) -> list[str]:
    """Head and contents of one pack."""
    until = pack.valid_until.isoformat() if pack.valid_until else "seterusnya"
    said = [
        f"{pack.title}. {pack.regulation}, berlaku {pack.valid_from.isoformat()} sampai {until}; "
        f"jenis {KIND_WORDS[type(pack).__name__]}, versi `{pack.rule_version}`."
    ]
    for name, words in (("article", "Pasal"), ("source", "Sumber"), ("note", "Catatan")):
        text = getattr(pack, name, "")
        said += [f"{words}: {' '.join(text.split())}"] if text else []
    paragraphs = [line for paragraph in said for line in (paragraph, "")]
    return [f"### {pack.scheme}/{pack.file_name}", "", *paragraphs, *_contents(pack)]


def _contents(pack: Pack) -> list[str]:
    match pack:
        case LimitsPack():
            return _limits(pack)
        case ScalePack():
            return _classes(pack)
        case IndexPack():
            return _index(pack)
        case LevelPack():
            return _levels(pack)
        case TablePack():
            return _rows(pack)
        case AlarmRule():
            return _alarm(pack)
    raise TypeError(type(pack).__name__)


def _limits(pack: LimitsPack) -> list[str]:
    titles = ("Nama", "Nilai", "Pasal", "Sumber", "Keadaan")
    rows = []
    for one in pack.limits.values():
        value = f"{write_number(one.value)} {one.unit}"
        rows.append((f"`{pack.scheme}.{one.name}`", value, one.article, one.source, WORDS[one.standing]))
    return table(titles, rows)


def _classes(pack: ScalePack) -> list[str]:
    rows = []
    for one in pack.classes:
        begins = ("lebih dari " if one.above else "") + write_number(one.lower)
        rows.append((one.name, begins, one.printed, WORDS[one.standing], WORDS[one.name_standing]))
    rounded = f"Pembulatan: {pack.places} desimal, setengah ke atas; {WORDS[pack.rounding_standing]}."
    return [*table(("Kelas", "Mulai", "Tercetak", "Rentang", "Nama"), rows), "", rounded]


def _rows(pack: TablePack) -> list[str]:
    rows = []
    for one in pack.rows:
        values = ("-" if value is None else write_number(value) for value in one.values)
        rows.append((one.label, *values, one.unit, WORDS[one.standing]))
    return table(("Baris", *pack.columns, "Satuan", "Keadaan"), rows)


def _alarm(rule: AlarmRule) -> list[str]:
    """What an indication does not say is left out; so it is seen not to be an alarm."""
    own = "" if rule.limit is None else write_number(rule.limit)
    limit = own or (f"`{rule.limit_key}`" if rule.limit_key else f"ambang pos: {' atau '.join(rule.levels)}")
    within = rule.respond_within
    rows = (
        ("Jenis", ("peringatan" if rule.is_alarm else "indikasi") + (", tindak lanjut" if rule.is_follow_up else "")),
        ("Yang diawasi", f"{rule.signal}, {rule.watches}, {rule.unit}"),
        ("Target", rule.target),
        ("Batas", f"{rule.direction.replace('_', ' ')} {limit}"),
        ("Pita mati", _steadied(rule, "deadband", f"mundur {write_number(rule.deadband)} sebelum disebut normal")),
        ("Tunda muncul", _steadied(rule, "on_delay_minutes", f"{rule.on_delay // MINUTE} menit di luar batas")),
        ("Tunda pulih", _steadied(rule, "off_delay_minutes", f"{rule.off_delay // MINUTE} menit di dalam batas")),
        ("Prioritas", rule.priority),
        ("Pemilik", rule.owner.replace("_", " ")),
        ("Waktu tanggap", f"{within // MINUTE} menit" if within else ""),
        ("Sebab yang dicari", rule.cause),
        ("Akibat", rule.consequence),
        ("Tindakan", rule.response),
        ("Keadaan", WORDS[rule.standing]),
    )
    return table(("Hal", "Isi"), (row for row in rows if row[1]))


def _steadied(rule: AlarmRule, key: str, words: str) -> str:
    return f"tidak ada. {rule.unsteadied[key]}" if key in rule.unsteadied else words


def _index(pack: IndexPack) -> list[str]:
    standing = WORDS[pack.bands_standing]
    bands = [(one.name, write_number(one.lower), write_number(one.upper), standing) for one in pack.bands]
    lines = table(("Predikat", "Mulai", "Sampai", "Keadaan"), bands)
    parts = pack.domains or pack.aspects
    weights = [(f"{one.no} {one.name}", write_number(one.weight), WORDS[pack.standing]) for one in parts]
    kind = "Domain" if pack.domains else "Aspek"
    counted = f"{len(pack.indicators)} indikator, jumlah bobot {write_number(pack.total_weight)}; nama: "
    return [*lines, "", *table((kind, "Bobot", "Keadaan"), weights), "", counted + WORDS[pack.names_standing] + "."]


def _levels(pack: LevelPack) -> list[str]:
    rows = [(one.title, one.unit, _graded(one), one.article, WORDS[one.standing]) for one in pack.indicators.values()]
    lines = table(("Indikator", "Satuan", "Kelas", "Pasal", "Keadaan"), rows)
    if pack.matrix:
        first, second = pack.groups
        cells = [(row, *(_cell(pack.matrix[row, column]) for column in second.classes)) for row in first.classes]
        lines += ["", *table((f"{first.title} dan {second.title}", *second.classes), cells)]
    for gate in pack.gates:
        effect = f"paling baik level {gate.level_at_least}" if gate.level_at_least else f"naik {gate.raises} level"
        words = (
            f"{gate.title} kurang dari {write_number(gate.below)}: {effect}; {gate.article}; {WORDS[gate.standing]}."
        )
        lines += ["", words]
    return lines


def _cell(cell: Cell) -> str:
    return str(cell.level) if cell.standing == "dibaca" else f"{cell.level} ({WORDS[cell.standing]})"


def _graded(indicator: Graded) -> str:
    said = []
    for one in indicator.classes:
        if one.upper is None:
            said.append(f"selebihnya {one.name}")
        else:
            said.append(f"{'sampai' if one.includes_upper else 'kurang dari'} {write_number(one.upper)} {one.name}")
    return "; ".join(said)
