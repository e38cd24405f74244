"""Contracts that cannot be used, and by which line and words each is refused."""

from __future__ import annotations

FIELDS = """fields:
  - {name: a, from: A, type: number}
  - {name: b, from: B, type: date}
  - {name: c, from: C, type: text}
"""
TWO = """title: Uji
fields:
  - {name: a, from: A, type: text}
  - {name: b, from: B, type: %s}
checks:
  - {rule: required_if, field: a, other: b, equals: %s}
"""
GOOD = "title: Uji\n" + FIELDS
REFUSED = (  # name, contract, words of the refusal
    ("an unknown key", "title: Uji\njudul: x\n" + FIELDS, ("baris 2", "judul")),
    ("a key almost right", "title: Uji\ncadance: daily\n" + FIELDS, ("baris 2", "cadence")),
    (
        "an unknown key of a field",
        "title: Uji\nfields:\n  - name: a\n    from: A\n    type: number\n    requird: true\n",
        ("baris 6", "required"),
    ),
    ("an unknown type", "title: Uji\nfields:\n  - name: a\n    from: A\n    type: angka\n", ("baris 5", "number")),
    ("no title", FIELDS, ("title",)),
    ("no fields", "title: Uji\n", ("fields",)),
    ("empty fields", "title: Uji\nfields: []\n", ("fields",)),
    ("a field without a header", "title: Uji\nfields:\n  - {name: a, type: text}\n", ("baris 3", "from")),
    (
        "the same name twice",
        "title: Uji\nfields:\n  - {name: a, from: A, type: text}\n  - {name: a, from: B, type: text}\n",
        ("a", "dua kali"),
    ),
    ("a grain that is no field", GOOD + "grain: [z]\n", ("z", "grain")),
    ("a period that is no date", GOOD + "period: {field: c}\n", ("c", "period")),
    (
        "a check of an unknown rule",
        GOOD + "checks:\n  - {rule: lebih_kecil, field: a, other: b}\n",
        ("baris 7", "at_most"),
    ),
    ("a check without its other", GOOD + "checks:\n  - {rule: at_most, field: a}\n", ("baris 7", "other")),
    ("a check of two kinds", GOOD + "checks:\n  - {rule: at_most, field: a, other: b}\n", ("at_most",)),
    ("a cadence that is none", "title: Uji\ncadence: bulanan\n" + FIELDS, ("baris 2", "monthly")),
    (
        "a bound that is no number",
        "title: Uji\nfields:\n  - {name: a, from: A, type: number, min: nol}\n",
        ("baris 3", "min"),
    ),
    (
        "bounds the wrong way round",
        "title: Uji\nfields:\n  - {name: a, from: A, type: number, min: 10, max: 1}\n",
        ("a", "min"),
    ),
    ("a bound on words", "title: Uji\nfields:\n  - {name: a, from: A, type: text, min: 1}\n", ("a", "min")),
    (
        "a format that is none",
        'title: Uji\nfields:\n  - {name: a, from: A, type: date, format: "dd/mm/yyyy"}\n',
        ("a", "%d/%m/%Y"),
    ),
    ("zero on words", "title: Uji\nfields:\n  - {name: a, from: A, type: text, zero: [nihil]}\n", ("a", "zero")),
    (
        "unmatched without a list",
        "title: Uji\nfields:\n  - {name: a, from: A, type: text, unmatched: empty}\n",
        ("a", "unmatched"),
    ),
    (
        "ref and codes together",
        "title: Uji\nfields:\n  - {name: a, from: A, type: code, ref: ref_opd, codes: {x: y}}\n",
        ("a", "ref"),
    ),
    ("ref on a number", "title: Uji\nfields:\n  - {name: a, from: A, type: number, ref: ref_opd}\n", ("a", "ref")),
    (
        "codes on a number",
        "title: Uji\nfields:\n  - {name: a, from: A, type: number, codes: {x: '1'}}\n",
        ("a", "codes"),
    ),
    (
        "a list that is not there",
        "title: Uji\nfields:\n  - {name: a, from: A, type: code, ref: jenis.csv}\n",
        ("jenis.csv",),
    ),
    ("due and grace", "title: Uji\ngrace_minutes: 5\ndue: {days: 1}\n" + FIELDS, ("grace_minutes", "due")),
    ("a key twice", "title: Uji\ntitle: Lagi\n" + FIELDS, ("baris 2", "title")),
    ("no YAML", "title: [Uji\n", ("baris",)),
    ("a list for the whole", "- a\n- b\n", ("baris 1", "kunci")),
    ("an empty contract", "", ("kunci",)),
    ("a total of words", GOOD + "expect: {totals: {c: {min: 1}}}\n", ("c", "totals")),
    ("bounds of a total the wrong way round", GOOD + "expect: {totals: {a: {min: 5, max: 1}}}\n", ("a", "min")),
    ("a share beyond hundred", GOOD + "expect: {max_rejected_pct: 101}\n", ("baris 6", "100")),
    ("more rows than at most", GOOD + "expect: {min_rows: 5, max_rows: 1}\n", ("min_rows", "max_rows")),
    ("a crosstab into nothing", GOOD + "crosstab: {columns: months, into: z, value: a}\n", ("z", "crosstab")),
    ("max_age_days without a period", GOOD + "expect: {max_age_days: 3}\n", ("max_age_days", "period")),
    (
        "a word no cell can say",
        TWO % ("boolean", "selesai"),
        ("required_if", "selesai"),
    ),
    (
        "a word that no code has",
        TWO % ("code, codes: {Selesai: S}", "proses"),
        ("required_if", "proses"),
    ),
    ("personal that is a field", GOOD + "personal: [A]\n", ("A", "personal")),
    ("ignored that is a field", GOOD + "ignore: [A]\n", ("A", "ignore")),
)
