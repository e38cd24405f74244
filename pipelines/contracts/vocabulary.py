"""The words a delivery is written in, by which a header, a value or a name of a file can be told from a person.

A cell that was refused may hold anybody's name. It is told as written only when all of its words are known here, or
miss a known one by a letter; otherwise its length is told. A person called as a known word (Puri, April) is not seen.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Callable
from functools import cache, cached_property

from pipelines.contracts.contract import Contract
from pipelines.judging.reference import REFERENCE_DIR
from pipelines.reading.indonesian import MONTHS
from warehouse.personal import COVER, cover, fold

WORD = re.compile(r"[^\W\d_]{3,}")  # shorter ones name nobody
NEAR = 0.8  # likeness of a slip of one letter in a word of five
LONG_WORD = 5  # letters
LONG_DIGITS = re.compile(r"\d{9,}")
INSTANT = re.compile(r"(19|20)\d\d(0\d|1[0-2])([0-2]\d|3[01])\d{0,6}")
CUT_MOBILE = re.compile(r"(?<![\d.])8[1-9]\d?[ .-]\d{3,4}[ .-]\d{3,5}(?!\d)")  # in groups, the 0 left out
FINE = re.compile(r"(\d[.,]\d\d)\d{2,}")  # a place more exactly than it is loaded
PAIR = re.compile(r"(-?\d{1,3}\.\d{2})\d+(\s*,\s*-?\d{1,3}\.\d{2})\d+")
SUFFIXES = ("csv", "xlsx", "xls", "xlsm", "xlsb", "ods", "sql", "txt", "tsv", "zip", "pdf", "docx")
GENERAL = """
ada adalah agenda ahad akhir akumulasi alamat alasan anggaran angka antara apbd apbn april arsip asal asing atas atau
awal baca backup badan bagi bagian bahan baik baku banyak barat baris baru baseline batal bawah bayar belanja belas
belum benar bendahara berakhir berdasarkan berita berkas berlaku bersama bersih besar biaya bidang bilangan bln bujur
bulan bulanan buruk bus cacat camat capaian catat catatan cek column contoh copy cukup daerah daftar dalam dampak dan
dana dari dasar data delapan dengan departemen desa detail detik dibatalkan dibuat dihapus diisi dikarantina dikirim
dilaporkan dimuat dinas dipakai diperbarui direktorat ditunda diubah div dokumen dokumentasi dpa dppa draf draft dua
dump ekspor email empat enam error evaluasi excel export false field file final fisik fix format formulir foto
gabungan gedung hal halaman harga hari harian hasil hasilnya header hektar hingga hitung ialah identitas indeks
indikator induk informasi ini instansi internal isi isian ispu item jabatan jadwal jalan jam jangka jawa jembatan
jenis jln judul jumat jumlah juta jutaan kab kabupaten kali kamis kantor kas kasus kategori ke kec kecamatan kecil
kegiatan kejadian kekurangan kel kelola kelompok keluhan kelurahan kementerian kendala kepada kepala kerja kesalahan
ket keterangan keuangan kg kilometer kira kirim kiriman klasifikasi km kode kolektif kolom kolomnya kondisi
konfirmasi kontak kontrak koordinat kop koreksi kosong kosongkan kota kumulatif kurang kurung kutipan lain lainnya
lalu lama lampiran lanjutan lap lapangan laporan lat latitude latlng layanan lebih lembaga lembar lengkap lima link
lintang lokasi long longitude lra luas lunas lupa maksimum masa masuk melalui mengetahui menit menjadi menunggu
menurut meter metode miliar milik milyar minggu mingguan minimum misal mulai mutu nama name nan nasional negeri new
nihil nik nilai nilainya nip no nol nomor nota notulen null num number objek obyek old opd operator orang organisasi
pada pagi pagu pajak paket paling pangkat panjang paraf pejabat pekerja pekerjaan pelaksana pelaksanaan pelapor
pelayanan pembagian pembangunan pemda pemerintah pemerintahan pemkab pemkot pemohon penanganan penanggung pendapatan
pendek penelepon penerima penerimaan pengadaan pengaduan pengawas pengelola pengelolaan pengguna pengirim penjelasan
penjual penutup penyedia per perangkat perbaikan perencanaan perihal periode peristiwa persen persentase perubahan
peta petugas petunjuk pihak pilihan plus pokok polsek posisi prediksi prestasi prioritas program progres propinsi
provinsi proyek puas publik publikasi published pukul puluh puluhan pusat puskesmas rabu rahasia rapat ratus ratusan
raya realisasi ref referensi rekanan rekap rekapitulasi rekening rencana rev revisi ribu ribuan rincian ringan
ringkasan rp rumah rupiah rusak sabtu salah saldo salinan sama sampai sampel sangat satu satuan sebagai sebelas
sebelum sedang sedikit sejumlah sekitar sekolah sekretariat sekretaris seksi sekurangnya selama selasa selatan
selesai seluruh sembilan sementara semester semua sen senilai senin seperempat sepuluh seri sesuai sesudah setelah
setengah setiap sheet siang sipsn sisa sistem skor skpd smt sort spbe spesifikasi status sub sudah sumber surat surel
survei swasta tabel table tahap tahapan tahun tahunan tambah tambahan tanda tangan tanggal tanggapan tanpa target
tata tdk tegangan teks telah telepon telp tempat template tengah tenggara terakhir terbaru terbilang terbitan
tergantung terhadap terisi terkait terlambat terlampir terlapor terlayani tersedia tertinggi tertulis test tgl thn
tiap tidak tiga tiket tim timur tindak tinggi tingkat titik ton total triliun triw triwulan true tujuan tujuh tunda
uji ukuran ulang umum undangan unit unnamed untuk uraian urusan urut urutan usaha usia utara validasi value
verifikasi versi volume waktu warga wib wilayah wit wita ya yang yth
"""


class Vocabulary:
    """What is known of the language of one source; without a contract, of all of them."""

    def __init__(self, contract: Contract | None = None) -> None:
        self.has_persons = bool(contract and contract.has_persons)
        self.words = _shared_words() | (_own_words(contract) if contract else frozenset())

    def _is_code(self, text: str) -> bool:
        """One piece with digits, whose letters are too few for a name."""
        words = words_of(text)
        return bool(re.fullmatch(r"\S*\d\S*", text)) and all(
            len(word) < LONG_WORD or self.knows(word) for word in words
        )

    def knows(self, word: str) -> bool:
        """Whether it is a known word, or one with a slip of a letter behind the first."""
        if word in self.words or len(word) < LONG_WORD:
            return word in self.words
        alike = [known for known in self._by_initial.get(word[0], ()) if abs(len(known) - len(word)) <= 1]
        return bool(difflib.get_close_matches(word, alike, n=1, cutoff=NEAR))

    @cached_property
    def _by_initial(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self.words:
            if len(word) >= LONG_WORD:
                found.setdefault(word[0], []).append(word)
        return found

    def name_told(self, text: str) -> str:
        """A header, or the name of a sheet, with every unknown word covered."""
        return self._told(text, lambda word: COVER)

    def file_told(self, file_name: str) -> str:
        """As `name_told`, but whoever dropped the file must know it again: an unknown word keeps its first letter, and
        the end of the name says which program wrote it."""
        stem, point, suffix = file_name.rpartition(".")
        if not point or suffix.lower() not in SUFFIXES:
            return self._told(file_name, _initial)
        return f"{self._told(stem, _initial)}.{suffix}"

    def _told(self, text: str, instead: Callable[[str], str]) -> str:
        plain = LONG_DIGITS.sub(_instant_or_cover, cover(text))
        told = WORD.sub(lambda found: found[0] if self.knows(found[0].lower()) else instead(found[0]), plain)
        told = re.sub(re.escape(f"[{COVER}]"), COVER, told)
        return re.sub(rf"{re.escape(COVER)}(?:[ '.,_-]*{re.escape(COVER)})+", COVER, told)

    def problem_told(self, message: str, file_name: str) -> str:
        """A message to a sender, with the name of the file as people may see it."""
        return message.replace(file_name, self.file_told(file_name)) if file_name else message

    def value_told(self, text: str, *, is_amount: bool = False, is_code: bool = False) -> str:
        """A refused cell as written when it cannot be a person, else what it looks like."""
        plain = fold(text)
        covered = cover(text)
        if COVER in covered and COVER not in text:
            return COVER if covered == COVER else f"{COVER} {shape_of(plain)}"
        if is_code and self._is_code(plain):
            return _coarse_digits(plain, plain)
        if not all(self.knows(word) for word in words_of(plain)):
            return shape_of(plain)
        if self.has_persons:
            plain = text = FINE.sub(r"\1", PAIR.sub(r"\1\2", plain))
        return text if is_amount else _coarse_digits(plain, text)


def words_of(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


def shape_of(text: str) -> str:
    """What a cell looks like, without what it says."""
    letters = sum(sign.isalpha() for sign in text)
    digits = sum(sign.isdigit() for sign in text)
    if letters:
        return f"[teks {letters} huruf]" if not digits else f"[teks {letters} huruf, {digits} angka]"
    return f"[angka {digits} digit]"


def _coarse_digits(plain: str, text: str) -> str:
    """As written, unless it holds digits enough for a telephone or an identity number."""
    long = [found[0] for found in LONG_DIGITS.finditer(plain) if not INSTANT.fullmatch(found[0])]
    return shape_of(plain) if long or CUT_MOBILE.search(plain) else text


def _initial(word: str) -> str:
    return f"{word[0]}\u2026"


def _instant_or_cover(found: re.Match[str]) -> str:
    return found[0] if INSTANT.fullmatch(found[0]) else COVER


def _own_words(contract: Contract) -> frozenset[str]:
    """Those of its contract: senders, headers, choices."""
    senders = contract.senders.values() if isinstance(contract.senders, dict) else (contract.senders,)
    texts = [contract.title, contract.provenance, contract.source_id, contract.file.pattern, contract.file.table or ""]
    texts += [contract.as_of.label or "" if contract.as_of else "", contract.total_label or ""]
    texts += [*(code for codes in senders for code in codes), *contract.headers, *contract.ignore, *contract.personal]
    for field in contract.fields:
        texts += [*field.aliases, *field.one_of, *field.codes, *field.codes.values(), *field.missing]
    texts += [spelling for codes in contract.code_lists.values() for code in codes for spelling in code.spellings]
    return frozenset(word for text in texts for word in words_of(text))


@cache
def _shared_words() -> frozenset[str]:
    """Months, general words, and those of every code list."""
    texts = [GENERAL, COVER, *MONTHS, *MONTHS.values()]
    for path in sorted(REFERENCE_DIR.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            texts += [" ".join(row.values()) for row in csv.DictReader(stream)]
    return frozenset(word for text in texts for word in words_of(text))
