"""The region as configuration: reads `pendopo.toml` and `PENDOPO_*`, refuses what it does not know."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from warehouse.message_settings import AlarmNotices, Reminders, Section
from warehouse.nearest import nearest_hint
from warehouse.screen_settings import Screen

PROJECT_DIR = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """The configuration cannot be used; the message says which key and what to write instead."""


class Profile(Section):
    """One regency or city."""

    region_code: str = Field(pattern=r"^\d{2}\.\d{2}$", description="Kode Kemendagri, teks, misalnya 35.16.")
    region_name: str = Field(description="Nama yang tampil, misalnya Kabupaten Mojokerto.")
    province_name: str = Field(description="Provinsi untuk pembanding, misalnya Jawa Timur.")
    timezone: str = Field("Asia/Jakarta", description="Zona waktu IANA.")
    timezone_label: Literal["WIB", "WITA", "WIT"] = Field("WIB", description="Singkatan yang tampil di samping jam.")
    locale: str = Field("id_ID", description="Lokal Babel untuk angka dan tanggal.")

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"zona waktu {value} tidak ada{nearest_hint(value, available_timezones())}")
        return value

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def minutes_ahead(self) -> int:
        """Of UTC; no summer time is kept here."""
        ahead = datetime(2026, 1, 1, tzinfo=self.zone).utcoffset()
        return int(ahead.total_seconds() // 60) if ahead else 0


class Access(Section):
    """Who reaches the dashboard, and how they show who they are."""

    mode: Literal["lokal", "jaringan"] = Field(
        "lokal", description="lokal: hanya komputer ini; jaringan: dengan akses."
    )
    public_url: str = Field("", description="Alamat yang diketik orang, https://...; wajib di jaringan.")
    sign_in: tuple[Literal["akun", "oidc"], ...] = Field(("akun",), min_length=1, description="Cara masuk.")
    oidc_claim: str = Field("email", description="Klaim OIDC yang sama dengan login orang di jurnal.")
    idle_minutes: int = Field(60, ge=1, description="Tanpa kegiatan selama ini, masuk lagi.")
    session_hours: int = Field(12, ge=1, le=168, description="Paling lama satu kali masuk berlaku.")
    wall_subnets: dict[str, tuple[str, ...]] = Field({}, description="Subnet yang membuka layar tanpa token.")
    export_rows: int = Field(200_000, ge=1_000, description="Paling banyak baris dalam satu unduhan.")

    @field_validator("wall_subnets")
    @classmethod
    def _are_networks(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for network in value:
            try:
                ip_network(network)
            except ValueError as error:
                raise ValueError(f"{network} bukan subnet; tulis seperti 10.20.30.0/24") from error
        return value


HOST_NAME = re.compile(r"(\*\.(?=.+\.))?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z][a-z0-9-]*")


class Fetch(Section):
    """Where data may be fetched from; nowhere by default."""

    allowed_hosts: tuple[str, ...] = Field((), description="Host yang boleh dihubungi; alamat privat disebut sendiri.")

    @field_validator("allowed_hosts")
    @classmethod
    def _are_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for host in value:
            if HOST_NAME.fullmatch(host.lower()):
                continue
            try:
                ip_network(host)
            except ValueError as error:
                raise ValueError(
                    f"{host} bukan nama host atau alamat; tulis tanpa https:// dan tanpa jalur, seperti "
                    "satudata.mojokertokab.go.id, *.googleusercontent.com, 10.20.30.5 atau 10.20.30.0/24"
                ) from error
        return tuple(host.lower() for host in value)


class Retention(Section):
    """How long what names people is kept outside the archive."""

    restricted_days: int = Field(
        365, ge=1, le=3650, description="Sekian hari sejak diterima, data pribadi ada di penyimpanan terbatas."
    )


class Settings(BaseSettings):
    """Everything a region may set. Times are local to the profile's zone."""

    model_config = SettingsConfigDict(env_prefix="PENDOPO_", env_nested_delimiter="__", extra="forbid", frozen=True)

    profile: str = Field(description="Profil yang dipakai.")
    data_dir: Path = Field(Path("var"), description="Folder data; tiap profil mendapat folder sendiri di dalamnya.")
    keep_releases: int = Field(10, ge=2, description="Jumlah rilis terakhir yang disimpan.")
    contoh: bool = Field(True, description="false menolak semua sumber DATA CONTOH.")
    profiles: dict[str, Profile]
    screens: dict[str, Screen]
    access: Access = Field(Access(), description="Siapa yang boleh melihat dan berbuat.")
    fetch: Fetch = Field(Fetch(), description="Dari mana data boleh diambil.")
    reminders: Reminders = Field(Reminders(), description="Siapa diingatkan akan kirimannya.")
    alarms: AlarmNotices = Field(AlarmNotices(), description="Siapa diberi tahu peringatan baru.")
    retention: Retention = Field(Retention(), description="Berapa lama data pribadi disimpan.")
    journal_url: str = Field("", description="Basis data jurnal; kosong: journal.db di folder data.")
    thresholds: dict[str, str] = Field({}, description="Batas daerah yang menggantikan nilai paket aturan.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        toml = TomlConfigSettingsSource(settings_cls, toml_file=settings_file())
        return init_settings, env_settings, toml

    @model_validator(mode="after")
    def _profile_exists(self) -> Settings:
        if self.profile not in self.profiles:
            raise ValueError(f"profil {self.profile!r} tidak ada; pilih {', '.join(self.profiles)}")
        return self

    @model_validator(mode="after")
    def _screens_of_subnets_exist(self) -> Settings:
        for network, screens in self.access.wall_subnets.items():
            for screen in screens:
                if screen not in self.screens:
                    hint = nearest_hint(screen, self.screens)
                    raise ValueError(f"access.wall_subnets {network}: layar {screen} tidak ada{hint}")
        return self

    @property
    def region(self) -> Profile:
        """The active profile."""
        return self.profiles[self.profile]

    @property
    def state_dir(self) -> Path:
        """Folder holding inbox, archive, sample and releases of the active profile."""
        base = self.data_dir if self.data_dir.is_absolute() else PROJECT_DIR / self.data_dir
        return base / self.profile


OTHER_VARIABLES = ("PENDOPO_CONFIG", "PENDOPO_REAL_DATA")


def settings_file() -> Path:
    """`pendopo.toml` of the project, or the file named by PENDOPO_CONFIG."""
    return Path(os.environ.get("PENDOPO_CONFIG", PROJECT_DIR / "pendopo.toml"))


def default_settings() -> Settings:
    """Of no region in particular, for what is checked away from a project."""
    nowhere = Profile(region_code="00.00", region_name="Daerah", province_name="Provinsi")
    return Settings(profile="bawaan", profiles={"bawaan": nowhere}, screens={})


def load_settings(**overrides: Any) -> Settings:
    """Read file and environment. Raises SettingsError naming each wrong key and the nearest known one."""
    if not settings_file().is_file():
        raise SettingsError(f"Berkas konfigurasi {settings_file()} tidak ditemukan.")
    known = tuple(f"PENDOPO_{name.upper()}" for name in Settings.model_fields) + OTHER_VARIABLES
    for variable in sorted(os.environ):
        if variable.startswith("PENDOPO_") and variable.split("__")[0] not in known:
            raise SettingsError(f"Variabel lingkungan {variable} tidak dikenal{nearest_hint(variable, known)}.")
    try:
        return Settings(**overrides)
    except ValidationError as error:
        lines = [_explain(dict(item)) for item in error.errors()]
        raise SettingsError(f"{settings_file().name} belum dapat dipakai:\n" + "\n".join(lines)) from error
    except ValueError as error:  # tomllib: the file is not TOML
        raise SettingsError(f"{settings_file().name} bukan TOML yang sah: {error}") from error


def _explain(item: dict[str, Any]) -> str:
    place = tuple(str(part) for part in item["loc"])
    key = ".".join(place) or "(umum)"
    if item["type"] == "extra_forbidden":
        return f"- kunci {key} tidak dikenal{nearest_hint(place[-1], _known_keys(place[:-1]))}"
    if item["type"] == "missing":
        return f"- kunci {key} wajib diisi"
    if item["type"] == "literal_error":
        return f"- {key}: {item['input']!r} tidak dikenal; pilih {item['ctx']['expected'].replace(' or ', ' atau ')}"
    return f"- {key}: {str(item['msg']).removeprefix('Value error, ')}"


def _known_keys(place: tuple[str, ...]) -> Iterable[str]:
    sections: dict[str, type[BaseModel]] = {
        "profiles": Profile,
        "screens": Screen,
        "access": Access,
        "fetch": Fetch,
        "reminders": Reminders,
        "alarms": AlarmNotices,
        "retention": Retention,
    }
    return sections[place[0]].model_fields if place else Settings.model_fields
