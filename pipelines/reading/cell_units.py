"""Which units the cells of a column may name beside their numbers: its own, and of no other kind than its own."""

from __future__ import annotations

import re
import unicodedata

from pipelines.contracts.contract import FieldRule

MONEY = re.compile(r"\b(rp|idr|rupiah)\b", re.IGNORECASE)
SHARE = re.compile(r"%|persen", re.IGNORECASE)
MEASURE = re.compile(  # of a kind in which there are others: 12 kg are no 12 tons
    r"[mkdc]?(g|l|m|w|wh|j|pa|b)[23]?|gr|gram|ton|kwintal|kuintal|kw|ku|ons|lt|ltr|liter|hm|dam|ha|hektar|hektare|are"
    r"|lusin|kodi|gros|rim|detik|menit|jam|hari|minggu|bulan|tahun|usd|us\$|\$|eur|€|°?[cfk]|derajat|mil|inci|inch|volt|watt|ampere"
)
MAGNITUDES = {  # by words: the thousands they stand for
    "rb": 1, "ribu": 1, "ribuan": 1, "k": 1, "jt": 2, "juta": 2, "jutaan": 2, "m": 3, "miliar": 3, "milyar": 3,
    "mlr": 3, "t": 4, "triliun": 4,
}  # fmt: skip


def may_say(field: FieldRule, unit: re.Pattern[str]) -> bool:
    """Whether its cells may name such a unit: one of something else is no number of this column."""
    own = field.unit or ("%" if field.type == "percent" else "")
    return not own or bool(unit.search(own)) or (unit is SHARE and field.type == "percent")


def is_scaled_money(field: FieldRule) -> bool:
    """Whether its numbers are thousands of rupiah or more: "Rp 5.000" in it may be meant either way."""
    words = re.sub(r"[()\[\],]", " ", field.unit or "")
    is_money = MONEY.search(words) is not None and "per" not in words.lower().split()
    return field.type in ("integer", "number") and is_money and magnitude_of(words)[0] > 0


def is_full_rupiah(field: FieldRule) -> bool:
    """Whether it counts single rupiah, of which there are no thousandths."""
    return field.type == "number" and MONEY.fullmatch((field.unit or "").strip(" .")) is not None


def may_be_beside(words: str, field: FieldRule) -> bool:
    """Whether these words, and no others, may stand beside its numbers."""
    said = _spelled(words)
    if not said or (field.unit and said == _spelled(field.unit)):
        return True
    if MONEY.fullmatch(said) and is_scaled_money(field):
        return False
    return any(unit.fullmatch(said) is not None and may_say(field, unit) for unit in (MONEY, SHARE))


def only_counts(words: str, field: FieldRule) -> bool:
    """Whether words beside the numbers of a column without a unit say what is counted, and no measure or scale."""
    parts = re.split(r"[\s/.]+", unicodedata.normalize("NFKC", words).lower())
    known = (MEASURE, MONEY, SHARE)
    return (
        bool(words and words[0].isalpha())
        and not field.unit
        and field.type in ("integer", "number")
        and not re.search(r"[(\[]", field.from_)
        and not any(part in MAGNITUDES or any(one.fullmatch(part) for one in known) for part in parts if part)
    )


def magnitude_of(words: str) -> tuple[int, str]:
    """The thousands that a word such as "juta" stands for, 0 for none, and the words without it."""
    told = [word for word in words.split() if word.lower().strip(".") in MAGNITUDES]
    if len(told) != 1:
        return 0, words
    return MAGNITUDES[told[0].lower().strip(".")], " ".join(word for word in words.split() if word not in told)


def _spelled(words: str) -> str:
    """Without blanks, points and capitals; m\u00b3 as m3."""
    return re.sub(r"[\s.]+", "", unicodedata.normalize("NFKC", words)).lower()
