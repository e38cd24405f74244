"""The parts a contract is written in: shape of the file, fields, checks, periods, and when a delivery is held.

The description of a key is what editors show and what `docs/kontrak.md` says; there is no other.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

FieldType = Literal[
    "text", "code", "integer", "number", "percent", "quantity", "date", "datetime", "month", "time", "boolean",
    "latitude", "longitude",
]  # fmt: skip
BasisName = Literal["kumulatif", "bulanan"]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileShape(Part):
    """Bagaimana berkas dinamai dan ditulis. Yang tidak ditulis dicari sendiri di dalam berkas."""

    pattern: str = Field("*", description="Pola nama berkas yang dikirim, dengan * dan ?.")
    sender: str | None = Field(
        None, description="Ekspresi reguler atas nama berkas; kelompok 1 adalah kode OPD pengirim."
    )
    delimiter: Literal[",", ";", "\t", "|"] | None = Field(
        None, description="Pemisah CSV yang disepakati; pemisah lain tetap dibaca, dengan peringatan."
    )
    decimal: Literal[",", "."] = Field(",", description="Tanda desimal yang disepakati untuk angka tertulis.")
    sheet: str | None = Field(
        None, description='Nama lembar, atau pola seperti "Data*"; kosong: lembar tampak pertama yang memuat tabel.'
    )
    header_row: int | None = Field(
        None,
        ge=1,
        description="Nomor baris judul kolom (yang terakhir bila dua baris); kosong: dicari dari kata-katanya.",
    )
    member: str | None = Field(None, description="Pola nama berkas di dalam ZIP.")
    outlines: bool = Field(False, description="true: GeoJSON yang garis batasnya digambar di peta; yang lain ditolak.")
    records: str | None = Field(
        None, description='Letak baris di JSON atau XML, misalnya "result.records" atau "item".'
    )
    table: str | None = Field(
        None,
        description="Nama tabel di dump SQL yang baris INSERT-nya dibaca; tanpa ini dan tanpa `pattern`, satu-satunya "
        "tabel yang diisi dump itu.",
    )


class Crosstab(Part):
    """Nilai yang berjajar ke samping di bawah judul sejenis: bulan, tahun, jenis."""

    columns: Literal["months"] | tuple[str, ...] = Field(
        description='Judul kolom seperti tertulis, atau "months" untuk nama bulan dalam ejaan apa pun.'
    )
    into: str = Field(description="Kolom yang menerima judulnya.")
    value: str = Field(description="Kolom yang menerima isi selnya.")


class FieldRule(Part):
    """Satu kolom hasil dan judul kolom asalnya di berkas."""

    name: str = Field(description="Nama kolom hasil; huruf kecil, angka dan garis bawah.")
    from_: str = Field(alias="from", description="Judul kolom di berkas, persis seperti disepakati.")
    aliases: tuple[str, ...] = Field((), description="Judul lain yang juga diterima untuk kolom ini.")
    type: FieldType = Field(description="Jenis isi kolom; lihat bab Jenis isi.")
    description: str | None = Field(None, description="Arti kolom ini, untuk pembaca.")
    unit: str | None = Field(None, description="Satuan nilainya, misalnya ton atau Rp.")
    ms_var: str | None = Field(None, description="Nomor rekaman MS-Var Satu Data Indonesia.")
    required: bool = Field(False, description="true: setiap baris wajib mengisinya, dan judulnya wajib ada.")
    format: str | None = Field(
        None, description='Bentuk tanggal atau waktu, misalnya "%d/%m/%Y"; kosong: ejaan yang lazim.'
    )
    min: float | None = Field(None, description="Nilai terkecil yang diterima.")
    max: float | None = Field(None, description="Nilai terbesar yang diterima.")
    decimals: int | None = Field(None, ge=0, description="Lintang dan bujur dibulatkan ke sekian angka desimal.")
    digits: int | None = Field(None, ge=1, description="Kode ini tepat sekian angka, misalnya 16; yang lain ditolak.")
    one_of: tuple[str, ...] = Field((), description="Daftar isi yang diterima.")
    ref: str | None = Field(
        None,
        description="Daftar kode yang wajib memuat isinya: nama daftar terpasang, atau berkas .csv di samping kontrak.",
    )
    codes: dict[str, str] = Field({}, description="Daftar kode singkat: tulisan di berkas -> kode yang dimuat.")
    unmatched: Literal["reject", "empty"] = Field(
        "reject", description="Isi yang tidak ada di ref: reject menolak barisnya, empty mengosongkan kolomnya."
    )
    separator: str | None = Field(None, description="Tanda pemisah bila satu sel memuat beberapa kode.")
    missing: tuple[str, ...] = Field((), description='Kata tambahan di kolom ini yang berarti "tidak disampaikan".')
    zero: tuple[str, ...] = Field(
        ("nihil",), description="Kata yang berarti nol di kolom angka; kata yang juga ada di missing tidak."
    )
    fill_down: bool = Field(False, description="true: sel kosong mengulang sel di atasnya (kunci yang ditulis sekali).")
    personal: bool = Field(
        False,
        description="true: diperiksa; isinya hanya masuk penyimpanan terbatas, tidak pernah ditampilkan atau dijumlah.",
    )
    not_personal: bool = Field(
        False, description="true: kode panjang ini bukan nomor orang, misalnya kode SLS 16 angka; dibaca apa adanya."
    )
    free_text: bool = Field(False, description="true: berisi kalimat; nama orang dan alamat di dalamnya disamarkan.")
    checked_only: bool = Field(False, description="true: hanya dipakai memeriksa, bukan bagian tabel tujuan.")


class Check(Part):
    """Aturan antar-kolom dalam satu baris, dari daftar tertutup."""

    rule: Literal[
        "not_before", "at_most", "required_if", "same_month", "not_ahead", "led_by", "share_of", "sum_equals",
        "level_of_year",
    ] = Field(description="Nama aturan; lihat bab Aturan antar-kolom.")  # fmt: skip
    field: str = Field(description="Kolom yang diperiksa.")
    other: str = Field("", description="Kolom pembandingnya; wajib untuk semua aturan kecuali sum_equals.")
    parts: tuple[str, ...] = Field(
        (), description="Untuk sum_equals: kolom-kolom yang jumlahnya harus sama dengan field."
    )
    tolerance: Decimal = Field(Decimal(0), ge=0, description="Untuk sum_equals: selisih terbesar yang masih diterima.")
    equals: str | None = Field(None, description="Untuk required_if: isi other yang membuat field wajib diisi.")
    whole: str | None = Field(None, description="Untuk share_of: kolom keseluruhan yang other adalah bagiannya.")
    severity: Literal["ditolak", "peringatan"] = Field(
        "ditolak", description="ditolak: barisnya dikarantina; peringatan: barisnya diterima dan hal itu diberitahukan."
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.rule == "sum_equals" and len(self.parts) < 1:
            raise ValueError("aturan sum_equals wajib punya parts, misalnya [laki_laki, perempuan]")
        if self.rule != "sum_equals" and not self.other:
            raise ValueError(f"aturan {self.rule} wajib punya other")
        if self.rule == "required_if" and self.equals is None:
            raise ValueError("aturan required_if wajib punya equals, misalnya equals: selesai")
        if self.rule == "share_of" and not self.whole:
            raise ValueError("aturan share_of wajib punya whole, yaitu kolom keseluruhannya")
        return self

    @property
    def fields(self) -> tuple[str, ...]:
        named = (self.field, self.other, self.whole, *self.parts)
        return tuple(dict.fromkeys(name for name in named if name))


class AsOf(Part):
    """Di mana kiriman menyatakan dari dan sampai kapan datanya lengkap."""

    since: str | None = Field(
        None, description='Ekspresi reguler atas nama berkas untuk saat awal; kelompok yang kosong dibaca "00".'
    )
    file_name: str | None = Field(
        None, description="Ekspresi reguler atas nama berkas; kelompok-kelompoknya digabung dengan spasi."
    )
    label: str | None = Field(None, description='Kata di kop yang diikuti saatnya, misalnya "Keadaan s.d.".')
    format: str = Field(description='Bentuk saat itu, misalnya "%d %B %Y pukul %H.%M".')
    whole_month: bool = Field(False, description="true: saat itu menyebut bulan yang sudah lengkap.")


class Period(Part):
    """Kolom yang menyatakan waktu tiap baris."""

    field: str = Field(description="Kolom tanggal, bulan atau tahun itu.")
    may_be_future: bool = Field(False, description="true: rencana, boleh bertanggal sesudah hari kirim.")


class Basis(Part):
    """Apakah nilai uang dihitung sejak awal tahun atau untuk satu bulan."""

    default: BasisName = Field(description="Untuk pengirim yang tidak disebut di senders.")
    senders: dict[str, BasisName] = Field({}, description="Kesepakatan lain menurut kode OPD.")

    def of(self, opd_code: str) -> BasisName:
        return self.senders.get(opd_code, self.default)


class Hold(Part):
    """Kapan kiriman yang terbaca baik ditahan sampai dikonfirmasi. Jumlah dihitung atas baris yang diterima."""

    account: str = Field("", description="Hanya baris yang account_code-nya berawalan ini yang dijumlahkan.")
    ceiling: str | None = Field(None, description="Kolom yang jumlahnya tidak boleh melebihi pagu pengirimnya.")
    twin: tuple[str, ...] = Field(
        (),
        description="Kolom-kolom yang jumlahnya tidak boleh semuanya sama dengan pengirim lain di periode yang sama.",
    )
    level_field: str | None = Field(
        None, description="Kolom yang jumlahnya tidak boleh bergeser jauh dari kiriman lalu."
    )
    level_factor: float = Field(3.0, gt=1, description="Sekian kali lipat yang disebut bergeser jauh.")
    amount_field: str | None = Field(
        None, description="Kolom berjalan yang menunjukkan pergantian kumulatif dan bulanan."
    )

    @property
    def fields(self) -> tuple[str, ...]:
        named = (self.ceiling, self.level_field, self.amount_field, *self.twin)
        return tuple(dict.fromkeys(field for field in named if field))


class Locate(Part):
    """Titik yang dicocokkan dengan batas kecamatan."""

    latitude: str = Field(description="Kolom lintang.")
    longitude: str = Field(description="Kolom bujur.")
    stated: str = Field(description="Kolom berisi kecamatan menurut pengirim.")
    hint: str | None = Field(None, description="Kolom lain yang boleh menyebut kecamatan bila stated tidak.")


class Bounds(Part):
    """Batas jumlah satu kolom atas baris yang diterima."""

    min: Decimal | None = Field(None, description="Jumlah terkecil.")
    max: Decimal | None = Field(None, description="Jumlah terbesar.")


class Expectation(Part):
    """Batas satu kiriman."""

    min_rows: int = Field(1, ge=0, description="Kurang dari ini, kiriman ditahan; berkas tanpa satu baris pun ditolak.")
    max_rows: int = Field(1_000_000, ge=0, description="Lebih dari ini, diberi peringatan.")
    max_rejected_pct: float = Field(
        100,
        ge=0,
        le=100,
        description="Bila persen baris yang ditolak melebihi ini, kiriman ditahan; bila semuanya, berkas ditolak.",
    )
    max_age_days: int | None = Field(
        None, ge=0, description="Bila akhir datanya lebih tua sekian hari dari hari kirim, diberi peringatan."
    )
    totals: dict[str, Bounds] = Field(
        {}, description="Menurut kolom: batas jumlahnya; di luar itu seluruh kiriman ditahan."
    )


class Due(Part):
    """Tenggat: sekian lama sesudah periode yang dilaporkan berakhir, sampai akhir harinya."""

    working_days: int = Field(
        0, ge=0, description="Sekian hari kerja (Senin-Jumat, bukan hari libur nasional atau cuti bersama)."
    )
    days: int = Field(0, ge=0, description="Ditambah sekian hari kalender.")


class SatuData(Part):
    """Metadata kegiatan statistik menurut Perpres 39/2019."""

    ms_keg: str | None = Field(None, description="Nomor rekaman MS-Keg.")
    activity: str | None = Field(None, description="Nama kegiatan statistik.")
    method: str | None = Field(None, description="Cara pengumpulan data.")
