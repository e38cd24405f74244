"""Days, months and hours in every spelling and order."""

from __future__ import annotations

from datetime import date, datetime, time

from tests.corpus.values.columns import HEADER, Bad, column

BAD, MIXED, FUTURE = Bad("tanggal"), Bad("tanggal_campur"), Bad("masa_depan")
SWAPPED = Bad("tanggal_tertukar")
ORDER = ("gaya_tanggal", 3, HEADER, "bulan sebelum hari")
SERIAL = ("tanggal_serial", 2, HEADER, "46239")
DMY = 'date, format: "%d/%m/%Y"'

CASES = (
    column(
        "spellings of a day",
        "date",
        [
            # indonesian spellings
            ("21 November 2026", "2026-11-21"),
            ("21 Nopember 2026", "2026-11-21"),
            ("1 Peb 2026", "2026-02-01"),
            ("1 Pebruari 2026", "2026-02-01"),
            ("17 Agt 2026", "2026-08-17"),
            ("17 Ags 2026", "2026-08-17"),
            ("17 Agust 2026", "2026-08-17"),
            ("5 Des 2026", "2026-12-05"),
            ("5 Okt 2026", "2026-10-05"),
            ("1 Mei 2026", "2026-05-01"),
            ("2 Djuni 2026", BAD),
            ("3 Jul 2026", "2026-07-03"),
            ("9 Mrt 2026", "2026-03-09"),
            # english spellings
            ("21 October 2026", "2026-10-21"),
            ("May 5, 2026", "2026-05-05"),
            ("Aug 17 2026", "2026-08-17"),
            ("21-Oct-2026", "2026-10-21"),
            ("21 Dec 2026", "2026-12-21"),
            ("3 March 2026", "2026-03-03"),
            # weekdays
            ("Sabtu, 21 Nov 2026", "2026-11-21"),
            ("Jumat 20 November 2026", "2026-11-20"),
            ("Jum'at, 20 November 2026", "2026-11-20"),
            ("Minggu, 22-11-2026", "2026-11-22"),
            # another day of the week: the date is read, and it is told
            ("Senin, 21 Nov 2026", "2026-11-21"),
            ("Sabtu, 21 Nov 2026", "2026-11-21"),
            # separators
            ("21/11/2026", "2026-11-21"),
            ("21-11-2026", "2026-11-21"),
            ("21.11.2026", "2026-11-21"),
            ("21 11 2026", "2026-11-21"),
            ("2026-11-21", "2026-11-21"),
            ("2026/11/21", "2026-11-21"),
            ("20261121", "2026-11-21"),
            ("1/2/2026", "2026-02-01"),
            ("2026.11.20", "2026-11-20"),
            # two digits of the year
            ("21-11-26", "2026-11-21"),
            ("21/11/26", "2026-11-21"),
            ("21 Nov 26", "2026-11-21"),
            ("01/02/03", "2003-02-01"),
            # old two digits of the year
            ("21/11/98", "1998-11-21"),
            ("21/11/26", "2026-11-21"),
            # impossible days
            ("31/02/2026", BAD),
            ("30 Februari 2026", BAD),
            ("32/01/2026", BAD),
            ("00/01/2026", BAD),
            ("29/02/2025", BAD),
            ("29/02/2024", "2024-02-29"),
            ("31-11-2026", BAD),
            ("2026-13-01", BAD),
            ("20261301", BAD),
            # not days
            ("kemarin", BAD),
            ("November 2026", BAD),
            ("2026", BAD),
            ("21/11", BAD),
            ("21 2026", BAD),
            ("21/11/2026 s.d. 23/11/2026", BAD),
            ("21-23 November 2026", BAD),
            ("21/11/2026, 22/11/2026", BAD),
            ("akhir 2026", BAD),
            ("21//11/2026", BAD),
            ("21/11/20266", BAD),
            ("21/11/026", BAD),
            # missing days
            ("-", None),
            ("", None),
            ("n/a", None),
            ("21/11/2026", "2026-11-21"),
            # zero dates of databases
            ("0000-00-00", BAD),
            ("00/00/0000", BAD),
            ("1900-01-00", BAD),
            ("21/11/2026", "2026-11-21"),
            # nihil is no day
            ("nihil", BAD),
            ("21/11/2026", "2026-11-21"),
            # days with hours
            ("21/11/2026 14:05", "2026-11-21"),
            ("2026-11-21 00:00:00", "2026-11-21"),
            ("2026-11-21T14:05:00", "2026-11-21"),
            ("21 November 2026 pukul 14.05 WIB", "2026-11-21"),
        ],
        told=[("hari", 25, HEADER, "1 tanggal")],
    ),
    column("nothing proven, day first", "date", [("01/02/2026", "2026-02-01"), ("03/04/2026", "2026-04-03")]),
    column(
        "month first proven",
        "date",
        [("01/02/2026", "2026-01-02"), ("12/25/2026", "2026-12-25"), ("11/30/2026", "2026-11-30")],
        told=[ORDER],
    ),
    column(
        "both orders",
        "date",
        [
            ("01/02/2026", MIXED),
            ("12/25/2026", MIXED),
            ("25/12/2026", MIXED),
            ("2026-05-05", "2026-05-05"),
            ("6 Mei 2026", "2026-05-06"),
        ],
    ),
    column("day first proven", "date", [("01/02/2026", "2026-02-01"), ("25/12/2026", "2026-12-25")]),
    column(
        "format agreed, other order proven", DMY, [("01/02/2026", MIXED), ("12/25/2026", MIXED), ("25/12/2026", MIXED)]
    ),
    column(
        "format agreed, other spellings",
        DMY,
        [
            ("01/02/2026", "2026-02-01"),
            ("2026-11-21", "2026-11-21"),
            ("21 November 2026", "2026-11-21"),
            ("1-2-2026", "2026-02-01"),
            ("1/2/2026", "2026-02-01"),
        ],
        told=[("gaya_tanggal", 3, HEADER, ""), ("gaya_tanggal", 4, HEADER, ""), ("gaya_tanggal", 5, HEADER, "")],
    ),
    column(
        "format month first", 'date, format: "%m/%d/%Y"', [("01/02/2026", "2026-01-02"), ("12/25/2026", "2026-12-25")]
    ),
    column(
        "format of two digits of the year",
        'date, format: "%d-%m-%y"',
        [("01-02-26", "2026-02-01"), ("25-12-26", "2026-12-25")],
    ),
    column("serials as text", "date", [("46347", "2026-11-21"), ("46348", "2026-11-22")], told=[SERIAL]),
    column(
        "serials of a workbook",
        "date",
        [(46347, "2026-11-21"), (46347.5, "2026-11-21"), ((46348, "dd/mm/yyyy"), "2026-11-22")],
        book=True,
        told=[SERIAL],
    ),
    column(
        "numbers that are no serials",
        "date",
        [(5, BAD), (2026, BAD), (20261121, "2026-11-21"), (date(2026, 11, 22), "2026-11-22")],
        book=True,
    ),
    column(
        "native days",
        "date",
        [
            (date(2026, 11, 21), "2026-11-21"),
            (datetime(2026, 11, 21, 14, 5), "2026-11-21"),
            ("22/11/2026", "2026-11-22"),
            ("23 Nov 2026", "2026-11-23"),
        ],
        book=True,
    ),
    column(
        "native days swapped by a workbook",
        "date",
        [
            (date(2026, 1, 10), SWAPPED),
            (date(2026, 2, 10), SWAPPED),
            (date(2026, 3, 10), SWAPPED),
            ("13/10/2026", "2026-10-13"),
            ("14/10/2026", "2026-10-14"),
        ],
        book=True,
    ),
    column(
        "native days beside text readable two ways",
        "date",
        [
            (date(2026, 1, 10), "2026-01-10"),
            (date(2026, 1, 25), "2026-01-25"),
            ("13/10/2026", "2026-10-13"),
            ("01/10/2026", "2026-10-01"),
        ],
        book=True,
    ),
    column(
        "native text error",
        "date",
        [("#N/A", Bad("galat")), (date(2026, 11, 21), "2026-11-21"), ("=TODAY()", Bad("rumus"))],
        book=True,
    ),
    column(
        "spellings of an instant",
        "datetime",
        [
            # instants
            ("21/11/2026 16.05 WIB", "2026-11-21T16:05:00"),
            ("21/11/2026 16:05", "2026-11-21T16:05:00"),
            ("21/11/2026", "2026-11-21T00:00:00"),
            ("2026-11-21T16:05:07", "2026-11-21T16:05:07"),
            ("21 November 2026 pukul 16.05", "2026-11-21T16:05:00"),
            ("2026-11-21 16:05:07.250", "2026-11-21T16:05:07"),
            ("21-11-2026 4:05 PM", "2026-11-21T16:05:00"),
            # instants of another zone
            ("21/11/2026 16.05 WIT", "2026-11-21T14:05:00"),
            ("2026-11-21T16:05:00Z", "2026-11-21T23:05:00"),
            ("2026-11-21T16:05:00+07:00", "2026-11-21T16:05:00"),
            ("2026-11-21T16:05:00+09:00", "2026-11-21T14:05:00"),
            ("2026-11-21 16:05:07.123456+07", "2026-11-21T16:05:07"),
            ("2026-11-21 16:05:07+00", "2026-11-21T23:05:07"),
            ("2026-11-21T16:05:00-05:00", "2026-11-22T04:05:00"),
            # from one hour to another
            ("21/11/2026 07:15-08:00", BAD),
            ("21/11/2026 07.15-08.00", BAD),
            # impossible hours
            ("21/11/2026 24:00", BAD),
            ("21/11/2026 25.00", BAD),
            ("21/11/2026 12.60", BAD),
            ("21/11/2026 9.5", BAD),
            ("21/11/2026 23:59", "2026-11-21T23:59:00"),
        ],
    ),
    column(
        "spellings of a month",
        "month",
        [
            # months
            ("Desember 2026", "2026-12-01"),
            ("Des-26", "2026-12-01"),
            ("2026-12", "2026-12-01"),
            ("12/2026", "2026-12-01"),
            ("31/12/2026", "2026-12-01"),
            ("Nop 2026", "2026-11-01"),
            ("AGUSTUS 2026", "2026-08-01"),
            ("2026/11", "2026-11-01"),
            ("1 Des 2026", "2026-12-01"),
            ("202611", "2026-11-01"),
            ("Des '26", "2026-12-01"),
            ("Bulan November 2026", "2026-11-01"),
            ("bln : Des 2026", "2026-12-01"),
            # not months
            ("Desember", BAD),
            ("13/2026", BAD),
            ("2026", BAD),
            ("Triwulan I 2026", BAD),
            ("Januari - Maret 2026", BAD),
            ("12", BAD),
            ("Semester 1 2026", BAD),
        ],
    ),
    column(
        "native months",
        "month",
        [(date(2026, 12, 1), "2026-12-01"), ((date(2026, 11, 30), "mmm-yy"), "2026-11-01"), ("Okt 2026", "2026-10-01")],
        book=True,
    ),
    column("future without a period", "date", [("21/11/2126", "2126-11-21"), ("21/11/2026", "2026-11-21")]),
    column(
        "future under a period",
        "date",
        [("31/12/2026", "2026-12-31"), ("01/01/2027", FUTURE), ("21/11/2062", FUTURE)],
        top="period: {field: nilai}\n",
    ),
    column(
        "future of a plan",
        "date",
        [("01/01/2027", "2027-01-01"), ("21/11/2026", "2026-11-21")],
        top="period: {field: nilai, may_be_future: true}\n",
    ),
    column(
        "future months", "month", [("Des 2026", "2026-12-01"), ("Jan 2027", FUTURE)], top="period: {field: nilai}\n"
    ),
    column(
        "hours",
        "time",
        [
            ("14:05", None),
            ("14.05", None),
            ("pukul 14.05", None),
            ("14.05 WIB", None),
            ("9.5", BAD),
            ("25:00", BAD),
            ("2:05 PM", None),
            ("14:05:30", None),
            ("07:15-08:00", BAD),
            ("24:00", BAD),
            ("1405", BAD),
            ("jam 8", BAD),
        ],
    ),
    column("native hours", "time", [(time(14, 5), None), ((0.5, "hh:mm"), None), (14, BAD)], book=True),
)
