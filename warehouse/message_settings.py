"""Who is told of what and when, as a region sets it; refuses an address, which is a secret, where a name belongs."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator


class Section(BaseModel):
    """One part of the configuration: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


VARIABLE = re.compile(r"(?!PENDOPO_)[A-Z][A-Z0-9_]*")


def _refuse_addresses(names: tuple[str, ...]) -> None:
    for name in names:
        if not VARIABLE.fullmatch(name):
            raise ValueError(
                "alamat ditulis sebagai nama variabel lingkungan, huruf besar dan tidak diawali PENDOPO_, "
                "seperti PENGINGAT_DLH; alamatnya sendiri tidak ditulis di sini"
            )


class Reminders(Section):
    """Who is reminded of deliveries, and when; nobody by default. Addresses hold secrets, so they are only named."""

    addresses: dict[str, tuple[str, ...]] = Field({}, description="Kode OPD dan variabel lingkungan alamatnya.")
    from_hour: int = Field(8, ge=0, le=23, description="Jam mulai pengingat boleh dikirim.")
    until_hour: int = Field(16, ge=1, le=24, description="Jam sesudahnya pengingat menunggu hari berikutnya.")
    on_holidays: bool = Field(False, description="true: juga pada hari libur, Sabtu dan Minggu.")
    days_before: int = Field(3, ge=0, le=30, description="Sekian hari sebelum tenggat disebut segera jatuh tempo.")

    @field_validator("addresses")
    @classmethod
    def _are_variables(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for names in value.values():
            _refuse_addresses(names)
        return value

    @model_validator(mode="after")
    def _hours_make_a_day(self) -> Reminders:
        if self.from_hour >= self.until_hour:
            raise ValueError("from_hour harus lebih kecil daripada until_hour, misalnya 8 dan 16")
        return self


class AlarmNotices(Section):
    """Who is told of new alarms; nobody by default. Addresses hold secrets, so they are only named."""

    addresses: dict[Literal["kritis", "tinggi", "sedang", "rendah"], tuple[str, ...]] = Field(
        {}, description="Prioritas dan variabel lingkungan alamatnya."
    )
    quiet_from_hour: int = Field(21, ge=0, le=23, description="Jam mulai tenang: hanya yang kritis dikirim.")
    quiet_until_hour: int = Field(6, ge=0, le=23, description="Jam tenang berakhir; yang menunggu dikirim.")

    @field_validator("addresses")
    @classmethod
    def _are_variables(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for names in value.values():
            _refuse_addresses(names)
        return value

    def is_quiet(self, hour: int) -> bool:
        start, end = self.quiet_from_hour, self.quiet_until_hour
        return start <= hour < end if start <= end else hour >= start or hour < end
