"""What personal data looks like in text, and how it is covered before anybody sees the text again.

One list for Python and for DuckDB: each pattern is read the same way by `re` (ASCII) and by RE2, so none looks around
itself, and group 1 is what precedes the find and stays. What only a reader can know is not guessed at: a plain name.
"""

from __future__ import annotations

import re

COVER = "[disamarkan]"
KEPT = "\x03"  # set into words that only look personal, while the patterns look

# Digits, blanks, hyphens and points as people paste them become plain ones; what has no width is dropped.
_WIDE = [chr(code) for code in range(0xFF01, 0xFF5F)]
_DIGITS = [chr(zero + value) for zero in (0x0660, 0x06F0, 0x0966, 0xA9D0) for value in range(10)]
_BLANKS = [*"\u00a0\u1680\u202f\u205f\u3000", *map(chr, range(0x2000, 0x200B))]
_HYPHENS = list("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63")
_POINTS = list("\u00b7\u2022\u2024\u2027\u2219\u22c5\u30fb")
_WIDTHLESS = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062"
_WIDTHLESS += "\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
FOLDED = "".join([*_WIDE, *_DIGITS, *_BLANKS, *_HYPHENS, *_POINTS, _WIDTHLESS])
FOLDS_TO = "".join(chr(ord(sign) - 0xFEE0) for sign in _WIDE) + "0123456789" * 4
FOLDS_TO += " " * len(_BLANKS) + "-" * len(_HYPHENS) + "." * len(_POINTS)  # shorter than FOLDED: the rest is dropped
_FOLDING = str.maketrans(dict(zip(FOLDED, FOLDS_TO + "\0" * len(_WIDTHLESS), strict=True)) | dict.fromkeys(_WIDTHLESS))

_SEP = r"[ \t\r\n._()-]{1,3}"
_MAYBE = r"[ \t\r\n._()-]{0,3}"
_GAP = "[ ._-]{1,2}"
_FREE = r"(^|[^0-9.]|[^0-9]\.)"  # before a number: never the inside of a longer code or of a decimal number
_APART = r"(^|[^0-9A-Za-z])"
_END = r"(?:\b|[A-Za-z_])"  # nothing can be looked ahead at: a letter glued to the number goes with it
_CAPITAL = "A-Z\u00c0-\u00dd"
_LETTER = "A-Za-z\u00c0-\ufffd"


def _any(*patterns: str) -> str:
    return f"(?:{'|'.join(patterns)})"


# From the 8 on: in one piece, in groups, in pairs, digit by digit.
_MOBILE = _any(
    r"8[1-9]\d{7,10}",
    rf"8[1-9]\d{{0,2}}{_SEP}\d{{4}}{_SEP}\d{{2,5}}",
    rf"8[1-9]\d{{0,2}}{_SEP}\d{{3}}{_SEP}\d{{3,5}}(?:{_SEP}[1-9]\d{{1,2}}\b)?",
    rf"8[1-9]\d{{0,2}}{_SEP}\d{{5,9}}",
    rf"8[1-9]\d{{3,7}}{_SEP}\d{{2,6}}",
    r"8 [1-9]\d(?: \d\d){3,4}",
    r"8-[1-9]\d(?:-\d\d){3,4}",
    rf"8{_GAP}[1-9](?:{_GAP}\d){{7,}}",
)
_PHONE = _any(
    _any(
        rf"\(?(?:\+|00) ?6 ?2{_MAYBE}0?{_MAYBE}",
        r"\(?62[ \t\r\n_()-]{0,3}0?[ )-]{0,2}",  # without + never a point: 62.812.345.678 is money,
        r"\(?0[ )-]{0,2}",
    )
    + _MOBILE,
    r"62\.8[1-9]\d{1,2}\.\d{4}\.\d{2,5}",  # but not in fours
    rf"0{_GAP}8{_GAP}[1-9](?:{_GAP}\d){{7,}}",
    r"\+62[ .-]?[2-7]\d{1,2}[ )-]{1,2}\d{5,8}",
    r"\(0[2-9]\d{1,2}\)[ ._-]{0,2}\d{3,4}[ ._-]?\d{2,5}",
    rf"0[2-79]\d{{1,2}}[ _-]{{1,2}}(?:\d{{6,8}}|\d{{3,4}}[ _-]\d{{3,4}}){_END}",
)
_PROVINCE = "(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])"  # a NIK begins with the code of one
_DAY = "(?:0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])"  # then comes a day of birth; a code of a block has 00
_NIK = _any(
    rf"{_PROVINCE}\d{{4}}{_DAY}\d{{8}}{_END}",
    rf"{_PROVINCE}\d\d{_GAP}\d\d{_DAY}(?:{_GAP}\d{{4}}){{2}}{_END}",
    rf"{_PROVINCE}\d{{4}}{_GAP}{_DAY}\d{{4}}{_GAP}\d{{4}}{_END}",
    rf"{_PROVINCE}(?:{_GAP}\d\d){{2}}{_GAP}{_DAY}\d{{4}}{_GAP}\d{{4}}{_END}",
    rf"{_PROVINCE}(?:{_GAP}\d\d){{2}}{_GAP}{_DAY}(?:{_GAP}\d\d){{4}}{_END}",
    rf"[1-9](?:{_GAP}\d){{15}}{_END}",
)
_NIP = rf"(?:19|20)\d{{6}}{_MAYBE}(?:19|20)\d{{4}}{_MAYBE}[12]{_MAYBE}\d{{3}}{_END}"
_CALLED_NUMBER = r"(?i:nik|nip|nrp|npwp|ktp|no\.? ?kk)[ .:]{1,3}\d[\d .-]{6,23}\d"
_MAIL = r"(^|[ \t\r\n,;:<>()\"'@])[^ \t\r\n,;:<>()\"'@]+ ?@ ?(?:[0-9A-Za-z-]{1,63}\.){1,5}[A-Za-z]{2,24}"
_AREA = "(?:A[ABDEG]?|B[ABDEGHKLMNP]?|D[ABCDEGHKLMNRSTW]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[ABG]?|R|S|T|W|Z)"
_PLATE = _any(
    rf"(?i:{_AREA})[ ._-]{{1,2}}\d{{3,4}}[ ._-]{{0,2}}[A-Za-z]{{1,3}}(?:\b|_)",
    rf"{_AREA}\d{{4}}[ ._-]{{0,2}}[A-Z]{{2,3}}(?:\b|_)",
    rf"(?i:nopol|no\.? ?pol|plat)[ .:]{{1,3}}(?i:{_AREA})[ .-]{{0,2}}\d{{1,4}}[ .-]{{0,2}}[A-Za-z]{{0,3}}\b",
)
# Behind a letter and a number these are units and words, not the end of a plate: "P 350 M", "TAHAP B 2026 DI".
_NOT_PLATES = (
    "m|m2|m3|cm|mm|km|dm|ha|are|kg|kw|kwh|kva|va|gr|ton|ltr|lt|ml|pcs|bh|set|ls|pkt|ttk|lbr|rim|dus|zak|org|kk|jam|hr|"
    "bln|th|thn|ta|rb|jt|di|ke|dan|dr|dg|dgn|yg|utk|sd|smp|sma|smk|mi|mts|ma|tk|rt|rw|dsn|ds|kec|kab|kel|jl|jln|gg|no|"
    "pt|cv|ud|dak|dau|dbh|dd|add|opd|upt|ac|led|pvc|hp|pk|hz"
)
_NAME = rf"[{_CAPITAL}][{_LETTER}'`.]*"
_NAMED = _any(
    r"(?i:bpk|bapak|ibu|pak|bu|sdri?|saudar[ai]|tuan|nyonya|nona|almarhumah|almarhum|alm)\.?[ /]{1,2}"
    rf"[{_LETTER}][{_LETTER}'`.]+(?: {_NAME}){{0,3}}",
    r"(?i:atas nama|a\.n\.?|a/n|bernama|nama(?: lengkap)? ?:|pelapor ?:|penelepon ?:|pemilik ?:|pic ?:|cp ?:|kontak ?:|"
    rf"hubungi|penanggung jawab ?:)[ :]{{0,2}}{_NAME}(?: {_NAME}){{0,3}}",
    rf"(?i:bp|tn|ny|nn)\. ?{_NAME}(?: {_NAME}){{0,3}}",
)
_TITLED = rf"(?:[Hh]j|H|Drs|Dra|Ir|KH|Dr|dr|drg|Prof)\. ?{_NAME}(?: {_NAME}){{0,3}}"  # streets are named so too
# Mothers, children and whoever follows without a name are nobody in particular.
_NOBODY = (
    "hamil|kota|dan|rumah|menyusui|nifas|bersalin|melahirkan|pkk|balita|bayi|anak|guru|kader|kandung|asuh|muda|tangga|"
    "negara|bekerja|pekerja|tunggal|menurut|meninggal|usia|tahun|per|ibu|bapak|remaja|lansia|"
    "serta|yang|atau|di|ke|dari|untuk|dengan|sebagai|pada|ini|itu|tidak|belum|sudah|akan|masih|juga|oleh|kepala|jari|pertiwi"
)
_HOUSE = (
    r"(?:[A-Za-z][ -]?)?\d{1,4}[A-Za-z]?\b(?:[ ,./-]{0,3}(?i:rt|rw|no|nomor|blok)[ .:]{0,2}\d{1,4}[A-Za-z]?\b){0,4}"
)
_ADDRESS = _any(
    r"(?i:jl|jln|jalan|gg|gang|dsn|dusun|lingkungan|perum|perumahan|komplek|kampung|ds|desa)\b\.?"
    r"[ 0-9A-Za-z.,/'()-]{1,60}?"
    rf"\b(?i:no|nomor|rt|rw|blok)\b[ .:]{{0,2}}{_HOUSE}",
    rf"(?i:jl|jln|gg|gang)\b\.? {_NAME}(?: {_NAME}){{0,3}},? \d{{1,3}}[A-Za-z]?\b",
    r"(?i:rt)[ .:]{0,2}\d{1,3}[ ,./-]{0,3}(?i:rw)[ .:]{0,2}\d{1,3}",
)

_WITHOUT_ZERO = rf"{_FREE}8[1-9]\d{{8,10}}{_END}"  # between words; an amount is written with points
WHOLE_CELL = r"8[1-9]\d{7,10}"  # a mobile number of which a workbook took the 0; only where it stands alone

_STREET = r"(?:jl|jln|jalan|gg|gang|rs|rumah sakit)\b\.? "
SHIELDS = (
    rf"(?i)\b([a-z]{{1,2}}[ ._-]{{0,2}}\d{{3,4}})([ ._-]{{0,2}}(?:{_NOT_PLATES})\b)",
    rf"(?i)\b(ibu|bapak|bpk|bu|pak|tuan|nyonya|saudar[ai])([ /]{{1,2}}(?:{_NOBODY})\b)",
    rf"(?i)\b({_STREET}(?:ibu|bapak|pak|bu|tuan|nyonya))( )",
)
NUMBERS = (_MAIL, _FREE + _any(_PHONE, _NIK, _NIP), _APART + _CALLED_NUMBER, _APART + _PLATE)
IN_CODES = (*NUMBERS, _APART + _ADDRESS)
IN_TITLES = (*NUMBERS, _WITHOUT_ZERO, _APART + _NAMED)
EVERYTHING = (*NUMBERS, _WITHOUT_ZERO, _APART + _ADDRESS, _APART + _NAMED, _APART + _TITLED)


def fold(text: str) -> str:
    """The text with plain digits, blanks, hyphens and points, without signs of no width."""
    return text.translate(_FOLDING)


def cover(text: str) -> str:
    """Free text with everything that looks personal covered: numbers, names behind a title, the address of a house."""
    return _cover(text, EVERYTHING)


def cover_title(text: str) -> str:
    """The name of a work, a place or a file: as `cover`, but streets and places stay, they are what it is about."""
    return _cover(text, IN_TITLES)


def _cover(text: str, patterns: tuple[str, ...]) -> str:
    plain = fold(text)
    kept = plain
    for shield in SHIELDS:
        kept = re.sub(shield, rf"\1{KEPT}\2", kept, flags=re.ASCII)
    covered = kept
    for pattern in patterns:
        covered = re.sub(pattern, rf"\1{COVER}", covered, flags=re.ASCII)
    return text if covered == kept else covered.replace(KEPT, "")
