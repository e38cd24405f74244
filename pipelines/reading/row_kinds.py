"""Tells rows of data from totals, repeated headers, footnotes and signatures, by their words and what they lack.

A row that holds values and is none of these by its own words stays data, to be judged: nothing is dropped unseen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce
from typing import Any

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.reading.grids import DOUBTS, NATIVE
from pipelines.reading.indonesian import DAY_NAMES

DATA, TOTAL, OTHER = "data", "jumlah", "lain"
MAYBE = "mungkin"  # a total or data: its amounts tell
LEFT_OVER, BETWEEN = "sisa", "sela"  # while a delivery is staged: decided by what stands below; a line between rows
SEPARATOR = "\x1f"  # label of a line between rows: a repeated header, a title over a group
MEASURES = ("integer", "number", "percent", "quantity", "latitude", "longitude")
DATED = ("date", "datetime", "month", "time")
SUMMED = ("integer", "number", "quantity")
NOT_ADDED = ("%", "persen", "persentase")
NOTHING = "|-+|nihil|n/?a|null|\\.+"  # what a cell of amounts may say instead of one
DIGIT = r"[\d\x{FF10}-\x{FF19}\x{0660}-\x{0669}\x{06F0}-\x{06F9}]"
NUMBER_LIKE = re.compile(r"[\d\s.,()-]+")

TOTAL_WORD = "(sub ?|grand ?)?(total|totals|jumlah|jml|jlh|tot|t o t a l|j u m l a h)"
WHOLE = "(total|jumlah|keseluruhan|seluruh|seluruhnya|semua|umum|besar|akhir|halaman|hal|ini|[ivx]{1,4}|[a-h]|[0-9]+)"
CARRIED = f"({TOTAL_WORD} )?(di)?pindah(an|kan)( (dari|ke|halaman|hal|berikutnya|sebelumnya|[0-9]+))*"
PERIOD = "(bulan|minggu|hari|triwulan|semester|tahun|periode)"
EXACT_TOTAL = (
    f"^([0-9]{{1,3}} )?({TOTAL_WORD}( {WHOLE})*|{TOTAL_WORD} {PERIOD} ini|{CARRIED}|l p|laki laki (dan )?perempuan)$"
)
# Adds up more than this delivery, so it is no data and no check of it.
RUNNING = f"^{TOTAL_WORD}( (s d|sd|sampai( dengan)?|hingga))? {PERIOD} (yang )?(lalu|sebelumnya)$"
RUNNING += f"|^{TOTAL_WORD} (s d|sd|sampai( dengan)?|hingga) {PERIOD} (yang )?ini$"
OF_PLACES = "( (per|tiap|setiap|se|kota|kabupaten|kab|provinsi|jawa|kecamatan|kec|desa|kelurahan|opd)( [a-z]+)*)"
AVERAGE = "^(rata rata|rerata|rataan|rata2|average|mean)"
DERIVED = "^(persentase|prosentase|persen|%|maksimum|maksimal|maks|max|minimum|minimal|min|median|modus|selisih"
DERIVED += "|(nilai )?(tertinggi|terendah|terbesar|terkecil)|(standar )?deviasi|simpangan baku)( %)?$"
OF_A_YEAR = "^(tahun|thn) (19|20)[0-9]{2}$"
OF_A_PERIOD = "^(triwulan|triw|tw|kuartal|semester|smt|catur ?wulan)( ke)? ?([ivx]{1,4}|[0-9])( [0-9]{4})?$"
STARTS_LIKE_TOTAL = f"^{TOTAL_WORD}( |$)"
FOOTNOTE = (
    "^(keterangan|ket|catatan|cat|notes?|nb|sumber( data)?|source|terbilang|dicetak|dibuat|disusun|diunduh|diolah"
    "|data per|per tanggal|halaman|lampiran)( |$)"
)
SIGNATURE = (
    "^(mengetahui|menyetujui|mengesahkan|disahkan|diperiksa|kepala|plt|plh|pj|pjs|an|a n|sekretaris|camat|bupati"
    "|wali ?kota|gubernur|lurah|direktur|ketua|pembuat|penyusun|petugas|operator|yang membuat|pejabat|bendahara"
    "|kuasa pengguna|pengguna anggaran|pembina|penata|pengatur|hormat kami|nip|nrp|ttd|tertanda)( |$)"
)
EXAMPLE = "^(contoh|cth|misal|misalnya|example)( (isi|isian|pengisian|data|baris))*$"  # left in from a template
AND_SO_ON = "^(dst|dsb|dll|dan (seterusnya|sebagainya|lain lain))$"
DOTS = r"^[\s.:\x{2026}\x{22EE}\x{22EF}-]*[.\x{2026}\x{22EE}\x{22EF}][\s.:\x{2026}\x{22EE}\x{22EF}-]*$"
LONE_YEAR = f"^({NATIVE}n)?(19|20)[0-9]{{2}}$"
STARRED = r"^\s*(\*|#|//|--|==|\(\d+ (rows?|baris))"  # of notes, and what programs write below an export
NOTED = r"^\W*(keterangan|ket|catatan|cat|notes?|nb|sumber( data)?|terbilang)\s*\.?\s*:"
PLACE_AND_DATE = r"^[a-z .]+,\s*([0-9]{1,2}|[.…_]+|\s)\s*[a-z0-9/.…_ -]*[0-9]{2,4}\s*$"
# One letter tells most rows apart from a total before any pattern is tried.
SIGMA = "[\u03c3\u03a3\u2211]"
KEPT_LABEL = f"CASE WHEN {{kind}} <> '{DATA}' OR length(spoken) < 6 THEN spoken END"
QUICK = rf"^[\s\"]*(?:{SIGMA}|sub|grand|t ?o ?t|j ?u ?m|jml|jlh|rata|rerata|average|mean"
QUICK += "|tri|tw|kuartal|semester|smt|catur|pindah|dipindah|pers|pros|%|maks|max|min|med|selisih|ket|cat|not|nb"
QUICK += "|contoh|cth|misal|example|sumber|ter[btk]|terendah|nilai|standar|deviasi|simpangan|modus"
QUICK += r"|\d{1,3}\W+(?:sub|grand|tot|jum|jml|jlh)|ds[tb]\W*$|dll|dan (se|la)"
QUICK += r"|l\W*p$|laki|(?-i:[A-Za-z]|[IVX]{1,5})[.)]*$)"  # both sexes; the letter of a group


def label_of(row: Sequence[Any]) -> str | None:
    """The first cell that is no plain number, if it is text."""
    for cell in row:
        if type(cell) is str:
            if cell and not NUMBER_LIKE.fullmatch(cell) and not cell.isspace():
                return cell
        elif isinstance(cell, (date, bool)):
            return None
    return None


def label_sql(cells: Sequence[str]) -> str:
    """The same of the columns of a text."""
    tried = ", ".join(f"CASE WHEN NOT regexp_full_match({cell}, '[\\d\\s.,()-]*') THEN {cell} END" for cell in cells)
    return f"coalesce({tried}, NULL)"


def with_kinds_sql(
    contract: Contract, source: str, cells: dict[str, str], label: str, may_lead: Sequence[str] = ()
) -> str:
    """The relation `source` with `row_kind`, the kind of each row by itself, and `spoken`, the label it was told by.

    `cells`: expression by header; `may_lead`: columns a total may be written in. Without `may_lead` the label is looked
    at in every row; with it, only where a row lacks something or starts so. What is asked often is a column of its own:
    written out in each place, the patterns take longer to compile than a small file to load.
    """
    filled = {header: f"coalesce({cell}, '') <> ''" for header, cell in cells.items()}
    needed = [f for f in contract.fields if f.required and not f.fill_down]
    complete = " AND ".join(dict.fromkeys(filled.get(f.from_, "false") for f in needed)) or "true"
    keys = [filled.get(f.from_, "false") for f in needed if f.type not in MEASURES or f.name in contract.grain]
    keyless = f"NOT ({' AND '.join(dict.fromkeys(keys))})" if keys else "false"
    several = " + ".join(f"({one})::INTEGER" for one in filled.values()) or "0"
    any_cell = " OR ".join(filled.values()) or "true"
    group = [filled[f.from_] for f in contract.fields if f.fill_down and f.from_ in filled]
    others = [filled[header] for header in filled if not is_repeated_below(contract, header)]
    only_group = f"({' OR '.join(group)}) AND NOT ({' OR '.join(others)})" if group and others else "false"
    measures = [f for f in _measured(contract) if f.from_ in cells]
    amounts = [f.from_ for f in measures if f.type != "quantity"]
    told = [filled[f.from_] for f in measures if f.type == "quantity"]  # in sentences: any words may hold an amount
    # A village called Sumber that lacks its code: a note has no amounts under every heading of some.
    amounted = " AND ".join(map(_is_number, map(cells.__getitem__, amounts))) if len(amounts) > 1 else "false"
    valued = " OR ".join([*map(_is_number, map(cells.__getitem__, amounts)), *told]) or "false"
    measured = " OR ".join(filled[f.from_] for f in measures) or "true"
    said = " OR ".join([*map(_says_amount, map(cells.__getitem__, amounts)), *told]) or "true"
    begins = " OR ".join([*map(_begins_like_amount, map(cells.__getitem__, amounts)), *told]) or "true"
    leads = " OR ".join(f"regexp_matches({cell}, '{_quick(contract)}', 'i')" for cell in may_lead) or "true"
    names = [cells[f.from_] for f in needed if f.type not in MEASURES and f.from_ in cells]
    is_dotted = _is_dotted(list(cells.values()), names)
    is_year = _is_year_alone(contract, cells)
    dates = [cells[f.from_] for f in needed if f.type in DATED and f.from_ in cells]
    derived = (DERIVED,) if re.search("(?i)tahun|periode|uraian", " ".join(contract.headers)) else (DERIVED, OF_A_YEAR)
    steps = [
        f"""({complete}) AND ({several}) >= {min(2, len(filled))} AS is_complete, ({measured}) AS is_measured,
          coalesce({leads}, false) AS may_speak""",
        f"is_complete AND is_measured AS is_full, is_complete AND ({begins}) AND NOT may_speak AS is_plain",
        f"""CASE WHEN NOT is_plain THEN {label} END AS spoken,
          CASE WHEN is_plain THEN false ELSE is_complete AND {_begins_dated(dates)} END AS is_dated,
          CASE WHEN is_plain THEN true ELSE is_full AND ({said}) END AS is_sound""",
        f"regexp_replace(lower(spoken), '{SIGMA}', ' jumlah ', 'g') AS said",
        f"{spelled('said')} AS words",
        f"""coalesce({_is_total(contract, "words")}, false) OR {_key_says(contract, cells, _is_total)} AS is_total,
          coalesce(regexp_matches(words, '{STARTS_LIKE_TOTAL}'), false) AS starts_like_total,
          CASE WHEN is_sound OR is_dated THEN false ELSE coalesce(regexp_matches(words, '{FOOTNOTE}')
            OR regexp_matches(words, '{SIGNATURE}') OR regexp_matches(spoken, '{STARRED}')
            OR regexp_matches(lower(spoken), '{PLACE_AND_DATE}'), false) END AS is_marked""",
        f"""CASE WHEN is_plain THEN '{DATA}'
          WHEN spoken = '{SEPARATOR}' THEN '{BETWEEN}'
          WHEN {only_group} THEN '{BETWEEN}'
          WHEN NOT ({any_cell} OR is_total OR is_marked) THEN '{BETWEEN}'
          WHEN regexp_matches(lower(spoken), '{NOTED}') AND NOT is_dated THEN '{OTHER}'
          WHEN regexp_matches(words, '{EXAMPLE}') THEN '{OTHER}'
          WHEN {is_dotted} OR {is_year} THEN '{OTHER}'
          WHEN regexp_matches(words, '{AND_SO_ON}') AND NOT ({valued if amounts else "is_complete"}) THEN '{OTHER}'
          WHEN regexp_matches(words, '{RUNNING}') THEN '{OTHER}'
          WHEN {_is_open(contract, cells, keyless)} THEN '{MAYBE}'
          WHEN is_total OR ({keyless} AND starts_like_total) THEN '{TOTAL}'
          WHEN {_is_average(contract, "words", *derived)} OR {_key_says(contract, cells, _is_average)}
            OR ({keyless} AND regexp_matches(words, '{AVERAGE}( |$)')) THEN '{OTHER}'
          WHEN is_sound OR (is_complete AND NOT is_measured AND NOT is_marked) THEN '{DATA}'
          WHEN is_marked AND NOT ({amounted}) THEN '{OTHER}'
          WHEN {valued} THEN '{DATA}' ELSE '{LEFT_OVER}' END AS row_kind""",
    ]
    return reduce(lambda relation, step: f"(SELECT *, {step} FROM {relation})", steps, source)


def _is_dotted(cells: Sequence[str], names: Sequence[str]) -> str:
    """Whether a row says that it goes on, in dots, and nothing else."""
    nothing = " AND ".join(f"(coalesce({cell}, '') IN ('', '-') OR regexp_matches({cell}, '{DOTS}'))" for cell in cells)
    dotted = " OR ".join(f"regexp_matches(coalesce({cell}, ''), '{DOTS}')" for cell in names)
    return f"(NOT is_plain AND ({dotted}) AND {nothing})" if names else "false"


def _is_year_alone(contract: Contract, cells: dict[str, str]) -> str:
    """Whether a year is all a row holds, as above the rows of that year, and no column is one of years."""
    if len(cells) < 2 or re.search("(?i)tahun|thn|periode|masa", " ".join(contract.headers)):
        return "false"
    amounts = {field.from_ for field in summed_fields(contract)}
    keys = [cell for header, cell in cells.items() if header not in amounts]
    others = " AND ".join(f"coalesce({cells[header]}, '') = ''" for header in amounts if header in cells) or "true"
    said = ", ".join(["''", *keys])
    return f"(NOT is_complete AND regexp_matches(concat({said}), '{LONE_YEAR}') AND {others})"


def is_repeated_below(contract: Contract, header: str) -> bool:
    return any(field.fill_down for field in contract.fields if field.from_ == header)


def _measured(contract: Contract) -> list[FieldRule]:
    return [field for field in contract.fields if field.type in MEASURES]


def summed_fields(contract: Contract) -> list[FieldRule]:
    """Those whose column a total adds up."""
    keys = {*contract.grain, *(() if contract.period is None else (contract.period.field,))}
    return [
        field
        for field in contract.fields
        if field.type in SUMMED
        and field.name not in keys
        and not field.personal
        and (field.unit or "").lower() not in NOT_ADDED
        and "%" not in field.from_
    ]


def _is_open(contract: Contract, cells: dict[str, str], keyless: str) -> str:
    """Whether only its amounts tell if a row is a total: a full one whose words begin like one, or with a code of its
    own. A contract that adds up nothing has no such rows."""
    if not summed_fields(contract):
        return "false"
    coded = [
        rf"regexp_matches(coalesce({cells[f.from_]}, ''), '\d')"
        for f in contract.fields
        if f.required and f.type == "code" and f.from_ in cells
    ]
    is_coded = " AND ".join(coded) if coded and not contract.total_label else "false"
    begins = f"((starts_like_total AND NOT is_total) OR regexp_matches(words, '{OF_A_PERIOD}'))"
    return f"is_full AND (({begins} AND NOT ({keyless})) OR (is_total AND {is_coded}))"


def _begins_like_amount(cell: str) -> str:
    """Without a pattern: most amounts, no words, no number of a person."""
    is_short = f"(length({cell}) < 9 OR {cell} LIKE '%.%' OR {cell} LIKE '%,%')"
    return f"(coalesce({cell}, '') BETWEEN '!' AND '9~' AND {is_short})"


def _begins_dated(cells: Sequence[str]) -> str:
    """Whether all keys that are dates are: no signature has its place, a date and all else under their headers."""
    begun = [
        f"regexp_matches(regexp_replace(lower({cell}), '{DAY_NAMES}', ''), '^({NATIVE}d|[0-9])')" for cell in cells
    ]
    return f"coalesce({' AND '.join(begun)}, false)" if begun else "false"


def _says_amount(cell: str) -> str:
    """A number, none, or a fault in its place."""
    return f"({_is_number(cell, NOTHING)} OR starts_with(coalesce({cell}, ''), '{NATIVE}'))"


def _is_number(cell: str, also: str = "") -> str:
    amount = rf"{DIGIT}[{DIGIT[1:-1]}.,]{{0,20}}|\d{{1,3}}([ '\x{{2019}}\x{{A0}}]\d{{3}})+([.,]\d+)?"
    written = rf"\s*[-(]?\s*(rp\.?\s*)?({amount})\s*(,?-{{1,2}}|%|\))?\s*{also}"
    quoted = written.replace("'", "''")
    return (
        f"(coalesce({cell}, '') <> '' AND (regexp_matches({cell}, '^{NATIVE}[np{DOUBTS}]') OR "
        f"(regexp_full_match(lower({cell}), '{quoted}') AND NOT regexp_full_match({cell}, '\\d{{18}}|0\\d{{8,}}'))))"
    )


def _is_average(contract: Contract, words: str, *also: str) -> str:
    told = "|".join((f"{AVERAGE}( {WHOLE}|{OF_PLACES})*$", *also))
    return f"(coalesce(regexp_matches({words}, '{told}'), false) AND {_is_no_choice(contract, words)})"


def _is_no_choice(contract: Contract, words: str) -> str:
    """Whether the words are none that a column of the contract may hold."""
    allowed = {word for field in contract.fields for word in (*field.one_of, *field.codes)}
    kept = ", ".join("'" + _plain(word) + "'" for word in sorted(allowed)) or "NULL"
    return f"coalesce({words} NOT IN ({kept}), true)"


def _is_total(contract: Contract, words: str) -> str:
    declared = f" OR starts_with({words}, '{_plain(contract.total_label)}')" if contract.total_label else ""
    headers = {word for field in contract.fields for word in _plain(field.from_).split() if word.isalpha()}
    named = (
        f" OR regexp_matches({words}, '^{TOTAL_WORD}( {WHOLE}| ({'|'.join(sorted(headers))}))*$')" if headers else ""
    )
    return f"((regexp_matches({words}, '{EXACT_TOTAL}'){named}{declared}) AND {_is_no_choice(contract, words)})"


def _key_says(contract: Contract, cells: dict[str, str], tells: Callable[[Contract, str], str]) -> str:
    """Whether any key, behind others that are filled too, says nothing but that it is such a line."""
    every = [f for f in contract.fields if f.required or f.name in contract.grain]
    keys = [f for f in every if f.type in ("text", "code")]
    is_behind = len(keys) > 1 or any(f.type in DATED for f in every)  # a date is taken for the label of its row
    said = [
        f"(regexp_matches({cell}, '{_quick(contract)}', 'i') AND {tells(contract, spelled(cell))})"
        for cell in (cells[f.from_] for f in keys if f.from_ in cells)
    ]
    return f"(NOT is_plain AND coalesce({' OR '.join(said)}, false))" if said and is_behind else "false"


def spelled(cell: str) -> str:
    return f"trim(regexp_replace(lower({cell}), '[^0-9a-z%]+', ' ', 'g'))"


def _quick(contract: Contract) -> str:
    declared = re.sub(r"[^A-Za-z0-9]+", ".*", contract.total_label.strip()) if contract.total_label else ""
    return f"{QUICK}|^[\\s]*{declared}" if declared else QUICK


def _plain(word: str) -> str:
    return re.sub(r"[^0-9a-z%]+", " ", word.lower()).strip()
