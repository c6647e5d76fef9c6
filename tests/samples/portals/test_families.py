"""The lists of the other families, walked by nothing but their own rules, hold what the truth says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urljoin

import pytest

from gxcrawl.samples.portals import DEFAULT_DAY, Replica, Served

Ask = Callable[..., Any]


@pytest.fixture
def look(ask: Ask) -> Callable[[str, str], str]:
    """A page as text, its charset taken from its head."""

    def at(name: str, path: str) -> str:
        answer = ask(name, path)
        assert answer.status == 200, path
        encoding = "gb18030" if "gb2312" in answer.headers["content-type"].lower() else "utf-8"
        return str(answer.body.decode(encoding))

    return at


def hrefs(text: str, base: str) -> list[str]:
    """The paths of all links, in order."""
    found = re.findall(r"""<a\s[^>]*?href\s*=\s*["']?([^"'\s>]+)""", text, flags=re.I)
    whole = (urljoin(f"http://h{base}", unescape(href)) for href in found)
    return [re.sub(r"^http://[^/]+", "", href) for href in whole]


def among(replica: Replica, links: list[str]) -> set[str]:
    assert replica.address
    return {replica.address(r) for r in replica.reports if r.at(DEFAULT_DAY)} & set(links)


def agrees(replica: Replica, key: str, links: list[str]) -> None:
    """The one report of an organ and a year may have been withdrawn."""
    assert len(among(replica, links)) == replica.lists[key].reports
    assert replica.lists[key].reports or replica.id == "generic-organs"


def by_number(look: Callable[[str, str], str], name: str, path: str, count: str, page: str) -> list[str]:
    """A list whose first page says how many pages it has; `page` is the address of the others."""
    first = look(name, path)
    told = re.search(count, first)
    assert told, first
    links = hrefs(first, path)
    for number in range(1, int(told[1])):
        at = urljoin(path, page.format(number, number + 1))
        links += hrefs(look(name, at), at)
    return links


@pytest.mark.parametrize("name", ["trs", "trs-table", "trs-classes", "trs-years"])
def test_trs_counts_from_nought_and_ends_in_a_stub(name: str, served: Served, look: Any, ask: Ask) -> None:
    replica = served.replicas[name]
    ending = "shtml" if name == "trs-table" else "html"
    for path in replica.lists:
        first = look(name, path)
        if "createPageHTML(" not in first:  # a class of organs shows its newest year only
            agrees(replica, path, [link for link in hrefs(first, path) if "/20" in link])
            continue
        assert ("function createPageHTML(_nPageCount" in first) == (name != "trs-years" or "/20" in path)
        links = by_number(look, name, path, r"createPageHTML\((\d+)", f"index_{{}}.{ending}")
        agrees(replica, path, links)
        assert len(ask(name, f"{path}index_999.{ending}").body) < 600


def test_trs_rows_are_relative_and_cut_off(look: Any) -> None:
    page = look("trs", "/zwgk/zfxxgknb/")
    assert re.search(r'<a href="\./\d{6}/t\d{8}_\d+\.html"[^>]* title="[^"]{24,}">[^<]*\.\.\.</a>', page)
    assert re.search(r'<A \n\s+href="\./', look("trs-table", "/zwgk/gknb/"))


def test_trs_classes_and_years_lead_to_each_other(served: Served, look: Any) -> None:
    top = look("trs-classes", "/zfxxgk/zfxxgknb/")
    assert set(served.replicas["trs-classes"].lists) <= set(hrefs(top, "/zfxxgk/zfxxgknb/"))
    year = "/zfxxgknb/bmnb/2024n/"
    assert {"/zfxxgknb/bmnb/2022n/", "/zfxxgknb/bmnb/2025n/"} <= set(hrefs(look("trs-years", year), year))


@pytest.mark.parametrize("name", ["vsb", "vsb-query"])
def test_vsb_is_walked_by_its_next_link_only(name: str, served: Served, look: Any) -> None:
    replica = served.replicas[name]
    entry = served.entries(name)
    for url in re.findall(r'url = "http://[^/]+(/[^"]+)"', entry):
        path, links, seen = url, [], []
        while True:
            seen.append(path)
            page = look(name, path)
            links += hrefs(page, path)
            forward = re.search(r'<span class="p_next p_fun"><a href="([^"]+)"', page)
            if not forward:
                break
            path = urljoin(path, unescape(forward[1]))
        agrees(replica, url.partition("?")[0], links)
        total = re.search(r"共(\d+)条", page)
        assert total
        assert len(seen) == -(-int(total[1]) // 12)
        if name == "vsb" and len(seen) > 1:
            numbers = [int(re.findall(r"(\d+)\.htm", at)[-1]) for at in seen[1:]]
            assert numbers == list(range(len(seen) - 1, 0, -1))


def test_sanmenxia_ends_with_404_or_never(served: Served, look: Any, ask: Ask) -> None:
    replica = served.replicas["sanmenxia"]
    for path, truth in replica.lists.items():
        links: list[str] = []
        before = ""
        for number in range(1, 60):
            at = path.replace("-1.html", f"-{number}.html")
            answer = ask("sanmenxia", at)
            if answer.status == 404:
                assert truth.stop_reasons == ("http-404",)
                break
            rows = re.sub(r"<script>.*?</script>", "", answer.text, flags=re.S)
            if rows == before:
                assert "no-new-url" in truth.stop_reasons
                break
            before = rows
            links += hrefs(rows, at)
        else:
            pytest.fail("the list has no end")
        agrees(replica, path, links)
    report = next(r for r in replica.reports if r.carrier == "attachment" and r.at(DEFAULT_DAY))
    assert replica.address
    page = look("sanmenxia", replica.address(report))
    assert "来源:01" in page
    assert re.search(rf'href="/group1/M00/[0-9A-F/]+\.(?:pdf|docx)"[^>]*>{re.escape(report.title)}', page)


def test_gkmlpt_gives_a_hundred_rows_and_its_first_page_twice(served: Served, look: Any) -> None:
    replica = served.replicas["gkmlpt"]
    config = look("gkmlpt", "/gkmlpt/index")
    tree = json.loads(re.search(r"TREE: (\[.*\]),", config)[1])
    every = [*tree, *(child for node in tree for child in node["children"])]
    (node,) = [node for node in every if "年报" in node["name"] and not node["jump_url"]]
    sid = re.search(r"SID: '(\d+)'", config)[1]

    def api(page: int) -> Any:
        return json.loads(look("gkmlpt", f"/gkmlpt/api/all/{node['id']}?page={page}&sid={sid}"))

    assert api(0) == api(1)
    links, page = [], 1
    while (page - 1) * 100 < api(1)["total"]:
        links += [re.sub(r"^http://[^/]+", "", row["url"]) for row in api(page)["articles"]]
        page += 1
    assert len(links) == api(1)["classify"]["post_count"]
    agrees(replica, "/gkmlpt/index", links)
    assert api(page)["articles"] == []


def test_gkmlpt_hides_half_of_the_bodies_in_a_script(served: Served, look: Any) -> None:
    replica = served.replicas["gkmlpt"]
    assert replica.address
    hidden = 0
    plain = [r for r in replica.reports if r.carrier == "html" and r.at(DEFAULT_DAY)]
    for report in plain[:60]:
        page = look("gkmlpt", replica.address(report))
        inside = re.search(r'<div class="article-content">(.*?)</div>\n<script>', page, flags=re.S)[1]
        detail = json.loads(re.search(r"DETAIL: (\{.*\})\n", page)[1])
        assert detail["publisher"] == report.organ.short
        assert bool(inside) != bool(detail.get("content"))
        hidden += not inside
        version = report.at(DEFAULT_DAY)
        assert version
        text = version.body.decode()
        assert (inside or detail["content"]) == text.replace("{folder}", "")
    assert 0.2 < hidden / 60 < 0.8


def test_lonsun_has_a_column_for_each_organ_and_reports_only_under_type_3(served: Served, look: Any) -> None:
    replica = served.replicas["lonsun"]
    first = look("lonsun", "/public/column/6596000?type=3&action=list")
    organs = {link.partition("?")[0] for link in hrefs(first, "/") if link.startswith("/public/column/")}
    assert organs == set(replica.lists)
    site = re.search(r'name="SiteId" content="(\d+)"', first)[1]
    query = f"/site/label/8888?IsAjax=1&dataType=html&labelName=publicInfoList&siteId={site}&pageSize=15"
    for path in replica.lists:
        organ = path.rpartition("/")[2]
        at = f"{query}&organId={organ}&type={{}}&pageIndex={{}}"
        shown = look("lonsun", at.format(3, 1))
        links = hrefs(shown, "/")
        for number in range(2, int(re.search(r"pageCount:(\d+)", shown)[1]) + 1):
            links += hrefs(look("lonsun", at.format(3, number)), "/")
        agrees(replica, path, links)
        assert not among(replica, hrefs(look("lonsun", at.format(4, 1)), "/"))


def test_jeecms_tells_its_pages_in_onclick_only(served: Served, look: Any) -> None:
    replica = served.replicas["jeecms"]
    path, links, steps = "/zfxxgknb/", [], 1
    page = look("jeecms", path)
    total, last = map(int, re.search(r"共(\d+)条记录 1/(\d+)页", page).groups())
    while True:
        assert not re.search(r'href="[^"]*index_', page)
        links += hrefs(page, path)
        forward = re.search(r"""class="next" href="#" onclick="location\.href='([^']+)'""", page)
        if not forward:
            break
        path, steps = urljoin(path, forward[1]), steps + 1
        page = look("jeecms", path)
    assert steps == last
    assert total == sum(1 for link in links if re.search(r"/zfxxgknb/\d+\.jhtml|/u/cms/www/\d+/\d+/", link))
    agrees(replica, "/zfxxgknb/", links)
    assert "ArticleTitle" not in look(
        "jeecms", next(link for link in among(replica, links) if "jhtml" in link)
    )


def test_xxgk_searches_by_post_and_get_and_ignores_the_column(served: Served, ask: Ask, look: Any) -> None:
    replica = served.replicas["xxgk"]
    path = "/module/xxgk/search.jsp"

    def post(page: int, code: str = "A0212") -> str:
        body = f"infotypeId={code}&jdid=2&area=009917000&divid=div11565&currpage={page}&sortfield="
        told = ask("xxgk", f"{path}?isAllList=1&currpage=1", method="POST", body=body.encode())
        return str(told.text)

    count = int(re.search(r"共(\d+)页", post(1))[1])
    links = [link for page in range(1, count + 1) for link in hrefs(post(page), path)]
    agrees(replica, path, links)
    assert post(2) == post(2, "A01") == look("xxgk", f"{path}?infotypeId=A0212&currpage=2")
    assert {"tr_main_value_odd", "tr_main_value_even"} <= set(re.findall(r'<tr class="(\w+)"', post(1)))
    assert len({re.search(r"art_(\d+)_", link)[1] for link in links if "/art/" in link}) == 2


def test_xxgk_annual_reports_stand_in_attributes_by_year(served: Served, look: Any) -> None:
    replica = served.replicas["xxgk-annual"]
    for path in replica.lists:
        page = look("xxgk-annual", path)
        agrees(replica, path, hrefs(page, path))
        assert len(re.findall(r'<a mc="[^"]+" rq="\d{4}-\d\d-\d\d"', page)) >= replica.lists[path].reports
    tree = look("xxgk-annual", "/module/xxgk/tree.jsp?area=009917001")
    assert set(hrefs(tree, "/")) <= set(replica.lists)


def test_generic_list_of_divs_with_titles_in_alt(served: Served, look: Any) -> None:
    replica = served.replicas["generic-fine"]
    path = "/news-list-zfxxgknb.html"
    links = by_number(look, "generic-fine", path, r"1/(\d+)页", "news-list-zfxxgknb-{1}.html")
    agrees(replica, path, links)
    first = look("generic-fine", path)
    assert 'href="javascript:volid(0);">上一页' in first
    assert re.search(r'alt="[^"]{20,}  ">[^<]+…', first)
    assert path in look("generic-fine", "/")


def test_generic_numbering_that_runs_backwards(served: Served, look: Any, ask: Ask) -> None:
    replica = served.replicas["generic-n"]
    path = "/n3/n13/index.html"
    first = look("generic-n", path)
    last = int(re.search(r"maxPageNum = (\d+);", first)[1])
    links = hrefs(first, path)
    for number in range(last - 1, 0, -1):
        fragment = look("generic-n", f"/n3/n13/index_958_{number}.html")
        assert "<html" not in fragment
        links += hrefs(fragment, path)
    agrees(replica, path, links)
    assert ask("generic-n", "/n3/n13/index_958_0.html").status == 404
    assert (
        hrefs(look("generic-n", f"/n3/n13/index_958_{last}.html"), path)
        == links[: len(hrefs(first, path))][:18]
    )


def test_generic_untidy_list_in_gb18030(served: Served, look: Any, ask: Ask) -> None:
    replica = served.replicas["generic-untidy"]
    path = "/xxgk/list.asp?classid=12"
    links = by_number(look, "generic-untidy", path, r"页次:1/(\d+)", "/xxgk/list.asp?classid=12&page={1}")
    agrees(replica, "/xxgk/list.asp", links)
    body = ask("generic-untidy", path).body
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert body.count(b"<tr>") > body.count(b"</tr>")
    assert ask("generic-untidy", "/xxgk/show.asp?id=1").status == 404


def test_generic_shell_holds_its_list_in_a_frame(served: Served, look: Any) -> None:
    replica = served.replicas["generic-shell"]
    shell = look("generic-shell", "/class/HFLAALF")
    assert not among(replica, hrefs(shell, "/"))
    path = re.search(r'<iframe[^>]* src="([^"]+)"', shell)[1]
    links: list[str] = []
    while path:
        page = look("generic-shell", path)
        links += hrefs(page, path)
        forward = re.search(r'<a href="([^"]+)">下一页', page)
        path = urljoin(path, unescape(forward[1])) if forward else ""
    agrees(replica, "/class/HFLAALF", links)


def test_generic_columns_of_organs_with_tabs_for_years(served: Served, look: Any) -> None:
    replica = served.replicas["generic-organs"]
    found: set[str] = set()
    for organ in hrefs(look("generic-organs", "/bmxxgkml/"), "/bmxxgkml/"):
        if not organ.startswith("/bmxxgkml/"):
            continue
        page = look("generic-organs", organ)
        agrees(replica, organ, hrefs(page, organ))
        for tab in re.findall(r'<a href="([^"]+)">\d{4}年</a>', page):
            agrees(replica, tab, hrefs(look("generic-organs", tab), tab))
            found |= among(replica, hrefs(look("generic-organs", tab), tab))
    assert replica.address
    assert found == {replica.address(r) for r in replica.reports if r.at(DEFAULT_DAY)}
