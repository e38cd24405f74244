"""Takes in what somebody hands over in person: a file, or the word that nothing happened; gives a receipt.

Archives and nothing else: whether the rows are right is settled by the next build, as for any other delivery.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from pipelines.contracts.contract import Contract, ContractProblem
from pipelines.deliveries.submissions import (
    Handover,
    Kept,
    keep_delivery,
    received_first,
    submission_key,
    write_facts,
)
from warehouse.scope import Scope
from warehouse.settings import Settings

MOST_BYTES = 50_000_000
LONGEST_NAME = 120


@dataclass(frozen=True)
class Upload:
    """A file as a browser sends it, for which agency and on which way it came."""

    opd_code: str
    channel: str
    name: str
    content: bytes


@dataclass(frozen=True)
class NilPeriod:
    """A span in which nothing happened, as an agency says."""

    opd_code: str
    channel: str
    begun: datetime
    ended: datetime


@dataclass(frozen=True)
class Receipt:
    """What the sender keeps; `number` names the delivery in every list."""

    number: str
    source_id: str
    opd_code: str
    file_name: str
    sha256: str
    byte_count: int
    received_at: datetime
    is_known: bool  # this very file came last already: nothing changed


@dataclass(frozen=True)
class Counter:
    """Where one person hands deliveries over; refuses those of agencies they do not speak for."""

    settings: Settings
    scope: Scope
    now: datetime

    def receive_file(self, contract: Contract, upload: Upload) -> Receipt:
        """Keep a file as it is. Raises NotPermittedError, ContractProblem when it cannot be a delivery at all."""
        name = clean_name(upload.name)
        if not upload.content:
            raise ContractProblem(f"Berkas {name} kosong. Kirim ulang berkas yang berisi data.")
        if len(upload.content) > MOST_BYTES:
            raise ContractProblem(f"Berkas {name} lebih besar dari 50 MB. Bagi menjadi beberapa berkas.")
        self._require_sender(contract, upload.opd_code)
        handover = Handover(upload.opd_code, self.scope.actor, upload.channel)
        return self._keep(contract, handover, name, upload.content)

    def receive_nil(self, contract: Contract, nil: NilPeriod) -> Receipt:
        """Keep the word that nothing happened. Raises NotPermittedError, ContractProblem."""
        if not contract.allows_nil:
            raise ContractProblem(f"Sumber {contract.title} tidak menerima laporan nihil. Kirim berkasnya.")
        self._require_sender(contract, nil.opd_code)
        if nil.begun >= nil.ended:
            raise ContractProblem("Laporan nihil wajib menyebut awal dan akhir masanya.")
        if nil.begun >= self.now:
            raise ContractProblem("Masa laporan nihil belum dimulai. Pilih masa yang sudah berjalan.")
        span = f"{nil.begun:%Y-%m-%d} s.d. {nil.ended:%Y-%m-%d}"
        said = f"NIHIL\nsumber: {contract.source_id}\nOPD: {nil.opd_code}\nmasa: {span}\n"
        name = f"nihil_{contract.source_id}_{nil.opd_code}_{span.replace(' s.d. ', '_')}.txt"
        handover = Handover(nil.opd_code, self.scope.actor, nil.channel, nil.begun, nil.ended)
        return self._keep(contract, handover, name, said.encode())

    def _require_sender(self, contract: Contract, opd_code: str) -> None:
        self.scope.require_delivery(opd_code)
        senders = contract.senders_in(self.settings.region.region_code)
        if opd_code not in senders:
            known = ", ".join(senders)
            raise ContractProblem(
                f"{opd_code or 'Pengirim'} bukan pengirim {contract.title}. Pengirim yang disepakati: {known}."
            )

    def _keep(self, contract: Contract, handover: Handover, name: str, content: bytes) -> Receipt:
        digest = hashlib.sha256(content).hexdigest()

        def write(path: Path) -> bool:
            path.write_bytes(content)
            return True

        folder = self.settings.state_dir / "archive" / contract.source_id
        kept = keep_delivery(folder, name, digest, write, write_facts(name, self.now, handover))
        at = received_first(folder, name, digest) if kept is Kept.KNOWN else self.now
        number = f"{at:%Y%m%d}-{submission_key('inbox', name, digest)[:8].upper()}"
        facts = (contract.source_id, handover.opd_code, name, digest, len(content), at)
        return Receipt(number, *facts, kept is Kept.KNOWN)


def clean_name(file_name: str) -> str:
    """The last part of a name as any browser sends it. Raises ContractProblem for one that names nothing."""
    name = PurePosixPath(file_name.replace("\\", "/")).name.strip()
    if not name.strip(". ") or not name.isprintable() or len(name) > LONGEST_NAME:
        raise ContractProblem(
            f"Nama berkas tidak dapat dipakai. Beri nama tanpa tanda khusus, paling panjang {LONGEST_NAME} huruf."
        )
    return name
