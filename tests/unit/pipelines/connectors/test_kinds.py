"""Each kind of web source: what it asks for, when it stops, what it stores, what it refuses and why."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.unit.pipelines.connectors.office import CONTRACT, HOST, NOW, Office

FILE = "hujan_2026-11-21_160800.csv"


def replies(content, status=200):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return httpx.Response(status, content=body)


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path, lambda _request: replies(b""))


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><html><title>Masuk</title>",
        b"\xef\xbb\xbf\n <HTML lang=id>",
        b"<!-- x --><!doctype  HTML>",
        b"<head><script>",
    ],
)
def test_a_login_page_is_no_sheet(office, page):
    office.connect(f"kind: sheet\nurl: https://{HOST}/x\n")
    office.answer = lambda _request: httpx.Response(200, content=page, headers={"content-type": "text/csv"})
    assert "tautan belum dipublikasikan" in office.fetch().message
    assert office.inbox == {}


def test_a_redirect_to_a_login_page_is_told_as_such(office):
    office.connect(f"kind: sheet\nurl: https://{HOST}/x\n")
    office.answer = lambda _request: httpx.Response(302, headers={"location": "https://accounts.masuk.com/"})
    assert "tautan belum dipublikasikan" in office.fetch().message


@pytest.mark.parametrize("content", [b"a;b\n<html>;1\n", b"<b>Tanggal</b>;x\n", b"htmlx\n"])
def test_a_sheet_is_taken_whatever_its_type_says(office, content):
    office.connect(f"kind: sheet\nurl: https://{HOST}/x\n")
    office.answer = lambda _request: httpx.Response(200, content=content, headers={"content-type": "text/html"})
    assert office.fetch().outcome == "diambil"
    assert office.inbox == {FILE: content}


@pytest.mark.parametrize("content", [b"", b" \r\n\n"])
def test_an_empty_document_is_refused(office, content):
    office.connect(f"kind: sheet\nurl: https://{HOST}/x\n")
    office.answer = lambda _request: replies(content)
    assert "berkas kosong" in office.fetch().message


JSON = f"kind: http_json\nurl: https://{HOST}/api?kunci=1\nparams: {{tahun: '2026'}}\nrecords: data.items\n"


def test_json_without_paging_is_stored_as_it_came(office):
    office.connect(JSON)
    content = b'{"data": {"items": [ {"x": 75.50} ]}, "lain": 1}'
    office.answer = lambda _request: replies(content)
    assert office.fetch().outcome == "diambil"
    assert office.inbox == {FILE: content}
    assert dict(office.asked[0].url.params) == {"kunci": "1", "tahun": "2026"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"data": {"rows": []}}', "tidak punya daftar rekaman di 'data.items'. Kunci yang ada: data."),
        (b'{"data": {"items": {}}}', "tidak punya daftar rekaman"),
        (b"[]", "tidak punya daftar rekaman"),
        (b'{"data": {"items": [1', "bukan JSON yang sah"),
        (b'{"data": {"items": [{"a": 1, "a": 2}]}}', "kunci kembar"),
        (b'{"data": {"items": [NaN]}}', "bukan JSON yang sah"),
        (b"\xff\xfe", "bukan JSON yang sah"),
        (b"[" * 100_000, "bersarang terlalu dalam"),
        (b"<html>", "menjawab halaman web"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_what_is_not_the_declared_json_is_refused(office, content, said):
    office.connect(JSON)
    office.answer = lambda _request: replies(content)
    assert said in office.fetch().message
    assert office.inbox == {}


def items(*values, **more):
    return {"data": {"items": [{"n": value} for value in values]}, **more}


def answered_from(pages, key):
    """Each value of the parameter has its page; more are empty."""
    return lambda request: replies(pages.get(request.url.params.get(key, ""), items()))


@pytest.mark.parametrize(
    ("paging", "pages", "asked"),
    [
        ("style: page, param: p, start: 1", {"1": items(1, 2), "2": items(3)}, ["1", "2", "3"]),
        ("style: page, param: p, start: 1, size: 2", {"1": items(1, 2), "2": items(3)}, ["1", "2"]),
        ("style: page, param: p, start: 1, size: 2", {"1": items(1, 2)}, ["1", "2"]),
        ("style: page, param: p, total: n", {"0": items(1, n=2), "1": items(2, n=2)}, ["0", "1"]),
        ("style: offset, param: p, size: 2", {"0": items(1, 2), "2": items(3)}, ["0", "2"]),
    ],
)
def test_pages_are_gathered_up_to_the_last(office, paging, pages, asked):
    office.connect(JSON + f"paging: {{{paging}}}\n")
    office.answer = answered_from(pages, "p")
    assert office.fetch().outcome == "diambil"
    assert [request.url.params["p"] for request in office.asked] == asked
    gathered = json.loads(office.inbox[FILE])["result"]["records"]
    assert [one["n"] for one in gathered] == [n["n"] for page in pages.values() for n in page["data"]["items"]]


def test_links_to_the_next_page_are_followed(office):
    office.connect(JSON + "paging: {style: next, next: links.next}\n")
    pages = {"": items(1, links={"next": "/api?h=2%2B"}), "2+": items(2, links={"next": None})}
    office.answer = answered_from(pages, "h")
    assert office.fetch().outcome == "diambil"
    assert [request.url.query for request in office.asked] == [b"kunci=1&tahun=2026", b"h=2%2B"]


@pytest.mark.parametrize(
    ("paging", "answer", "said"),
    [
        ("style: page, param: p", items(1), "halaman yang sama dua kali"),
        ("style: next, next: l", items(1, l=f"https://{HOST}/api?kunci=1"), "sudah diambil"),
        ("style: next, next: l", items(1, l="https://lain.com/"), "belum diizinkan"),
        ("style: page, param: p, size: 5, total: n", items(1, n=9), "menyebut 9 rekaman tetapi memberi 1"),
    ],
)
def test_a_part_is_never_stored_as_the_whole(office, paging, answer, said):
    office.connect(JSON + f"paging: {{{paging}}}\n")
    office.answer = lambda _request: replies(answer)
    assert said in office.fetch().message
    assert office.inbox == {}


def test_more_pages_than_declared_are_refused(office):
    office.connect(JSON + "paging: {style: page, param: p, max_pages: 3}\n")
    office.answer = lambda request: replies(items(request.url.params["p"]))
    assert "Naikkan paging.max_pages" in office.fetch().message
    assert len(office.asked) == 3


def test_gathered_numbers_are_those_the_server_wrote(office):
    office.connect(JSON.replace("data.items", "r") + "paging: {style: page, param: p, size: 9}\n")
    written = b'[{"a": 75.50, "b": 12345678901234567890, "c": 1E+2, "d": "\xc3\xa9\\u0001", "e": [true, null, {}]}]'
    office.answer = lambda _request: replies(b'{"r": ' + written + b"}")
    office.fetch()
    assert office.inbox[FILE] == b'{"result": {"records": [\n' + written[1:-1] + b"\n]}}\n"


def ckan(office, more=""):
    office.connect(f"kind: ckan\nurl: https://{HOST}/\ndataset: hujan\npage_size: 2\n{more}")


def resource(number, name="Hujan 2026", **more):
    return {
        "id": f"r{number}",
        "name": name,
        "format": "CSV",
        "url": f"https://{HOST}/unduh/{number}.csv",
        "datastore_active": True,
        **more,
    }


def portal(resources, records=(), **result):
    """A portal with one data set whose resources hold the same records."""

    def answer(request):
        if request.url.path.endswith("package_show"):
            return replies({"success": True, "result": {"resources": list(resources)}})
        if request.url.path.endswith("datastore_search"):
            start = int(request.url.params["offset"])
            page = records[start : start + int(request.url.params["limit"])]
            total = {"total": len(records), "records": list(page)}
            return replies({"success": True, "result": total | result})
        return replies(f"unduhan {request.url.path}".encode())

    return answer


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (2, 1), (3, 2), (5, 3)])
def test_records_of_a_datastore_are_gathered(office, count, pages):
    ckan(office)
    records = [{"_id": number, "hujan": "75,57"} for number in range(count)]
    office.answer = portal([resource(1)], records)
    assert office.fetch().outcome == "diambil"
    assert json.loads(office.inbox[FILE]) == {"result": {"records": records}}
    assert [request.url.path.rsplit("/", 1)[1] for request in office.asked] == ["package_show"] + [
        "datastore_search"
    ] * pages
    assert office.asked[1].url.params["resource_id"] == "r1"


def test_an_estimated_total_does_not_end_the_records(office):
    ckan(office)
    records = [{"_id": number} for number in range(5)]
    office.answer = portal([resource(1)], records, total=3, total_was_estimated=True)
    office.fetch()
    assert len(json.loads(office.inbox[FILE])["result"]["records"]) == 5


@pytest.mark.parametrize(
    ("total", "said"), [(7, "menyebut 7 rekaman tetapi memberi 5"), (None, "tidak memuat records")]
)
def test_records_that_are_not_as_many_as_told_are_refused(office, total, said):
    ckan(office)
    office.answer = portal([resource(1)], [{"_id": number} for number in range(5)], total=total)
    assert said in office.fetch().message
    assert office.inbox == {}


@pytest.mark.parametrize(
    ("wanted", "resources", "said"),
    [
        ("{name: 'hujan 2026*'}", [resource(1), resource(2, "Hujan 2025")], "r1"),
        ("{format: csv}", [resource(1), resource(2, format="PDF")], "r1"),
        ("{name: '*2025', format: CSV}", [resource(1), resource(2, "Hujan 2025")], "r2"),
        ("{name: 'Hujan*'}", [resource(1), resource(2, "Hujan 2025")], "cocok dengan 2 sumber daya: Hujan 2026 (CSV)"),
        ("{name: Hujn 2026}", [resource(1)], "tidak ada di dataset hujan; maksudnya 'Hujan 2026'?"),
        ("{format: XLSX}", [resource(1)], "berformat XLSX tidak ada di dataset hujan. Yang ada: Hujan 2026 (CSV)"),
        ("{}", [], "Yang ada: tidak ada"),
        ("{}", [resource(1, datastore_active=False)], "Tulis mode: download"),
    ],
)
def test_one_resource_is_chosen_or_the_choice_is_told(office, wanted, resources, said):
    ckan(office, f"resource: {wanted}\n")
    office.answer = portal(resources, [{"_id": 1}])
    done = office.fetch()
    chosen = office.asked[-1].url.params.get("resource_id", "")
    assert said == chosen if done.outcome == "diambil" else said in done.message


def test_a_resource_is_downloaded_as_it_lies_there(office):
    ckan(office, "mode: download\n")
    office.answer = portal([resource(1, datastore_active=False)])
    assert office.fetch().outcome == "diambil"
    assert office.inbox == {FILE: b"unduhan /unduh/1.csv"}


def test_a_resource_on_another_host_needs_that_host(office):
    ckan(office, "mode: download\n")
    office.answer = portal([resource(1, url="https://lain.com/x.csv")])
    assert "Host lain.com belum diizinkan" in office.fetch().message


def said_no(kind, message):
    return {"success": False, "error": {"__type": kind, "message": message}}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (replies(said_no("Not Found Error", "Not found"), 404), "tidak ada di data.contoh.go.id. Periksa dataset di"),
        (replies(said_no("Not Found Error", "Tidak ketemu")), 'Kata portal: "Tidak ketemu"'),
        (replies(said_no("Authorization Error", "Access denied"), 403), "datanya tertutup"),
        (replies(said_no("Validation Error", "salah"), 409), "menolak package_show"),
        (replies(said_no("X", "hubungi budi@contoh.go.id")), "hubungi [disamarkan]"),
        (replies({"success": False}), "menolak package_show. Periksa"),
        (replies(b"<html>Forbidden</html>", 403), "halaman web untuk package_show (403)"),
        (replies(b"<!doctype html><title>404"), "bukan API CKAN"),
        (replies(b"", 502), "sedang bermasalah (502)"),
    ],
)
def test_what_a_portal_refuses_is_told_in_its_words(office, answer, said):
    ckan(office)
    office.answer = lambda _request: answer
    assert said in office.fetch().message


BMKG = f"kind: bmkg\nurl: https://{HOST}/id/rss.xml\nattempts: 1\n"
WARNINGS = CONTRACT.replace("hujan_*.csv", "bmkg_peringatan_*.xml")


def rss(*links):
    entries = "".join(f"<item><title>Hujan di {area}</title><link>{link}</link></item>" for area, link in links)
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{entries}</channel></rss>".encode()


def cap(identifier, sent="2026-11-21T22:50:00+07:00"):
    return (
        '<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
        f"<identifier>{identifier}</identifier><sent>{sent}</sent></alert>"
    ).encode()


def publishes(listed, **documents):
    def answer(request):
        name = request.url.path.rsplit("/", 1)[1].removesuffix(".xml")
        return replies(listed) if name == "rss" else documents.get(name) or replies(b"", 404)

    return answer


def test_each_warning_is_stored_once_as_it_came(office):
    office.connect(BMKG, WARNINGS)
    listed = rss(("Banten", "https://data.contoh.go.id/id/CBT1.xml"), ("Jawa Timur", "CJI2.xml"))
    first, second = cap("2.49.1"), cap("2.49.2", "2026-11-21T18:00:00+00:00")
    office.answer = publishes(listed, CBT1=replies(first), CJI2=replies(second))
    done = office.fetch()
    assert done.outcome == "diambil"
    assert office.take_inbox() == {
        "bmkg_peringatan_2026-11-21_CBT1.xml": first,
        "bmkg_peringatan_2026-11-22_CJI2.xml": second,  # in the region's own day
    }
    assert office.fetch().outcome == "tidak berubah"
    office.answer = publishes(listed, CBT1=replies(first), CJI2=replies(cap("2.49.3")))
    assert office.fetch(NOW.replace(hour=20)).files == ("bmkg_peringatan_2026-11-21_CJI2.xml",)


def test_only_warnings_of_the_named_areas_are_asked_for(office):
    office.connect(BMKG + "areas: [jawa timur]\n", WARNINGS)
    office.answer = publishes(rss(("Banten", "CBT1.xml"), ("Jawa Timur", "CJI2.xml")), CJI2=replies(cap("1")))
    assert office.fetch().files == ("bmkg_peringatan_2026-11-21_CJI2.xml",)
    assert len(office.asked) == 2


def test_no_warning_at_all_is_a_good_answer(office):
    office.connect(BMKG, WARNINGS)
    office.answer = publishes(rss())
    assert office.fetch().outcome == "tidak berubah"


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (replies(b"", 404), "tidak ada lagi"),
        (replies(b"<html>"), "bukan CAP 1.2 yang utuh"),
        (replies(cap("1")[:-4]), "bukan CAP 1.2 yang utuh"),
        (replies(cap("")), "bukan CAP 1.2 yang utuh"),
        (replies(cap("1", "kemarin")), "waktu sent yang sah"),
        (replies(b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + cap("1")), "DTD"),
    ],
)
def test_one_bad_warning_does_not_hide_the_others(office, document, said):
    office.connect(BMKG, WARNINGS)
    office.answer = publishes(rss(("a", "A1.xml"), ("b", "B2.xml")), A1=document, B2=replies(cap("2")))
    done = office.fetch()
    assert (done.outcome, done.files) == ("sebagian", ("bmkg_peringatan_2026-11-21_B2.xml",))
    assert said in done.message
    office.take_inbox()
    office.answer = publishes(rss(("a", "A1.xml"), ("b", "B2.xml")), A1=replies(cap("1")), B2=replies(cap("2")))
    assert office.fetch().files == ("bmkg_peringatan_2026-11-21_A1.xml",)  # it is asked for again


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        (b"<html>", "bukan daftar RSS"),
        (b"<rss><channel>", "bukan daftar RSS"),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]>" + rss(), "DTD"),
        (rss(("a", "A1.xml")), "Tidak satu pun dari 1"),
        (rss(("a", "https://lain.com/A1.xml")), "Tidak satu pun dari 1"),
        (rss(*((str(number), f"{number}.xml") for number in range(4))), "Tulis areas"),
    ],
)
def test_a_list_that_cannot_be_used_is_told(office, listed, said):
    office.connect(BMKG + "max_alerts: 3\n", WARNINGS)
    office.answer = publishes(listed)
    assert said in office.fetch().message
