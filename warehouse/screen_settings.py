"""One wall screen as configuration: what it shows, how long, how large it is and who must read it.

Refuses what would break a rule of the wall: a scene that returns later than three minutes, pixels that panels cannot
share, screens in step that would not change together.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from warehouse.message_settings import Section

SceneName = Literal["ringkasan", "spbe", "smart_environment", "smart_living", "masterplan", "peringatan"]
USUAL_SCENES: tuple[SceneName, ...] = ("ringkasan", "spbe", "smart_environment", "smart_living", "masterplan")
LONGEST_RETURN = 180  # seconds until a scene is seen again
LEAST_DWELL = 20
STEP_SECONDS = 36  # long enough for the fullest scene: twelve tiles of three seconds


class Screen(Section):
    """One wall screen: text sizes follow from its width, pixels and viewing distance."""

    title: str = Field(description="Nama layar.")
    scenes: tuple[SceneName, ...] = Field(USUAL_SCENES, min_length=1, description="Urutan adegan.")
    width_mm: float = Field(1210, ge=100, le=30_000, description="Lebar fisik bidang gambar, milimeter.")
    pixels: tuple[int, int] = Field((1920, 1080), description="Lebar dan tinggi piksel.")
    distance_m: float = Field(4.0, gt=0, le=60, description="Jarak kursi terjauh, meter.")
    theme: Literal["gelap", "terang"] = Field("gelap", description="Tema layar.")
    suara: bool = Field(False, description="Bunyi selama peringatan kritis belum ditanggapi.")
    dwell_seconds: int = Field(0, ge=0, description="Lama tiap adegan, detik; 0: menurut isinya.")
    serentak: bool = Field(False, description="Berganti bersama layar lain, menurut jam dinding.")
    mendahului: int = Field(0, ge=0, description="Sekian adegan di depan layar lain; hanya bila serentak.")
    reload_hour: int = Field(2, ge=0, le=23, description="Jam muat ulang tiap malam, tersebar selama satu jam.")
    panel: str = Field("1x1", pattern=r"^[1-9]x[1-9]$", description="Susunan panel papan, kolom x baris.")

    @property
    def panels(self) -> tuple[int, int]:
        columns, rows = self.panel.split("x")
        return int(columns), int(rows)

    @property
    def step_seconds(self) -> int:
        """How long each scene stands on screens that change together."""
        return max(self.dwell_seconds, STEP_SECONDS)

    @field_validator("scenes")
    @classmethod
    def _are_different(cls, value: tuple[SceneName, ...]) -> tuple[SceneName, ...]:
        twice = sorted({scene for scene in value if value.count(scene) > 1})
        if twice:
            raise ValueError(f"adegan {', '.join(twice)} ditulis dua kali; tulis tiap adegan sekali")
        return value

    @field_validator("dwell_seconds")
    @classmethod
    def _can_be_read(cls, value: int) -> int:
        if 0 < value < LEAST_DWELL:
            raise ValueError(f"{value} detik terlalu singkat untuk dibaca; tulis sedikitnya {LEAST_DWELL}, atau 0")
        return value

    @model_validator(mode="after")
    def _returns_in_time(self) -> Screen:
        seconds = self.step_seconds if self.serentak else self.dwell_seconds
        again = seconds * len(self.scenes)
        if again > LONGEST_RETURN:
            raise ValueError(
                f"{len(self.scenes)} adegan masing-masing {seconds} detik baru kembali sesudah {again} detik, "
                f"paling lama {LONGEST_RETURN}; kurangi adegannya atau dwell_seconds"
            )
        if self.mendahului and not self.serentak:
            raise ValueError("mendahului hanya berarti bila serentak = true")
        if self.mendahului >= len(self.scenes):
            raise ValueError(f"mendahului {self.mendahului}: layar ini hanya punya {len(self.scenes)} adegan")
        return self

    @model_validator(mode="after")
    def _panels_share_pixels(self) -> Screen:
        for name, pixels, panels in zip(("lebar", "tinggi"), self.pixels, self.panels, strict=True):
            if not 320 <= pixels <= 16_384:
                raise ValueError(f"{name} {pixels} piksel; tulis 320 sampai 16384, seperti [1920, 1080]")
            if pixels % panels:
                raise ValueError(f"{name} {pixels} piksel tidak terbagi rata untuk panel {self.panel}")
        return self
