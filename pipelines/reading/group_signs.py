"""What sets the name of a group apart from those of its members: a letter or dash before it, capitals, its first word,
or that theirs stand further in.

Decides nothing: a sign counts only where the members lack it.
"""

from __future__ import annotations

import re

LETTER = r"\(?([A-Z]|[IVX]{1,5})(?:\s*[.)]+|\s)\s*(?=[A-Za-z]{2})"
LETTER_ALONE = re.compile(r"\(?([A-Za-z]|[IVX]{1,5})[.)]*")  # in a column of its own
LETTERED, INDENTED = "huruf", "menjorok"
MOST_ALONE = 1000  # more names without anything else in a delivery are rows, of which nothing is known
WORDS = """
wilayah zona zonasi rayon korwil klaster cluster blok sektor area kelompok golongan kategori jenis bidang bagian seksi
sub subbag unit upt uptd upk cabang dinas badan kantor sekretariat satuan instansi opd skpd program kegiatan urusan
kecamatan kec kelurahan kel desa ds kabupaten kab kota provinsi prov kawasan daerah pemerintah pemkab pemkot pemprov
se seluruh semua keseluruhan gabungan akumulasi kumulatif agregat rekap rekapitulasi ttl overall all
triwulan semester bulan minggu tahun periode
"""
KNOWN = frozenset(WORDS.split())
FEWEST_LETTERS = 4  # fewer in capitals are an abbreviation


def signs_of(label: str) -> frozenset[str]:
    """`label`: the keys of a row, as written."""
    name = label.strip()
    bare = re.sub(LETTER, "", name, count=1) if re.match(LETTER, name) else name
    letters = re.sub(r"[^A-Za-z]", "", bare)
    first = re.match(r"\W*([a-z]+)", bare.lower())
    found = {
        "butir": re.match(r"[-\u2013\u2014\u2022\u00b7*>]\s*\S", name) is not None,
        LETTERED: bare != name,
        INDENTED: re.match(r"\t|\s{2}", label) is not None,
        "kapital": len(letters) >= FEWEST_LETTERS and letters.isupper(),
        first[1] if first else "": first is not None and first[1] in KNOWN,
    }
    return frozenset(sign for sign, is_there in found.items() if is_there)
