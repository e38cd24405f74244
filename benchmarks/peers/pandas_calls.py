"""The 112 call files read, typed, checked and stored by a plain pandas script, as an analyst would write it.

Same rules as the contract (types, ranges, codes, order of instants, ticket for a real call, one row per id, latest
file wins, bad rows kept aside with a reason). Leaves out what Pendopo adds: cells, lineage, marts, checksum.
"""

from __future__ import annotations

import argparse
import csv
import re
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

REFERENCE = Path(__file__).resolve().parents[2] / "warehouse" / "reference"
MISSING = ["", "-", "n/a", "na", "null", "NA", "N/A", "NULL", "Null"]
INSTANTS = {"offered_at": "Waktu Masuk", "answered_at": "Waktu Dijawab", "ended_at": "Waktu Selesai"}
NUMBERS = {"wait_seconds": ("Lama Tunggu (detik)", 3600), "talk_seconds": ("Lama Bicara (detik)", 14400)}
CODES = {"call_id": "ID Panggilan", "ticket_no": "Nomor Tiket", "call_kind_code": "Jenis Panggilan"}
NUMBER_SHAPE = r"^-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$"
RECEIVED_LATER = re.compile(r"_(\d{4}-\d{2}-\d{2})_s\.d\._(\d{2})\.csv$")


def call_kinds() -> dict[str, str]:
    kinds: dict[str, str] = {}
    with (REFERENCE / "call_kind.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            kinds |= {key(row["code"]): row["code"], key(row["name"]): row["code"]}
    with (REFERENCE / "alias.csv").open(encoding="utf-8", newline="") as stream:
        kinds |= {key(r["spelling"]): r["code"] for r in csv.DictReader(stream) if r["reference"] == "ref_call_kind"}
    return kinds


def key(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.lower())


def files_until(folder: Path, now: datetime) -> list[Path]:
    found = []
    for path in folder.glob("*.csv"):
        match = RECEIVED_LATER.search(path.name)
        if match and datetime.strptime(" ".join(match.groups()), "%Y-%m-%d %H") <= now:
            found.append((match.groups(), path))
    return [path for _until, path in sorted(found)]


def read(path: Path) -> pd.DataFrame:
    wanted = [*CODES.values(), *INSTANTS.values(), *(header for header, _limit in NUMBERS.values())]
    frame = pd.read_csv(path, sep=";", dtype="string", usecols=wanted, na_values=MISSING, keep_default_na=False)
    for column in frame.columns:
        frame[column] = frame[column].str.strip()
    return frame.assign(file_name=path.name, row_no=range(2, len(frame) + 2))


def type_and_judge(raw: pd.DataFrame, kinds: dict[str, str]) -> pd.DataFrame:
    frame = raw[["file_name", "row_no"]].copy()
    reasons = pd.Series("", index=raw.index, dtype="object")

    def refuse(wrong: pd.Series, why: str) -> None:
        reasons.loc[wrong.fillna(False)] += why + "; "

    for name, header in CODES.items():
        frame[name] = raw[header]
    lookup = {text: kinds.get(key(text)) for text in raw["Jenis Panggilan"].dropna().unique()}
    frame["call_kind_code"] = raw["Jenis Panggilan"].map(lookup)
    refuse(raw["Jenis Panggilan"].notna() & frame["call_kind_code"].isna(), "unknown kind")
    for name, header in INSTANTS.items():
        frame[name] = pd.to_datetime(raw[header], format="%d/%m/%Y %H:%M:%S", errors="coerce")
        refuse(raw[header].notna() & frame[name].isna(), f"{header} not an instant")
    for name, (header, limit) in NUMBERS.items():
        shaped = raw[header].where(raw[header].str.match(NUMBER_SHAPE))
        plain = shaped.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
        frame[name] = pd.to_numeric(plain, errors="coerce")
        refuse(raw[header].notna() & frame[name].isna(), f"{header} not a number")
        refuse((frame[name] < 0) | (frame[name] > limit), f"{header} out of range")
    for name in ("call_id", "offered_at", "call_kind_code"):
        refuse(frame[name].isna(), f"{name} missing")
    refuse(frame["answered_at"] < frame["offered_at"], "answered before offered")
    refuse(frame["ended_at"] < frame["answered_at"], "ended before answered")
    refuse((frame["call_kind_code"] == "normal") & frame["ticket_no"].isna(), "ticket missing")
    refuse(frame.duplicated("call_id") & frame["call_id"].notna(), "same id twice")
    return frame.assign(reason=reasons)


def main() -> None:
    parser = argparse.ArgumentParser(description="Plain pandas peer of the call build.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--now", type=datetime.fromisoformat, required=True)
    options = parser.parse_args()
    kinds = call_kinds()
    judged = pd.concat(
        [type_and_judge(read(path), kinds) for path in files_until(options.folder, options.now)], ignore_index=True
    )
    good = judged[judged["reason"] == ""].drop(columns="reason").drop_duplicates("call_id", keep="last")
    bad = judged[judged["reason"] != ""]
    with duckdb.connect(str(options.target)) as connection:
        connection.execute("CREATE TABLE core_call AS SELECT * FROM good")
        connection.execute("CREATE TABLE quarantine AS SELECT * FROM bad")
    print(f"{len(good):,} rows accepted, {len(bad):,} quarantined")


if __name__ == "__main__":
    main()
