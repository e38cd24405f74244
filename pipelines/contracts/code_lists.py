"""Reads a code list that lies beside a contract: a CSV with the columns code, name and, if wanted, aliases.

Refuses a spelling that means two codes: nothing is matched by guess.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from pipelines.contracts.problems import ContractProblem
from pipelines.judging.reference import alias_key
from warehouse.schema import ref_alias

ALIASES_APART = "|"
PLACES = (  # how kinds of places are written before a name, each with its short forms
    ("kecamatan", "kec"), ("desa", "ds", "kelurahan", "kel"), ("kabupaten", "kab"), ("kota",),
    ("provinsi", "propinsi", "prov"),
)  # fmt: skip
EXAMPLE = "code,name,aliases\nST01,Stasiun Kota,Sta. Kota|Kota"


@dataclass(frozen=True)
class ListedCode:
    """One code and how it may be spelled."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.code, self.name, *self.aliases)


def is_own_list(ref: str) -> bool:
    """Whether a contract names a file instead of an installed code list."""
    return ref.lower().endswith(".csv")


def own_reference(source_id: str, ref: str) -> str:
    """How the list of one source is called among all code lists."""
    return f"{source_id}/{ref}"


def read_code_list(folder: Path, ref: str) -> tuple[ListedCode, ...]:
    """The codes of a list beside the contract. Raises ContractProblem with the line to mend."""
    path = folder / ref
    if Path(ref).name != ref or not path.is_file():
        raise ContractProblem(f"Daftar kode {ref} tidak ada di samping kontrak. Isinya seperti:\n{EXAMPLE}", "kontrak")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContractProblem(
            f"Daftar kode {ref} bukan teks UTF-8. Simpan ulang sebagai CSV UTF-8.", "kontrak"
        ) from error
    lines = text.splitlines()
    delimiter = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    rows = csv.DictReader(lines, delimiter=delimiter)
    if not {"code", "name"} <= set(rows.fieldnames or ()):
        raise ContractProblem(f"Daftar kode {ref} wajib punya kolom code dan name, seperti:\n{EXAMPLE}", "kontrak")
    found: list[ListedCode] = []
    meant: dict[str, str] = {}
    for row in rows:
        code, name = (row["code"] or "").strip(), (row["name"] or "").strip()
        aliases = tuple(word.strip() for word in (row.get("aliases") or "").split(ALIASES_APART) if word.strip())
        listed = ListedCode(code, name, aliases)
        for spelling in listed.spellings:
            key = alias_key(spelling)
            if not code or not key or meant.setdefault(key, code) != code:
                raise ContractProblem(
                    f'Daftar kode {ref} baris {rows.line_num}: "{spelling}" kosong atau sudah berarti '
                    f"{meant.get(key, 'kode lain')}. Tiap tulisan hanya boleh berarti satu kode.",
                    "kontrak",
                )
        found.append(listed)
    return tuple(found)


def with_places(codes: Sequence[ListedCode], headers: str) -> tuple[ListedCode, ...]:
    """The same list, its names also spelled with what is put before names of places of the kind the headers say.

    "Kec. Puri" is Puri in a column of kecamatan, never in one of villages; "Malang" names neither Kabupaten Malang
    nor Kota Malang where a column holds both kinds. A spelling that would mean two codes is none.
    """
    words = set(re.findall("[a-z]+", headers.lower()))
    kinds = [kind for kind in PLACES if words & set(kind)]
    more = [
        (listed, {spelled for word in (listed.name, *listed.aliases) for spelled in _spelled(word.lower(), kinds)})
        for listed in codes
    ]
    meant: dict[str, set[str]] = {}
    for listed, spellings in more:
        for spelling in (*listed.spellings, *spellings):
            meant.setdefault(alias_key(spelling), set()).add(listed.code)
    return tuple(
        ListedCode(
            listed.code,
            listed.name,
            (*listed.aliases, *sorted(word for word in spellings if len(meant[alias_key(word)]) == 1)),
        )
        for listed, spellings in more
    )


def _spelled(word: str, said: Sequence[tuple[str, ...]]) -> set[str]:
    """`said`: the kinds of places the headers name; of one only, a name may stand with what is put before, or alone."""
    found: set[str] = set()
    for kind in PLACES:
        led = re.match(rf"(?:{'|'.join(kind)})[. ]+(.+)", word)
        is_only = list(said) == [kind]
        if led or is_only:
            found |= {f"{before} {led[1] if led else word}" for before in kind}
        if led and is_only:
            found.add(led[1])
    return found


def load_code_lists(connection: sa.Connection, lists: Mapping[str, tuple[ListedCode, ...]]) -> None:
    """Put the lists of one contract, by reference, among the spellings that cells are matched with."""
    for reference, codes in lists.items():
        keys = {alias_key(spelling): listed.code for listed in codes for spelling in listed.spellings}
        connection.execute(sa.delete(ref_alias).where(ref_alias.c.reference == reference))
        rows: Sequence[dict[str, str]] = [
            {"reference": reference, "scope": "", "alias_key": key, "code": code} for key, code in sorted(keys.items())
        ]
        if rows:
            connection.execute(ref_alias.insert(), rows)
