"""The county lives its years as real ones do, and its truth is whole."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from gxcrawl.samples.arithmetic import broken
from gxcrawl.samples.portals import DEFAULT_DAY, Published
from gxcrawl.samples.portals.county import County, county, key_of, number_of
from gxcrawl.samples.portals.files import docx, pdf, png

SEASON = [date(2026, 1, 1) + timedelta(days=day) for day in range(140)]


@pytest.fixture(scope="module")
def shili() -> County:
    return county()


def late(report: Published) -> bool:
    return report.versions[0].since > date(report.year + 1, 1, 31) and not report.republished


def test_forty_organs_of_every_class(shili: County) -> None:
    assert Counter(organ.scope for organ in shili.organs) == {"区本级": 1, "部门": 19, "镇街": 20}
    assert len({organ.name for organ in shili.organs}) == 40
    assert all(organ.name.startswith("示例市示例县") for organ in shili.organs)


def test_the_same_arguments_make_the_same_county(shili: County) -> None:
    again = county.__wrapped__()
    assert again == shili
    for one, other in zip(again.reports[::20], shili.reports[::20], strict=True):
        assert [(v.body, v.cells) for v in one.versions] == [(v.body, v.cells) for v in other.versions]
    small = {seed: county(organs=3, years=(2025,), seed=seed).reports for seed in (1, 2)}
    assert small[1][0].versions[0].body != small[2][0].versions[0].body


@pytest.mark.parametrize("size", [(12, (2021, 2022, 2024, 2025)), (40, tuple(range(2018, 2026)))])
def test_everything_that_befalls_reports_befalls_one(size: tuple[int, tuple[int, ...]]) -> None:
    small = county("样例县", organs=size[0], years=size[1])
    reports = small.reports
    assert {report.carrier for report in reports} == {
        "html",
        "attachment",
        "row",
        "viewer",
        "tables-as-images",
    }
    assert len({(report.organ.name, report.year) for report in reports}) < size[0] * len(size[1])  # gaps
    assert any(report.planted for report in reports)
    assert any(late(report) for report in reports)
    assert any(len(report.versions) == 2 for report in reports)
    assert any(report.vanishes for report in reports)
    again = [report for report in reports if report.republished]
    for copy in again:
        first = next(r for r in reports if (r.organ, r.year) == (copy.organ, copy.year) and r is not copy)
        assert copy.versions[0].body == first.versions[0].body
        assert 600 < (copy.versions[0].since - first.versions[0].since).days < 660
    assert {bool(r.vanishes) for r in reports if (r.organ, r.year) in {(c.organ, c.year) for c in again}} == {
        True,
        False,
    }


def test_titles_are_as_careless_as_real_ones(shili: County) -> None:
    titles = [report.title for report in shili.reports]
    assert any(re.search(r" 20\d\d 年", title) for title in titles)
    assert any(title.endswith("政府信息公开工作报告") for title in titles)
    assert any(
        re.fullmatch(r"20\d\d年度政府信息公开工作报告", title) for title in titles
    )  # organ in the body only
    for report in shili.reports:
        assert str(report.year) in report.title
        if "示例" not in report.title and report.carrier == "html":
            assert report.organ.name in re.sub(r"<[^>]+>", "", report.versions[0].body.decode())


def test_numbers_stand_in_the_page_but_for_images_and_the_oldest(shili: County) -> None:
    for report in shili.reports:
        version = report.versions[-1]
        page = version.body.decode()
        if report.year == 2018:
            assert (version.form, dict(version.cells)) == ("", {})
            assert "<table" not in page
            continue
        assert version.form == ("2019" if report.year < 2021 else "2021")
        assert ("<img" in page) == (report.carrier == "tables-as-images")
        assert (page.count("<td") > 200) == (report.carrier != "tables-as-images")
        assert "t3.received.total" in version.cells


def test_an_error_is_planted_where_it_says_so_and_nowhere_else(shili: County) -> None:
    """Adds up the rows of applicants here, apart from the generator's own arithmetic."""
    people = ("natural_person", "company", "research", "nonprofit", "legal_service", "other_org")
    found = set()
    for report in shili.reports:
        cells = report.versions[0].cells
        rows = {name.rsplit(".", 1)[0] for name in cells if name.startswith("t3.")}
        wrong = any(
            None not in (parts := [cells[f"{row}.{person}"] for person in people])
            and (total := cells[f"{row}.total"]) is not None
            and sum(part or 0 for part in parts) != total
            for row in rows
        )
        assert wrong == ("T3-ROW" in report.planted)
        found.update(report.planted)
        if report.year > 2018:
            sums = {error.check for error in broken(report.versions[0].form, cells)}
            assert {code for code in report.planted if code.startswith(("T3", "T4"))} == sums
    assert {"T3-ROW", "T3-COL", "T3-BAL"} <= found


def test_a_season_passes_day_by_day(shili: County) -> None:
    online = [len([r for r in shili.online(day) if r.year == 2025]) for day in SEASON]
    assert online[0] == 0
    assert 0 < online[14] < online[31]
    changes = [
        report
        for report in shili.reports
        if len({id(version) for day in SEASON if (version := report.at(day))}) == 2
        or (report.at(SEASON[0]) is None and report.at(SEASON[31]) and report.at(SEASON[-1]) is None)
    ]
    assert changes  # something is corrected or withdrawn while one watches
    for report in shili.reports:
        first = report.versions[0].since
        assert report.at(first - timedelta(days=1)) is None
        assert report.at(first) is report.versions[0]
        if report.vanishes:
            assert report.at(report.vanishes - timedelta(days=1))
            assert report.at(report.vanishes) is None


def test_reports_have_names_of_their_own(shili: County) -> None:
    assert len({key_of(report) for report in shili.reports}) == len(shili.reports)
    assert len({number_of(report) for report in shili.reports}) == len(shili.reports)
    days = [report.versions[0].since for report in sorted(shili.reports, key=number_of)]
    assert days != sorted(days)


def test_a_docx_holds_the_words_and_the_tables(shili: County) -> None:
    report = next(r for r in shili.online(DEFAULT_DAY) if r.carrier == "attachment" and r.year > 2020)
    with zipfile.ZipFile(io.BytesIO(docx(report.versions[0].body.decode()))) as archive:
        assert archive.testzip() is None
        assert "[Content_Types].xml" in archive.namelist()
        tree = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314
    words = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    assert len(tree.findall(f"{words}body/{words}tbl")) >= 3
    told = "".join(node.text or "" for node in tree.iter(f"{words}t"))
    assert report.organ.name in told
    assert "本年新收政府信息公开申请数量" in told
    cells = tree.findall(f".//{words}tc")
    assert all(cell.findall(f"{words}p") for cell in cells)


def test_a_pdf_finds_its_objects_where_its_table_says(shili: County) -> None:
    data = pdf(shili.reports[-1].versions[0].body.decode())
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", data)[1])  # type: ignore[index]
    assert data[start:].startswith(b"xref\n")
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n ", data[start:])]
    for number, place in enumerate(places, start=1):
        assert data[place:].startswith(b"%d 0 obj\n" % number)
    told = b"".join(bytes.fromhex(word.decode()) for word in re.findall(rb"<([0-9a-f]+)> Tj", data))
    assert shili.reports[-1].organ.name in told.decode("utf-16-be")


def test_an_image_is_a_png() -> None:
    data = png()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    packed = data[data.index(b"IDAT") + 4 : data.index(b"IEND") - 8]
    assert len(zlib.decompress(packed)) == 72
