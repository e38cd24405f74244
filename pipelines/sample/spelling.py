"""How agencies write what they know: Indonesian dates, names with variants, and the mistakes that happen."""

from __future__ import annotations

from datetime import datetime

MONTH_NAMES = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
OLD_MONTH_NAMES = {2: "Pebruari", 11: "Nopember"}
DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
CALL_KIND_TEXT = {  # an older and a newer version of the call application
    0: ("Genuine", "Permintaan informasi", "Iseng", "Tidak bicara", "Abandon"),
    1: ("Darurat", "Permintaan informasi", "Panggilan iseng", "Tanpa suara", "Putus sebelum dijawab"),
}
INCIDENT_TEXT = {
    "kebakaran": ("Kebakaran", "KEBAKARAN"),
    "kecelakaan": ("Kecelakaan Lalu Lintas", "Kecelakaan"),
    "ambulans": ("Permintaan Ambulan", "Permintaan ambulans"),
    "odgj": ("Orang dengan gangguan jiwa (ODGJ)", "Gangguan jiwa"),
    "pohon_tumbang": ("Pohon tumbang", "POHON TUMBANG"),
    "banjir": ("Banjir", "BANJIR"),
    "bencana_alam": ("Bencana alam", "Bencana Alam"),
    "evakuasi_hewan": ("Evakuasi hewan liar/buas", "Evakuasi hewan"),
    "evakuasi": ("Giat evakuasi", "Evakuasi orang"),
    "keamanan": ("Keamanan dan ketertiban masyarakat", "Kriminalitas"),
    "tiang_listrik": ("Tiang listrik rubuh", "Tiang listrik roboh"),
    "lampu_jalan": ("Lampu jalan padam", "Lampu Jalan Padam"),
    "jalan_rusak": ("Jalan rusak berat", "Jalan Rusak Berat"),
    "sampah_liar": ("Sampah liar", "Sampah Liar"),
}
STATUS_TEXT = {
    "belum_ditugaskan": "Belum ditugaskan",
    "menuju_lokasi": "Menuju lokasi",
    "ditangani": "Sedang ditangani",
    "menunggu_alat": "Menunggu alat berat",
    "dijadwalkan": "Dijadwalkan",
    "selesai": "Selesai",
}


def long_instant(moment: datetime, old_november: bool = False) -> str:
    """`20 November 2026 16.05`, or with the older spelling Nopember."""
    month = "Nopember" if old_november and moment.month == 11 else MONTH_NAMES[moment.month - 1]
    return f"{moment.day} {month} {moment.year} {moment.hour:02d}.{moment.minute:02d}"


def month_text(month: int, year: int, old: bool = False) -> str:
    """`November 2026`, or with the older spelling Nopember."""
    name = OLD_MONTH_NAMES.get(month, MONTH_NAMES[month - 1]) if old else MONTH_NAMES[month - 1]
    return f"{name} {year}"


def number_words(number: int) -> str:
    """A number below one hundred in words."""
    tens, units = divmod(number, 10)
    if number < 12:
        return (*DIGITS, "sepuluh", "sebelas")[number]
    if tens == 1:
        return f"{DIGITS[units]} belas"
    return f"{DIGITS[tens]} puluh" + (f" {DIGITS[units]}" if units else "")


def mistyped_month(text: str) -> str:
    """The month with its last letter wrong: Agustuz."""
    day, month, rest = text.split(" ", 2)
    return f"{day} {month[:-1]}z {rest}"


def mistyped_name(name: str) -> str:
    """A name with its last letter twice: Mojosarii."""
    return name + name[-1]


def fake_phone(number: int) -> str:
    """A number nobody can dial."""
    return f"0800-CONTOH-{number:04d}"
