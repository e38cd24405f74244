"""Rows of XML: areas of a CAP warning, items of RSS, elements a contract names; entities never."""

from __future__ import annotations

import pytest

from pipelines.containers import open_file
from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.contract_parts import FileShape

CAP = """<?xml version="1.0"?>
<cap:alert xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2">
  <cap:identifier>X1</cap:identifier><cap:sent>2026-02-16T23:00:00+07:00</cap:sent><cap:status>Actual</cap:status>
  <cap:info><cap:event>Hujan Lebat</cap:event><cap:severity>Moderate</cap:severity>
    <cap:expires>2026-02-17T02:00:00+07:00</cap:expires>
    <cap:area><cap:areaDesc>Puri</cap:areaDesc>
      <cap:polygon>1,2 3,4</cap:polygon><cap:polygon>5,6 7,8</cap:polygon></cap:area>
    <cap:area><cap:areaDesc>Sooko</cap:areaDesc></cap:area></cap:info>
  <cap:info><cap:event>Angin</cap:event></cap:info>
</cap:alert>"""
RSS = """<rss version="2.0" xmlns:media="m"><channel><title>Kanal</title>
  <item><title>Satu</title><media:title>Lain</media:title><link>http://a</link><category>x</category>
  <category>y</category></item>
  <item><title><![CDATA[<div>Dua</div>]]></title><enclosure url="http://b"/></item></channel></rss>"""


def read(tmp_path, text, records=None):
    path = tmp_path / "data.xls"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    opened = open_file(path, tmp_path, FileShape(records=records))
    assert opened.kind == "xml"
    names, *rows = opened.grids[0].cells
    return [{name: cell for name, cell in zip(names, row, strict=True) if cell} for row in rows]


def test_a_warning_has_a_row_for_each_of_its_areas(tmp_path):
    whole = {"identifier": "X1", "sent": "2026-02-16T23:00:00+07:00", "status": "Actual"}
    rain = whole | {"event": "Hujan Lebat", "severity": "Moderate", "expires": "2026-02-17T02:00:00+07:00"}
    assert read(tmp_path, CAP) == [
        rain | {"areaDesc": "Puri", "polygon": "1,2 3,4; 5,6 7,8"},
        rain | {"areaDesc": "Sooko"},
        whole | {"event": "Angin"},
    ]


def test_items_of_a_feed(tmp_path):
    assert read(tmp_path, RSS) == [
        {"title": "Satu", "media:title": "Lain", "link": "http://a", "category": "x; y"},
        {"title": "<div>Dua</div>", "enclosure.url": "http://b"},
    ]


def test_elements_the_contract_names(tmp_path):
    text = '<?xml version="1.0" encoding="windows-1252"?><d><r id="1"><a>Caf\xe9</a><b><c>2</c></b></r><r id="2"/></d>'
    assert read(tmp_path, text.encode("cp1252"), "d.r") == [{"id": "1", "a": "Café", "b.c": "2"}, {"id": "2"}]


LAUGHS = '<!DOCTYPE a [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 12)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{LAUGHS}]><rss>&a11;</rss>", "DOCTYPE"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><a>&x;</a></item></rss>', "DOCTYPE"),
        (RSS[:-20], "terpotong atau rusak"),
        ("<rss>" + "<a>" * 200_000, "bersarang"),
        ("<rss><channel/></rss>", 'tidak memuat unsur "item"'),
        ("<data><baris><a>1</a></baris></data>", r"tidak dikenal \(data, baris, a\)"),
        ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "Excel 2003"),
        ('<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>', "tanpa ZIP"),
    ],
    ids=["entities", "outside", "cut off", "deep", "no item", "unknown", "Excel 2003", "flat"],
)
def test_what_is_dangerous_or_unknown_is_refused(tmp_path, text, said):
    with pytest.raises(ContractProblem, match=said) as refused:
        read(tmp_path, text)
    assert "data.xls" in str(refused.value)
