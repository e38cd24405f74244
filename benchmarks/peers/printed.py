"""One content of several pages made into a PDF by the way named: by reports, or as HTML printed by Chromium.

Both ways read the same release, build the same content and draw the same SVG charts; only what lays them out differs.
The HTML is as simple as it can be: the same words, tables and charts, without running heads and feet.

python -m benchmarks.peers.printed reports|chromium RESULT.pdf --now 2026-11-20T06:30
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from html import escape
from itertools import count
from pathlib import Path
from typing import Any

from charts.lettering import FILES, FONT_DIR
from reports.content import PageContent
from reports.desk import Desk
from reports.opening import opened_desk
from reports.paper import paper_data
from reports.pdf import draw_pdf
from reports.registry import find_page
from tests.browser.driver import FLAGS, chromium_path
from warehouse.filters import read_filters
from warehouse.scope import machine_scope
from warehouse.settings import load_settings

CODE = "0000-0000"
PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("masterplan", {}),
    ("spbe", {}),
    ("smart_environment", {}),
    ("jelajah", {}),
    ("jelajah", {"indikator": "smart_living.tiba_15_menit", "periode": "12b", "baris": "35.16.07"}),
)
FACES = "".join(
    f"@font-face {{font-family: 'Source Sans Pro'; font-weight: {weight}; src: url('{(FONT_DIR / name).as_uri()}')}}"
    for weight, name in FILES.items()
)
STYLE = f"""
{FACES}
@page {{size: A4 landscape; margin: 17mm 16mm 21mm}}
body {{font: 10pt 'Source Sans Pro'; margin: 0}}
h1 {{font-size: 21pt}} h2 {{font-size: 11.5pt; break-after: avoid}}
table {{border-collapse: collapse; width: 100%}}
td, th {{border-bottom: .4pt solid #ccc; padding: 2pt 4pt; text-align: left; vertical-align: top}}
.right {{text-align: right}} tr, figure, .tile {{break-inside: avoid}} figure {{margin: 0}}
.tiles {{display: grid; gap: 8pt}} .tile {{border: .6pt solid #ccc; padding: 8pt}}
"""


def main() -> int:
    parser = argparse.ArgumentParser(description="Draws one content as PDF.")
    parser.add_argument("way", choices=("reports", "chromium"))
    parser.add_argument("result", type=Path)
    parser.add_argument("--now", type=datetime.fromisoformat, required=True)
    options = parser.parse_args()
    draw: Callable[[dict[str, Any]], bytes] = {"reports": draw_pdf, "chromium": print_html}[options.way]
    with opened_desk(load_settings(), options.now, "", machine_scope("baris perintah benchmarks")) as desk:
        data = paper_data(desk, joined_content(desk), CODE)
    started = time.perf_counter()
    options.result.write_bytes(draw(data))
    print(json.dumps({"layout_s": time.perf_counter() - started, "said": list(words_of(data)), **counts_of(data)}))
    return 0


def joined_content(desk: Desk) -> PageContent:
    """The sections and sources of all PAGES behind the first one."""
    contents = [find_page(name).build(desk, read_filters(address)) for name, address in PAGES]
    sections = tuple(section for content in contents for section in content.sections)
    sources = {source.source_id: source for content in contents for source in content.sources}
    return replace(contents[0], sections=sections, sources=tuple(sources.values()))


def _blocks(data: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [block for section in data["sections"] for block in section["blocks"] if block["kind"] == kind]


def words_of(data: dict[str, Any]) -> Iterator[str]:
    """Every value a reader must find, whatever drew it."""
    for block in _blocks(data, "figures"):
        yield from (item["value"] for item in block["items"])
    for block in _blocks(data, "table"):
        yield from (cell for row in (*block["rows"], block["total"]) for cell in row if cell)


def counts_of(data: dict[str, Any]) -> dict[str, int]:
    rows = sum(len(block["rows"]) for block in _blocks(data, "table"))
    return {"rows": rows, "charts": len(_blocks(data, "chart"))}


def print_html(data: dict[str, Any]) -> bytes:
    """Chromium starts, reads the file, prints it and ends, as a server would call it for one paper."""
    with tempfile.TemporaryDirectory(prefix="pendopo-cetak-", ignore_cleanup_errors=True) as folder:
        source, result = Path(folder, "isi.html"), Path(folder, "isi.pdf")
        source.write_text(as_html(data), "utf-8")
        command = [chromium_path(), "--headless", *FLAGS, f"--user-data-dir={folder}/profil"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={result}", source.as_uri()]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return result.read_bytes()


def as_html(data: dict[str, Any]) -> str:
    body = [f"<h1>{escape(data['message'])}</h1><p>{escape(data['subtitle'])}</p>"]
    for section in data["sections"]:
        body.append(f"<h2>{escape(section['title'])}</h2><p>{escape(section['note'])}</p>")
        body += [DRAW[block["kind"]](block) for block in section["blocks"]]
        body.append(f"<p>{escape(section['clocks'])}</p>")
    body.append(f"<p>{escape(data['foot-sources'])} {escape(data['foot-state'])}</p>")
    head = f"<meta charset=utf-8><title>{escape(data['message'])}</title><style>{STYLE}</style>"
    return _own_ids(f"<!doctype html><html lang=id><head>{head}</head><body>{''.join(body)}</body></html>")


def _own_ids(html: str) -> str:
    """Each chart numbers its clips from one; in one page they would take each other's."""
    numbers = count()

    def prefixed(chart: re.Match[str]) -> str:
        return re.sub(r'(id="|url\(#)', rf"\g<1>g{next(numbers)}-", chart[0])

    return re.sub(r"<svg.*?</svg>", prefixed, html, flags=re.DOTALL)


def _figures(block: dict[str, Any]) -> str:
    tiles = "".join(
        f"<div class=tile><b>{escape(item['title'])}</b><h1>{escape(item['value'])}</h1>"
        f"<p>{escape(item['context'])}</p><p>{escape(item['limit'])}</p>{item['bullet'] or ''}{item['spark'] or ''}"
        f"<p>{escape(item['course'])} {escape(item['reason'])} {escape(item['clock'])}</p></div>"
        for item in block["items"]
    )
    return f"<div class=tiles style='grid-template-columns: repeat({block['columns']}, 1fr)'>{tiles}</div>"


def _table(block: dict[str, Any]) -> str:
    sides = [" class=right" if is_right else "" for is_right in block["right"]]

    def line(cells: list[str], tag: str) -> str:
        pairs = zip(cells, sides, strict=True)
        return "<tr>" + "".join(f"<{tag}{side}>{escape(cell)}</{tag}>" for cell, side in pairs) + "</tr>"

    rows = "".join(line(row, "td") for row in block["rows"])
    total = line(block["total"], "th") if block["total"] else ""
    head = f"<thead>{line(block['header'], 'th')}</thead>"
    size = f"style='font-size: {block['size']}pt'"
    return f"<table {size}>{head}<tbody>{rows}{total}</tbody></table><p>{escape(block['note'])}</p>"


def _chart(block: dict[str, Any]) -> str:
    svg = block["svg"].replace("<svg", f"<svg style='width: {block['width']}pt; height: {block['height']}pt'", 1)
    return f"<figure>{svg}<figcaption>{escape(block['words'])}</figcaption></figure>"


def _missing(block: dict[str, Any]) -> str:
    return f"<p><b>{escape(block['title'])}</b><br>{escape(block['words'])}<br>{escape(block['reason'])}</p>"


def _words(block: dict[str, Any]) -> str:
    return f"<p>{escape(block['text'])}</p>"


DRAW: dict[str, Callable[[dict[str, Any]], str]] = {
    "figures": _figures, "table": _table, "chart": _chart, "missing": _missing, "words": _words,
}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
