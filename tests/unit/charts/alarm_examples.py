"""Boards of alarms a wall may be told: one critical, answered ones, a flood, a silent watch, overlong names."""

from __future__ import annotations

from dataclasses import replace

from warehouse.alarms.lines import AlarmBoard, AlarmLine

SURGE = AlarmLine(
    "kritis", "kritis", "baru", "Panggilan 112 melonjak", "BPBD", "19 panggilan jam 10, biasa 5–15",
    "belum ditanggapi 6 menit",
    "Tanyakan ruang 112 apa yang dilaporkan, tambah penerima panggilan, dan kirim tim bila satu kejadian penyebabnya",
    "smart_living.panggilan_112", True,
)  # fmt: skip
OLD_TICKETS = AlarmLine(
    "tinggi", "perlu tindakan", "ditanggapi", "Tiket 112 terbuka terlalu lama: 2 OPD", "DPUPR, DLH", "",
    "ditanggapi 08.12",
    "Hubungi OPD pemegang tiket, mulai dari yang tertua; minta ditangani, dialihkan atau ditutup dengan keterangan",
    "smart_living.tiket_terbuka", True, 2,
)  # fmt: skip
LATE_DATA = AlarmLine(
    "rendah", "data", "baru", "Data terlambat: capaian sampah", "DLH", "terlambat 11 hari", "belum ditanggapi 11 hari",
    "Buka disiplin_data untuk melihat kiriman terakhir dan temuannya, lalu hubungi pengirim",
    "data.ketepatan_waktu", False,
)  # fmt: skip
RECOVERED = replace(
    OLD_TICKETS, priority="tinggi", state="pulih", title="Udara tidak sehat: Mojosari", owner="DLH",
    detail="Tidak Sehat · PM2,5", told="pulih 15.40, belum dilihat", indicator_id="smart_environment.ispu", count=1,
)  # fmt: skip
SHELVED = replace(
    OLD_TICKETS, priority="sedang", state="ditunda", title="Respons kebakaran melewati batas", owner="SATPOLPP",
    told="ditunda sampai 18.00", indicator_id="smart_living.respons_kebakaran", count=1,
)  # fmt: skip
WORKING = AlarmBoard(
    (SURGE, OLD_TICKETS, LATE_DATA), (RECOVERED, SHELVED), 6, 3, day_count=4, old_count=2, chattering_count=1
)
QUIET = AlarmBoard(day_count=2)
ANSWERED = AlarmBoard((OLD_TICKETS,), (), 2, 0, day_count=2)
SILENT = AlarmBoard(unwatched="Peringatan tidak dinilai sejak 14.05")
LATE = AlarmBoard((LATE_DATA, replace(LATE_DATA, title="Data terlambat: 7 kiriman", count=7)), (), 8, 8, 3, 5)
FLOOD = AlarmBoard(
    (SURGE, *(replace(OLD_TICKETS, state="baru", told=f"12 dari 13 belum ditanggapi, terlama {n} menit", count=13)
              for n in range(1, 4)), replace(LATE_DATA, title="Peringatan lainnya: 9 hal", count=9)),
    (SHELVED,), 54, 51, day_count=61,
)  # fmt: skip


def long_board(word: str) -> AlarmBoard:
    """Every text of it too long for any tile."""
    lines = tuple(
        replace(line, title=word + line.title * 3, owner=word * 3, detail=word * 4, told=line.told + word * 2,
                response=(word + ", ") * 6)
        for line in FLOOD.lines
    )  # fmt: skip
    return replace(FLOOD, lines=lines)
