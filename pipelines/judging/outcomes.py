"""What became of one delivery: how many rows, why it was refused or held, who confirmed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipelines.deliveries.decisions import Confirmation
from pipelines.reading.months import instant_text
from pipelines.reading.reshaping import Doubt, Note


@dataclass(frozen=True)
class Outcome:
    """One delivery; accepted + rejected = staged, and every row of a held one counts as rejected."""

    staged: int
    accepted: int
    rejected: int
    kept: int  # accepted and not replaced by a later delivery
    data_until: datetime | None
    refusal: str  # why the whole delivery is refused; "" otherwise
    doubts: tuple[Doubt, ...] = ()  # why it is held, or was until someone confirmed it
    confirmation: Confirmation | None = None
    notes: tuple[Note, ...] = ()  # warnings about it as a whole, found by comparing it with others
    refusal_rule: str = ""
    is_replaced: bool = False  # by a later file of the same name that is loaded
    repeats: str = ""  # id of the delivery whose content it is, sent again: it changes nothing

    @property
    def is_held(self) -> bool:
        return bool(self.doubts) and not self.is_confirmed and not self.refusal

    @property
    def is_confirmed(self) -> bool:
        return self.confirmation is not None and self.confirmation.covers(doubt.rule for doubt in self.doubts)

    @property
    def is_loaded(self) -> bool:
        return not self.refusal and not self.is_held and not self.is_replaced and not self.repeats

    @property
    def reasons(self) -> str:
        return " ".join(doubt.message for doubt in self.doubts)

    @property
    def message(self) -> str:
        """What the record of the delivery says."""
        if self.refusal or self.confirmation is None:
            return self.refusal or (self.reasons if self.is_held else "")
        said = self.confirmation
        if self.is_held:
            return f"{self.reasons} Konfirmasi {said.confirmed_by} dahulu menyangkut hal lain: {said.shown}"
        why = said.reason.rstrip(". ")
        return (
            f"Dimuat atas konfirmasi {said.confirmed_by}, {instant_text(said.confirmed_at)}: {why}. "
            f"Alasan ditahan: {said.shown}"
        )
