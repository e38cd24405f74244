"""People who do not exist, how each may be written, and how a text is searched for them.

A canary is found however it is written: digits are read through every separator, words by their letters alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from warehouse.personal import fold

FIRST = ("Suwandri", "Warsintan", "Pramudhi", "Handaru", "Rusmintar", "Trisnadhi", "Wulandha", "Yulistar", "Kusnadhi",
         "Endrawi")  # fmt: skip
MIDDLE = ("yanti", "hardja", "ningtya", "sukma", "wignya", "prabha", "gantari", "lukita", "dinatra", "sutresna")
LAST = ("Kartalegawa", "Mangunsudira", "Wiryodigda", "Sastraprawira", "Natakusumah", "Purbawisesa", "Tirtadinatha",
        "Ranggawuni", "Jayengrana", "Suryaningprang")  # fmt: skip
STREETS = ("Kenariwungu", "Cempakawidara", "Anggrekwulan", "Flamboyanggi", "Nusaindahwati")
AREAS = ("S", "L", "W", "AG", "N")  # plates of East Java
SEPARATORS = r"[^\w\n|;,\"']{1,3}|_"
NUMBER_LENGTHS = (9, 11, 16, 18)
PLATE = re.compile(r"(?<![a-z0-9])([a-z]{1,2})[ ._-]{0,2}(\d{3,4})[ ._-]{0,2}([a-z]{1,3})(?![a-z0-9])")


@dataclass(frozen=True)
class Person:
    """One canary; every part is theirs alone."""

    number: int
    name: str
    mobile: str  # without the 0
    desk: str  # behind the area code
    nik: str
    nip: str
    mail: str
    plate: tuple[str, str, str]
    street: str

    @property
    def words(self) -> set[str]:
        return {*self.name.lower().split(), self.mail.split("@")[0], self.street.lower()}

    @property
    def numbers(self) -> set[str]:
        return {self.mobile, f"321{self.desk}", self.nik, self.nip}


def people(count: int) -> list[Person]:
    """At most 300."""
    return [_person(number, _name(number)) for number in range(count)]


def _name(number: int) -> str:
    first, middle, last = FIRST[number % 10], MIDDLE[number // 10 % 10], LAST[number % 10]
    more = ("", "tama", "loka")[number // 100]
    return f"{first}{middle}{more} {last}{middle[:4]}{more}"


def _person(number: int, name: str) -> Person:
    day, month, year = number % 28 + 1, number % 12 + 1, 60 + number % 39
    return Person(
        number,
        name,
        f"8{1 + number % 9}{2 + number % 7}{31_000_007 + number * 104_729}",
        f"{412_003 + number * 1_009}",
        f"3516{number % 18 + 1:02d}{day + 40 * (number % 2):02d}{month:02d}{year}{number + 1:04d}",
        f"19{year}{month:02d}{day:02d}20{5 + number % 15:02d}{month:02d}{number % 2 + 1}{number + 1:03d}",
        f"kenari{number}{name[:5].lower()}@contoh.example",
        # 1000 to 1899: a year between two letters, and units such as KM, are read as what they are
        (AREAS[number % 5], str(1000 + number * 4), "BCFGJNPQRSVXYZ"[number % 14] + "QXVZ"[number % 4]),
        f"{STREETS[number % 5]}{MIDDLE[number // 5 % 10]}{number // 50 or ''}",
    )


def _mobile(pattern: str) -> Callable[[Person], str]:
    """`pattern` with the number's groups: 812, 3456, 7890."""
    return lambda person: pattern.format(person.mobile[:3], person.mobile[3:7], person.mobile[7:])


def _one_by_one(person: Person) -> str:
    return "\u00a0".join(f"0{person.mobile}")


def _wide(person: Person) -> str:
    digits = "".join(chr(ord(sign) + 0xFEE0) for sign in f"0{person.mobile}")
    return f"{digits[:4]}\u200b{digits[4:8]}\u2011{digits[8:]}"


PHONES: dict[str, Callable[[Person], str]] = {
    "0812": _mobile("0{}{}{}"),
    "+62 812-": _mobile("+62 {}-{}-{}"),
    "62812": _mobile("62{}{}{}"),
    "(0812)": _mobile("(0{}) {}-{}"),
    "0812.": _mobile("0{}.{}.{}"),
    "0812 3456": _mobile("0{} {} {}"),
    "+62-812": _mobile("+62-{}-{}-{}"),
    "0 8 1 2": _one_by_one,
}
NATIVE = "tanpa 0"  # a workbook made a number of it: in a column of amounts it is one
NUMBERS: dict[str, Callable[[Person], str]] = PHONES | {
    "lebar": _wide,
    NATIVE: lambda person: person.mobile,
    "kantor": lambda person: f"(0321) {person.desk}",
    "nik": lambda person: person.nik,
    "nik spasi": lambda person: f"{person.nik[:6]} {person.nik[6:12]} {person.nik[12:]}",
    "nik titik": lambda person: ".".join((person.nik[:4], person.nik[4:8], person.nik[8:12], person.nik[12:])),
    "nip": lambda person: f"{person.nip[:8]} {person.nip[8:14]} {person.nip[14]} {person.nip[15:]}",
    "surel": lambda person: person.mail,
    "pelat": lambda person: " ".join(person.plate),
}
HOUSE = "alamat"  # public where a work lies, so it stays in the name of a work
NAME, SEVERAL = "nama", "beberapa"  # a plain name can be told from other words only where words are known
WRITTEN: dict[str, Callable[[Person], str]] = NUMBERS | {
    "sapaan": lambda person: f"Bpk. {person.name}",
    HOUSE: lambda person: f"Jl. {person.street} No {person.number % 90 + 1} RT 02/RW 01",
    NAME: lambda person: person.name,
    SEVERAL: lambda person: f"{person.name} / 0{person.mobile}; {person.name.upper()} NIK {person.nik}",
}


@dataclass
class Search:
    """Everything that would be a hit, and what was found where."""

    everyone: list[Person]

    def __post_init__(self) -> None:
        self.words = {word for person in self.everyone for word in person.words}
        self.numbers = {number for person in self.everyone for number in person.numbers}
        self.plates = {"".join(person.plate).lower() for person in self.everyone}
        self.looked_at = 0

    def hits(self, text: str) -> set[str]:
        self.looked_at += len(text)
        plain = fold(text).lower()
        # Lower case joins "Ａ" to "a"; words that the file name or an address glued together are taken apart too.
        found = {word for word in re.findall(r"[a-z0-9]+", plain) if word in self.words}
        digits = re.sub(rf"(?<=\d)(?:{SEPARATORS})(?=\d)", "", plain)
        for run in re.findall(r"\d{9,}", digits):
            found |= {piece for piece in _pieces(run) if piece in self.numbers}
        return found | {plate for plate in map("".join, PLATE.findall(plain)) if plate in self.plates}

    def hits_in(self, texts: Iterable[object]) -> set[str]:
        return {hit for text in texts for hit in self.hits(str(text))}


def _pieces(run: str) -> Iterator[str]:
    for length in NUMBER_LENGTHS:
        yield from (run[start : start + length] for start in range(len(run) - length + 1))
