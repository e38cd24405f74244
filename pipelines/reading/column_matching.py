"""Gives each header of a contract its column; a renamed or repeated one refuses the file, it is never guessed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.contracts.contract import Contract, ContractProblem
from pipelines.contracts.vocabulary import Vocabulary
from pipelines.reading.heading_words import BRACKET, PERCENT, Heading, normalise, split_unit
from pipelines.reading.months import month_name, read_month

YEAR = re.compile(r"(?:tahun\s+)?((?:19|20)\d\d)", re.IGNORECASE)
CLOSENESS = range(4)  # in full, by the lower words alone, then both without a unit
REASONS_HEADER = "Alasan ditolak (tidak dibaca)"  # of a workbook to mend: what we wrote ourselves is never read
BETWEEN_MONTHS = (
    "triwulan",
    "tw",
    "kuartal",
    "semester",
    "jumlah",
    "total",
    "jml",
    "jlh",
    "rata",
    "rerata",
    "kumulatif",
)


@dataclass(frozen=True)
class Wanted:
    """A header that the contract speaks of, and how it may be spelled."""

    header: str
    words: tuple[str, ...]
    unit: str | None = None
    is_required: bool = False

    def fits(self, heading: Heading, closeness: int) -> bool:
        if closeness < 2:
            return not heading.spellings[closeness].isdisjoint({normalise(word) for word in self.words})
        found = heading.unitless[:1] if closeness == 2 else heading.unitless[1:]
        return any(self._alike(base, unit) for base, unit in found)

    def _alike(self, base: str, unit: str | None) -> bool:
        declared = None if self.unit is None else normalise(self.unit)
        declared = "%" if declared in PERCENT else declared
        if unit is not None and unit != declared and (declared is not None or unit == "%"):
            return False
        own = [one for word in self.words if (one := split_unit(word))[1] != "%" or unit == "%"]
        return bool(base) and any(base == mine and (not unit or not theirs or unit == theirs) for mine, theirs in own)


def wanted_headers(contract: Contract) -> tuple[Wanted, ...]:
    """The delivered columns that are read; those a crosstab fills stand in no header."""
    spread = crosstab_headers(contract)
    found: dict[str, Wanted] = {}
    for field in contract.fields:
        if field.from_ in spread:
            continue
        before = found.get(field.from_, Wanted(field.from_, ()))
        words = (*before.words, field.from_, *field.aliases)
        unit = field.unit or ("%" if field.type == "percent" else None)
        found[field.from_] = Wanted(
            field.from_, tuple(dict.fromkeys(words)), before.unit or unit, before.is_required or field.required
        )
    return (*found.values(), *_listed(contract))


def _listed(contract: Contract) -> tuple[Wanted, ...]:
    crosstab = contract.crosstab
    if crosstab is None or crosstab.columns == "months":
        return ()
    return tuple(Wanted(heading, (heading,), None, True) for heading in crosstab.columns)


def crosstab_headers(contract: Contract) -> tuple[str, ...]:
    if contract.crosstab is None:
        return ()
    return tuple(contract.by_name[name].from_ for name in (contract.crosstab.into, contract.crosstab.value))


@dataclass(frozen=True)
class Columns:
    """Columns by header in the order of the contract, those of a crosstab by heading, and what nobody declared."""

    found: dict[str, int]
    spread: tuple[tuple[int, str], ...]
    unknown: tuple[Heading, ...]
    absent: tuple[str, ...]


def match_headings(row_no: int, headings: Sequence[Heading], contract: Contract) -> Columns:
    """Raises ContractProblem when a required header is missing or one is there more than once."""
    wanted = wanted_headers(contract)
    others = [Wanted(word, (word,)) for word in (*contract.ignore, *contract.personal, REASONS_HEADER)]
    apart = {*contract.ignore, *contract.personal} - {word for one in wanted for word in one.words}
    free = {heading.column: heading for heading in headings if heading.text not in apart}  # _id is no second id
    found: dict[str, int] = {}
    for closeness in CLOSENESS:
        for one in wanted:
            if one.header in found:
                continue
            fitting = [column for column, heading in free.items() if one.fits(heading, closeness)]
            if len(fitting) > 1:
                written = list(dict.fromkeys(f'"{free[column].text}"' for column in fitting))
                called = f" ({', '.join(written)})" if len(written) > 1 else ""
                raise ContractProblem(
                    f'Kolom "{one.header}" ada {len(fitting)} kali di baris judul (baris {row_no}){called}. '
                    "Sisakan satu.",
                    "judul",
                )
            if fitting:
                found[one.header] = fitting[0]
                del free[fitting[0]]
        for column in [column for column, heading in free.items() if any(o.fits(heading, closeness) for o in others)]:
            del free[column]
    listed = {one.header for one in _listed(contract)}
    spread = tuple((found.pop(header), header) for header in listed & set(found))
    if contract.crosstab is not None and contract.crosstab.columns == "months":
        spread = _months(row_no, free.values(), contract)
        aside = [column for column, heading in free.items() if _stands_between(heading)]
        for column in (*(column for column, _ in spread), *aside):
            del free[column]
    for one in wanted:
        if one.is_required and one.header not in found and one.header not in {header for _, header in spread}:
            raise ContractProblem(_missing_message(one.header, row_no, headings, contract), "judul")
    absent = tuple(one.header for one in wanted if one.header not in found and one.header not in listed)
    in_order = {one.header: found[one.header] for one in wanted if one.header in found}
    return Columns(in_order, tuple(sorted(spread)), tuple(free.values()), absent)


def _months(row_no: int, headings: Iterable[Heading], contract: Contract) -> tuple[tuple[int, str], ...]:
    into = contract.by_name[contract.crosstab.into] if contract.crosstab else None
    found: dict[str, int] = {}
    for heading in headings:
        month = month_of(heading)
        if month is None:
            continue
        number, year = month
        said = str(number) if into and into.type == "integer" else month_name(number)
        said = f"{said} {year}" if year and not (into and into.type == "integer") else said
        if said in found:
            word = month_name(number) if said.isdigit() else said
            raise ContractProblem(f"Bulan {word} ada 2 kali di baris judul (baris {row_no}). Sisakan satu.", "judul")
        found[said] = heading.column
    if not found:
        raise ContractProblem(
            f"Tidak ada kolom bulan di baris judul (baris {row_no}). Tulis bulannya sebagai judul: Januari.",
            "judul",
        )
    return tuple((column, said) for said, column in found.items())


def month_of(heading: Heading) -> tuple[int, int | None] | None:
    """The month a heading names by itself or by its lower words; the year may stand above it."""
    tails = (" ".join(heading.words[start:]) for start in range(len(heading.words)))
    month = next((month for tail in tails if (month := read_month(tail)) is not None), None)
    if month is None or month[1] is not None:
        return month
    years = {int(found[1]) for word in heading.words[:-1] if (found := YEAR.fullmatch(word.strip()))}
    return (month[0], years.pop()) if len(years) == 1 else month


def _stands_between(heading: Heading) -> bool:
    words = heading.words[-1].lower().replace("-", " ").split()
    return bool(words) and words[0] in BETWEEN_MONTHS


def _missing_message(header: str, row_no: int, headings: Sequence[Heading], contract: Contract) -> str:
    present = {text: text for heading in headings for text in (heading.text, heading.words[-1])}
    present |= {BRACKET.sub("", text).strip(): text for text in present if BRACKET.search(text)}
    near = difflib.get_close_matches(header, present, n=1, cutoff=0.5)
    words = Vocabulary(contract)
    hint = f' Apakah kolom "{words.name_told(present[near[0]])}" yang dimaksud?' if near else ""
    return f'Kolom wajib "{header}" tidak ada di baris judul (baris {row_no}).{hint} Tulis judulnya persis "{header}".'
