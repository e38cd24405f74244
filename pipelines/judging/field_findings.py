"""Writes the SQL of what is found in single cells, and the sentences their sender reads.

Quotes no delivered text: a message holds a mark where the cell stands, and filing knows how that is told.
"""

from __future__ import annotations

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.judging.cells import shares_pair
from pipelines.judging.covering import patterns_of
from pipelines.judging.numbers import MAGNITUDE, NUMERIC, room_of
from pipelines.judging.quoting import FAULT, UNCALCULATED, bare, is_native, literal, name
from pipelines.reading.cell_units import is_scaled_money
from pipelines.reading.grids import MIXED, OTHER_UNIT, SCALED, TOO_LONG
from pipelines.reading.indonesian import example_of
from pipelines.reading.outlines import LATITUDES, LONGITUDES
from warehouse.personal import COVER

OWN, OTHER = "\x1e", "\x1f"  # in a message: where the cell's text stands, and that of the cell it is held against
EXAMPLES = {
    "integer": "125",
    "quantity": "33 (tiga puluh tiga) unit",
    "date": "31/12/2026 atau 31 Desember 2026",
    "datetime": "31/12/2026 14:05",
    "month": "Desember 2026 atau 2026-12",
    "time": "14:05",
    "boolean": "ya atau tidak",
}
DOUBTS = {  # by rule: what is wrong with the cell, and a right example
    "angka_rancu": "terbaca dua cara, dan kolomnya tidak memastikan tanda desimalnya. Contoh yang benar: {example}",
    "satuan_uang": "menyebut rupiah, sedangkan sel lain kolom ini tidak: dapat berarti rupiah penuh atau {unit}. Tulis "
    "angkanya saja, dalam {unit}",
    "angka_panjang": "lebih panjang daripada yang dapat disimpan tepat. Periksa angkanya",
    "angka_singkat": "adalah angka panjang yang disingkat tampilannya, sehingga digit di belakangnya hilang. Beri "
    "kolom format Angka lalu simpan lagi, misalnya 123456789012",
    "kode_angka": "adalah kode yang diubah Excel menjadi angka atau tanggal sehingga digitnya mungkin hilang. Beri "
    "kolom format Teks, ketik ulang kodenya, misalnya 35.10",
    "tanggal_campur": "dapat dibaca dua cara: kolom ini memuat urutan hari/bulan dan bulan/hari. Tulis semua dengan "
    "hari dahulu, misalnya 31/12/2026",
    "tanggal_tertukar": "mungkin tertukar hari dan bulannya: sel lain di kolom ini tertinggal sebagai teks dengan hari "
    "dahulu. Periksa, lalu tulis misalnya 31/12/2026",
    "gaya_tanggal": "tidak ditulis dalam format yang disepakati, tetapi terbaca. Contoh yang disepakati: {example}",
}
MADE_A_DATE = (
    'berupa tanggal: mungkin Excel mengubah tulisan seperti "5-9". Beri kolom format Teks, lalu ketik ulang isinya'
)
PLACED = {"latitude": LATITUDES, "longitude": LONGITUDES}
RULES = dict.fromkeys(("date", "datetime", "month", "time"), "tanggal") | dict.fromkeys(
    ("integer", "number", "percent"), "angka"
)
SHOWN = {  # by mark of a cell that shows another number than it holds: the rule, what is wrong, and a right example
    OTHER_UNIT: (
        "tampilan",
        "tampil dengan kata atau satuan yang bukan satuan kolom ini. Tulis angkanya dalam satuan kolomnya, beri sel "
        "format Angka, misalnya {example}",
    ),
    SCALED: (
        "tampilan",
        "tampil disingkat atau disembunyikan oleh format selnya, sehingga yang terlihat bukan yang tersimpan. Beri sel "
        "format Angka dan tulis angkanya penuh, misalnya 1.234.567",
    ),
    MIXED: (
        "persen",
        "tidak pasti persen atau bukan: sebagian sel kolom ini berformat persen, sebagian tidak. Samakan, misalnya "
        "40,45%",
    ),
    TOO_LONG: ("angka_panjang", DOUBTS["angka_panjang"]),
}
WARNINGS = ("gaya_tanggal",)


def finding_sql(
    field: FieldRule, rule: str, message_sql: str, severity: str, quoted: tuple[str, str] = ("", "")
) -> str:
    """A message holds marks instead of delivered text; filing knows how that is told.

    `quoted`: the text meant when it is not the whole cell, and the field this one is held against.
    """
    text, other = quoted
    against, beside = (literal(other), bare(name("t_" + other))) if other else ("NULL::VARCHAR", "NULL::VARCHAR")
    return (
        f"{{'field': {literal(field.name)}, 'header': {literal(field.from_)}, 'rule': {literal(rule)}, "
        f"'severity': {literal(severity)}, 'value': {text or bare(name('t_' + field.name))}, "
        f"'other': {against}, 'other_text': {beside}, 'message': {message_sql}}}"
    )


def judge_parts(field: FieldRule) -> str:
    """One finding for each unknown code of a cell that lists several."""
    rule, what = ("daftar", "pilihan") if field.one_of else ("kode", "kode")
    message = literal(
        f'"{OWN}" di kolom "{field.from_}" tidak ada di daftar {what}. '
        f'Beberapa {what} dipisahkan dengan "{field.separator}".'
    )
    unknown = finding_sql(field, rule, message, "ditolak", ("item.part", ""))
    listed = f"list_transform({name('u_' + field.name)}, item -> {unknown})"
    return f"coalesce({listed}, [])"


def _judge_quantity(field: FieldRule) -> list[str]:
    """Warnings only: the sentence itself is kept in the text column, its number is left out when in doubt."""
    text, numbers = name("t_" + field.name), name("q_" + field.name)
    quoted = f'"{OWN}" di kolom "{field.from_}"'.replace("'", "''")
    several = (
        f"'{quoted} memuat ' || len({numbers}) || ' angka berbeda; angkanya dikosongkan. Tulis satu target tiap baris.'"
    )
    none = f"'{quoted} tidak memuat angka yang terbaca; angkanya dikosongkan{_example_of_type(field)}.'"
    unit = f"'{quoted} memakai kata ribu, juta atau miliar; angkanya dibaca apa adanya dan kata itu milik satuannya.'"
    empty = f"{text} IS NOT NULL AND {name('v_' + field.name)} IS NULL"
    cases = (
        (f"{empty} AND len({numbers}) > 1", several),
        (empty, none),
        (f"regexp_matches({text}, {literal(MAGNITUDE)}, 'i')", unit),
    )
    return [f"WHEN {condition} THEN {finding_sql(field, 'kuantitas', said, 'peringatan')}" for condition, said in cases]


def judge_field(field: FieldRule, contract: Contract, knows_why: bool) -> str:
    """The first finding of a cell; `knows_why`: its type says more in `e_`."""
    text, value = name("t_" + field.name), name("v_" + field.name)
    quoted = f'"{OWN}" di kolom "{field.from_}"'
    cases = []
    if field.required:
        message = literal(f'Kolom "{field.from_}" wajib diisi{_example(field, contract)}.')
        cases.append(f"WHEN {text} IS NULL THEN {finding_sql(field, 'wajib', message, 'ditolak')}")
    cases += _judge_faults(field)
    if knows_why:
        cases += _judge_unread(field)
    cases += _judge_shown(field)
    cases += _judge_person(field, contract)
    doubts = _judge_quantity(field) if field.type == "quantity" else []
    if doubts:
        cases += doubts[:-1]
    elif not field.separator and not (field.ref and field.unmatched == "empty") and not patterns_of(field, contract):
        message = literal(f"{quoted} {_complaint(field, contract)}")
        cases.append(
            f"WHEN {text} IS NOT NULL AND {value} IS NULL THEN {finding_sql(field, _rule(field), message, 'ditolak')}"
        )
    for bound, operator, word in ((field.min, "<", "di bawah"), (field.max, ">", "di atas")):
        if bound is not None:
            limit = f"{int(bound) if bound == int(bound) else bound}"
            message = literal(f"{quoted} {word} batas {limit}. Periksa nilainya.")
            cases.append(f"WHEN {value} {operator} {limit} THEN {finding_sql(field, 'rentang', message, 'ditolak')}")
    if field.type in PLACED:
        low, high = PLACED[field.type]
        message = literal(f"{quoted} di luar Indonesia. Periksa tanda minus dan urutan lintang, bujur.")
        outside = f"WHEN {value} NOT BETWEEN {low} AND {high}"
        cases.append(f"{outside} THEN {finding_sql(field, 'letak', message, 'peringatan')}")
    room = room_of(field, contract)
    if room is not None:
        message = literal(f"{quoted} {DOUBTS['angka_panjang']}.")
        cases.append(f"WHEN abs({value}) >= {room} THEN {finding_sql(field, 'angka_panjang', message, 'ditolak')}")
    if field.digits is not None:
        said = f"bukan kode {field.digits} angka. Periksa apakah ada angka yang hilang; simpan kolomnya sebagai teks."
        is_other = f"NOT regexp_full_match({value}, '[0-9]{{{field.digits}}}')"
        cases.append(f"WHEN {is_other} THEN {finding_sql(field, 'bentuk', literal(f'{quoted} {said}'), 'ditolak')}")
    if field.one_of and not field.separator:
        words = ", ".join(literal(word) for word in field.one_of)
        message = literal(f"{quoted} tidak ada di daftar pilihan.")
        cases.append(f"WHEN {value} NOT IN ({words}) THEN {finding_sql(field, 'daftar', message, 'ditolak')}")
    cases += doubts[-1:]
    return f"CASE {' '.join(cases)} END" if cases else "NULL"


def _judge_faults(field: FieldRule) -> list[str]:
    """A cell without a value of its own is never empty and never zero."""
    text = name("t_" + field.name)
    fault = literal(
        f'Sel kolom "{field.from_}" berisi galat {OWN}, bukan nilai. '
        "Betulkan rumusnya di buku kerja, atau tulis nilainya."
    )
    formula = literal(
        f'Sel kolom "{field.from_}" berisi rumus yang belum pernah dihitung. Buka berkas di Excel, tekan F9, simpan, '
        "lalu kirim lagi; atau tulis nilainya."
    )
    return [
        f"WHEN starts_with({text}, '{FAULT}') THEN {finding_sql(field, 'galat', fault, 'ditolak')}",
        f"WHEN starts_with({text}, '{UNCALCULATED}') THEN "
        f"{finding_sql(field, 'rumus', formula, 'ditolak', ('NULL::VARCHAR', ''))}",
    ]


def _judge_unread(field: FieldRule) -> list[str]:
    """What the type of the cell knows of it, by rule."""
    if field.type in ("code", "text"):
        rules = ["kode_angka"]
    elif field.type in NUMERIC:
        rules = [*["satuan_uang"] * is_scaled_money(field), "angka_rancu", "angka_singkat", "angka_panjang"]
    else:
        rules = ["tanggal_campur", "tanggal_tertukar", "gaya_tanggal"]
    example = example_of(field.format) if field.format else "1234 atau 1234,5"
    cases = []
    for rule in rules:
        said = MADE_A_DATE if field.type == "text" else DOUBTS[rule].format(example=example, unit=field.unit)
        message = literal(f'"{OWN}" di kolom "{field.from_}" {said}.')
        severity = "peringatan" if rule in WARNINGS else "ditolak"
        cases.append(f"WHEN {name('e_' + field.name)} = '{rule}' THEN {finding_sql(field, rule, message, severity)}")
    return cases


def _judge_shown(field: FieldRule) -> list[str]:
    """A number whose cell shows another one, by the letter of its mark."""
    if field.type not in (*NUMERIC, "text", "code", "boolean"):
        return []
    text = name("t_" + field.name)
    unread = f"{name('v_' + field.name)} IS NULL AND "
    cases = []
    for kind, (rule, wrong) in SHOWN.items():
        said = wrong.format(example=f"1.234,5 ({field.unit})" if field.unit else "1.234,5")
        message = literal(f'"{OWN}" di kolom "{field.from_}" {said}.')
        cases.append(f"WHEN {unread}{is_native(text, kind)} THEN {finding_sql(field, rule, message, 'ditolak')}")
    return cases


def _judge_person(field: FieldRule, contract: Contract) -> list[str]:
    """What was covered in the cell is told; a code or a name of the row that was covered names nothing any more."""
    if field.type not in ("text", "code") or not patterns_of(field, contract):
        return []
    text = name("t_" + field.name)
    is_needed = field.required or field.name in contract.grain
    is_refused = is_needed and (field.type == "code" or field.name in contract.grain)
    severity = "ditolak" if is_refused else "peringatan"
    outcome = "" if is_refused else "; isinya dikosongkan" if field.type == "code" else "; bagian itu disamarkan"
    message = literal(
        f'Kolom "{field.from_}" memuat yang tampak seperti data pribadi{outcome}. Tulis tanpa nama orang, nomor '
        "telepon, NIK, surel, nomor kendaraan dan alamat rumah; periksa apakah kolomnya bergeser."
    )
    covered = finding_sql(field, "pribadi", message, severity, ("NULL::VARCHAR", ""))
    cases = [f"WHEN contains({text}, '{COVER}') THEN {covered}"]
    if field.type == "code":
        no_code = literal(f'"{OWN}" di kolom "{field.from_}" bukan kode{outcome}. Periksa apakah kolomnya bergeser.')
        unread = f"{text} IS NOT NULL AND {name('v_' + field.name)} IS NULL"
        cases.append(f"WHEN {unread} THEN {finding_sql(field, 'bentuk', no_code, severity)}")
    return cases


def _rule(field: FieldRule) -> str:
    if field.ref or field.codes:
        return "kode"
    return RULES.get(field.type, "bentuk")


def _complaint(field: FieldRule, contract: Contract) -> str:
    if field.ref or field.codes:
        return "tidak ada di daftar kode."
    what = {"tanggal": "bukan waktu yang terbaca", "angka": "bukan angka yang terbaca"}
    return f"{what.get(_rule(field), 'tidak terbaca')}{_example(field, contract)}."


def _example(field: FieldRule, contract: Contract) -> str:
    if field.format:
        return f". Contoh yang benar: {example_of(field.format)}"
    if field.type in ("number", "percent"):
        return f". Contoh yang benar: {'1.234,5' if contract.file.decimal == ',' else '1,234.5'}"
    if field.type in ("latitude", "longitude"):
        alone = "-7.47" if field.type == "latitude" else "112.43"
        return f". Contoh yang benar: {'LatLng(-7.47, 112.43)' if shares_pair(field, contract) else alone}"
    return _example_of_type(field)


def _example_of_type(field: FieldRule) -> str:
    if field.type == "integer" and "tahun" in field.from_.lower():
        return ". Contoh yang benar: 2026"
    return f". Contoh yang benar: {EXAMPLES[field.type]}" if field.type in EXAMPLES else ""
