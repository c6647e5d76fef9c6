"""Whoever writes an entry is told all that is wrong with it, each fault on its line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.portals import Column, Portal, PortalsError, entry_text, load_portals

FAMILIES = {
    "ucap": {"site": str, "pages": int, "pause": float, "both": bool, "templates": tuple},
    "trs": {},
}
GOOD = """
[[portal]]
id = "shili"
name = "示例县"
code = "990101"
family = "ucap"
hosts = ["www.shili.gov.cn"]
"""

Load = Callable[..., dict[str, Portal]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def loaded(*texts: str | bytes, public: bool = False) -> dict[str, Portal]:
        paths = []
        for number, text in enumerate(texts, 1):
            paths.append(tmp_path / f"{number}.toml")
            paths[-1].write_bytes(text if isinstance(text, bytes) else text.encode())
        try:
            return dict(load_portals(paths, FAMILIES, public=paths if public else ()))
        except PortalsError as error:
            raise PortalsError(str(error).replace(f"{tmp_path}/", "")) from None

    return loaded


def faults(load: Load, *texts: str | bytes, public: bool = False) -> list[str]:
    with pytest.raises(PortalsError) as caught:
        load(*texts, public=public)
    return str(caught.value).splitlines()


def test_an_entry_needs_no_more_than_five_keys(load: Load) -> None:
    portal = load(GOOD)["shili"]
    assert (portal.home, portal.columns, portal.delay, portal.verified) == (
        "http://www.shili.gov.cn/",
        (),
        2.0,
        False,
    )
    assert portal.place.endswith("1.toml:2")


def test_columns_are_made_absolute_and_a_bare_word_is_a_code(load: Load) -> None:
    portal = load(
        GOOD.replace('["www.shili.gov.cn"]', '["www.shili.gov.cn", "shili.gov.cn:8080"]\nscheme = "https"')
        + """
columns = [
  {url = "/shili/c1/list.shtml", scope = "部门", year = 2024},
  {url = "http://shili.gov.cn:8080/a/"},
  {url = "http://www.shili.gov.cn:80/a/"},
  {url = "//www.shili.gov.cn/b/"},
  {url = "c1112"},
  {ref = "c1113", channel_id = "ab"},
]
"""
    )["shili"]
    assert portal.columns == (
        Column("https://www.shili.gov.cn/shili/c1/list.shtml", scope="部门", year=2024),
        Column("http://shili.gov.cn:8080/a/"),
        Column("http://www.shili.gov.cn:80/a/"),
        Column("https://www.shili.gov.cn/b/"),
        Column(ref="c1112"),
        Column(ref="c1113", channel_id="ab"),
    )


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ('nam = "x"', "8: an entry has no key 'nam'; did you mean name?"),
        ("delay = true", "8: delay must be a number, but it is true or false; correct it."),
        ("budget = true", "8: budget must be a whole number, but it is true or false; correct it."),
        ("budget = 2.0", "8: budget must be a whole number, but it is the number 2.0; correct it."),
        ("budget = 0", "8: budget must be 1 or more, but it is 0; correct it."),
        ("min_rows = -1", "8: min_rows must be 0 or more, but it is -1; correct it."),
        ("verified = 1", "8: verified must be true or false, but it is the number 1; correct it."),
        ("timeout = 0", "8: timeout must be more than 0 seconds, but it is 0; correct it."),
        ("timeout = inf", "8: timeout must be more than 0 seconds, but it is inf; correct it."),
        ("delay = nan", "8: delay must be 0 or more seconds, but it is nan; correct it."),
        ("delay = -0.5", "8: delay must be 0 or more seconds, but it is -0.5; correct it."),
        ('scheme = "ftp"', "8: the scheme 'ftp' must be http or https; correct it."),
        ("site_code = 2301", "8: site_code must be a text in quotes, but it is the number 2301; correct it."),
        ('columns = "c1"', "8: columns must be tables; begin each of them with [[portal.columns]]."),
        ("options = 1", "8: options must be a table; begin it with [portal.options]."),
        ('options.sit = "x"', "8: the family ucap has no key 'sit'; did you mean site?"),
        (
            "[portal.options]\nsite = 1",
            "9: site must be a text in quotes, but it is the number 1; correct it.",
        ),
        (
            "[portal.options]\npages = true",
            "9: pages must be a whole number, but it is true or false; correct it.",
        ),
        (
            "[portal.options]\ntemplates = [1]",
            "9: templates must be a list of texts in quotes, but it is a list; correct it.",
        ),
        (
            "[[portal.columns]]\nscope = 'x'",
            "8: a column needs url, ref or channel_id; add the address of its list, or its code.",
        ),
        (
            "[[portal.columns]]\nref = 'c1'\nyear = 2007",
            "10: year must be from 2008 to 2100, but it is 2007; correct it.",
        ),
        (
            "[[portal.columns]]\nref = 'c1'\nyear = true",
            "10: year must be a whole number, but it is true or false; correct it.",
        ),
        ("[[portal.columns]]\nrefs = 'c1'\nref = 'c1'", "9: a column has no key 'refs'; did you mean ref?"),
        (
            "[[portal.columns]]\nref = 'c1'\n[[portal.columns]]\nref = 'c1'",
            "10: this is the column of line 8 once more; drop one of them.",
        ),
        (
            "[[portal.columns]]\nurl = 'c1'\nref = 'c2'",
            "9: url 'c1' is no address, and ref says 'c2'; correct one of them.",
        ),
        (
            "[[portal.columns]]\nurl = 'a/b.html'",
            "9: url 'a/b.html' must begin with http://, https:// or /, without blanks; correct it.",
        ),
        (
            "[[portal.columns]]\nurl = 'http:///x'",
            "9: url 'http:///x' must begin with http://, https:// or /, without blanks; correct it.",
        ),
        (
            "[[portal.columns]]\nurl = 'http://mirror.example.com/x'",
            "9: url is on 'mirror.example.com', which is none of the hosts; add it there, or correct it.",
        ),
        (
            "[[portal.columns]]\nurl = 'http://www.shili.gov.cn:81/'",
            "9: url is on 'www.shili.gov.cn:81', which is none of the hosts; add it there, or correct it.",
        ),
        (
            "[[portal.columns]]\nurl = 'http://shili.gov.cn@evil.com/'",
            "9: url is on 'shili.gov.cn@evil.com', which is none of the hosts; add it there, or correct it.",
        ),
        (
            "[[portal.columns]]\nurl = '//evil.com/'",
            "9: url is on 'evil.com', which is none of the hosts; add it there, or correct it.",
        ),
    ],
)
def test_one_fault_is_told_with_its_line(load: Load, lines: str, fault: str) -> None:
    assert faults(load, f"{GOOD}{lines}\n") == [f"1.toml:{fault}"]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (
            f"budget = {'9' * 30}",
            "8: budget must be a whole number, but it is far too large a number; correct it.",
        ),
        (
            f"columns = [{{ref = 'c', year = 0x{'f' * 9_000}}}]",
            "8: year must be a whole number, but it is far ",
        ),
        (f"delay = {'9' * 400}", "8: delay must be 0 or more seconds, but it is inf; correct it."),
        (f"budget = {'9' * 5_000}", "1: a number has thousands of digits; no entry needs such a one."),
        ('"a\\nb" = 1', "8: an entry has no key 'a\\nb'; there is id, "),
    ],
)
def test_absurd_values_are_faults_like_others(load: Load, lines: str, fault: str) -> None:
    (told,) = faults(load, f"{GOOD}{lines}\n")
    assert told.startswith(f"1.toml:{fault}")


@pytest.mark.parametrize("id_", ["", "A", "a b", "../a", "-a", "示例", "a" * 65, "a\\n"])
def test_an_id_can_name_a_folder_anywhere(load: Load, id_: str) -> None:
    (fault,) = faults(load, GOOD.replace('"shili"', f'"{id_}"'))
    assert fault.startswith("1.toml:3: the id ")


@pytest.mark.parametrize("code", ["12345", "99010x", " 990101", "٩٩٠١٠١"])
def test_a_code_is_digits(load: Load, code: str) -> None:
    (fault,) = faults(load, GOOD.replace("990101", code))
    assert fault.startswith("1.toml:5: the code ")
    assert load(GOOD.replace("990101", ""))["shili"].code == ""


@pytest.mark.parametrize(
    "host",
    [
        "",
        "http://www.shili.gov.cn",
        "www.shili.gov.cn/",
        "www.shili.gov.cn?x",
        "user@www.shili.gov.cn",
        " www.shili.gov.cn",
        "www.shili.gov.cn ",
        "www..gov.cn",
        ".gov.cn",
        "gov.cn",
        "www.shili.gov.cn.",
        "evilgov.cn",
        "www.shili.gov.cn.evil.com",
        "www.shili.gov.cn:",
        "www.shili.gov.cn:0",
        "www.shili.gov.cn:65536",
        "www.shili.gov.cn:80:80",
        "www.shili.gov.cn:８０",
        "-a.gov.cn",
        "a" * 64 + ".gov.cn",
        "127.1",
        "2130706433",
        "0177.0.0.1",
        "::1",
        "[::1",
        "[127.0.0.1]",
        "[fe80::1%eth0]",
        "intranet",
        "a.localhost",
        "www.gov。cn.evil.com",
    ],
)
def test_a_host_that_is_none_or_not_welcome_is_refused(load: Load, host: str) -> None:
    (fault,) = faults(load, GOOD.replace('["www', f'[\n"www.other.gov.cn",\n"{host}"]#'))
    assert fault.startswith("1.toml:9: the host ")


@pytest.mark.parametrize(
    ("host", "stored"),
    [
        ("WWW.Shili.GOV.cn", "www.shili.gov.cn"),
        ("示例.gov.cn", "xn--fsq092h.gov.cn"),
        ("示例。gov。cn", "xn--fsq092h.gov.cn"),
        ("a_b.gov.cn:8080", "a_b.gov.cn:8080"),
        ("127.0.0.1:8701", "127.0.0.1:8701"),
        ("[::1]:8701", "[::1]:8701"),
        ("localhost:8701", "localhost:8701"),
    ],
)
def test_a_host_is_kept_as_addresses_spell_it(load: Load, host: str, stored: str) -> None:
    assert load(GOOD.replace("www.shili.gov.cn", host))["shili"].hosts == (stored,)


def test_a_public_file_names_no_machine_of_its_own(load: Load) -> None:
    for host in ("127.0.0.1:8701", "10.0.0.1", "localhost", "[::1]", "8.8.8.8"):
        (fault,) = faults(load, GOOD.replace("www.shili.gov.cn", host), public=True)
        assert fault.startswith(f"1.toml:7: the host {host} is no public name")


def test_other_suffixes_are_meant_only_when_the_entry_says_so(load: Load) -> None:
    text = GOOD.replace("www.shili.gov.cn", "xxgk.shili.edu.cn")
    assert 'suffixes = [".cn"]' in faults(load, text)[0]
    assert load(text + 'suffixes = [".EDU.cn"]')["shili"].suffixes == (".edu.cn",)
    for suffix in ("", ".", "cn", "..cn", ".1", ".127.0.0.1", ".a b", ". cn"):
        assert faults(load, GOOD + f'suffixes = ["{suffix}"]')[0].startswith("1.toml:8: the suffix ")


def test_all_faults_of_all_files_are_told_at_once(load: Load) -> None:
    first = GOOD + 'nam = 1\nmin_row = 1\n[[portal]]\nid = "b"\n'
    second = '# comment\n[[portal]]\nid = "shili"\nfamily = "ucup"\nhosts = []\ncode = 230112\nname = " "\n'
    assert [fault.partition(": ")[0] for fault in faults(load, first, second)] == [
        *("1.toml:8", "1.toml:9", "1.toml:10", "1.toml:10", "1.toml:10", "1.toml:10"),
        *("2.toml:3", "2.toml:4", "2.toml:5", "2.toml:6", "2.toml:7"),
    ]
    assert (
        faults(load, first, second)[6]
        == "2.toml:3: the id shili is also in 1.toml:2; give one of them another."
    )


def test_one_file_has_an_id_once_only(load: Load) -> None:
    assert faults(load, GOOD + GOOD) == [
        "1.toml:10: the id shili is also in 1.toml:2; give one of them another."
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1: there is no entry; begin one with [[portal]]."),
        ("portal = []", "1: there is no entry; begin one with [[portal]]."),
        ("\n[portal]\nid = 'a'", "2: an entry begins with [[portal]]; write both brackets twice."),
        ("portal = 1", "1: an entry begins with [[portal]]; write both brackets twice."),
        ("\n\na = = 1", "3: this is no TOML: Invalid value; correct it."),
        ('[[portal]]\nid = "a', "2: this is no TOML: "),
        (b"a = 1\nb = '\xb0\xa2'", "2: this is no UTF-8; save the file in UTF-8."),
        (
            "a = " + "[" * 5_000 + "]" * 5_000,
            "1: the values are nested too deep; an entry needs no such depth.",
        ),
    ],
)
def test_a_file_that_holds_no_entries_is_no_empty_list(load: Load, text: str | bytes, fault: str) -> None:
    assert faults(load, text)[0].startswith(f"1.toml:{fault}")


def test_other_tables_are_unknown(load: Load) -> None:
    assert faults(load, GOOD + "[portals]") == [
        "1.toml:8: the file has no key 'portals'; did you mean portal?"
    ]


def test_windows_line_ends_and_a_mark_at_the_beginning_move_no_line(load: Load) -> None:
    text = ("\ufeff" + GOOD + '"nam" = """\nx\n"""\n').replace("\n", "\r\n")
    assert faults(load, text)[0].startswith("1.toml:8: an entry has no key 'nam'")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PortalsError, match=r"none\.toml:1: the file cannot be read"):
        load_portals([tmp_path / "none.toml"], FAMILIES)


PIECES = [
    *(
        "[[portal]]",
        "[portal]",
        "[[portal.columns]]",
        "[portal.options]",
        "id",
        "hosts",
        "columns",
        "url",
        "ref",
    ),
    *("year", "delay", "=", ".", ",", "[", "]", "{", "}", '"', '"""', "'", "#", "\n", " ", "\r\n", "\\"),
    *(
        "1",
        "-1",
        "true",
        "nan",
        "2024-01-01",
        '"a.gov.cn"',
        '"/"',
        '"http://["',
        '"http://a.gov.cn:x/"',
        "中",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.integers(0, len(GOOD)))
def test_no_text_does_more_than_be_faulty(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], at: int
) -> None:
    path = tmp_path_factory.mktemp("portals") / "p.toml"
    text = GOOD[:at] + "".join(pieces) + GOOD[at:]
    path.write_text(text, encoding="utf-8", newline="")
    try:
        load_portals([path], FAMILIES)
    except PortalsError as error:
        for line in str(error).split("\n"):
            assert 1 <= int(line.removeprefix(f"{path}:").partition(":")[0]) <= text.count("\n") + 1


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
COLUMNS = st.builds(
    Column,
    url=st.sampled_from(["", "https://a.gov.cn/x?y=1&z=年", "http://127.0.0.1:80/"]),
    ref=TEXT.map(lambda text: f"c{text}".strip()),
    scope=TEXT,
    year=st.none() | st.integers(2008, 2100),
    channel_id=TEXT,
)
PORTALS = st.builds(
    Portal,
    id=st.from_regex(r"[a-z0-9][a-z0-9_-]{0,10}", fullmatch=True),
    name=TEXT.map(lambda text: f"县{text}"),
    code=st.sampled_from(["", "990101", "990101001000"]),
    family=st.just("ucap"),
    hosts=st.just(("a.gov.cn", "127.0.0.1:80", "b.edu.cn")),
    suffixes=st.just((".edu.cn",)),
    scheme=st.sampled_from(["http", "https"]),
    delay=st.floats(0, 1e9),
    timeout=st.floats(0, 1e9, exclude_min=True),
    budget=st.integers(1, 2**63 - 1),
    site_code=TEXT,
    min_rows=st.integers(0, 2**63 - 1),
    verified=st.booleans(),
    columns=st.lists(COLUMNS, unique_by=(lambda c: c.ref, lambda c: c.url), max_size=3).map(tuple),
    options=st.fixed_dictionaries(
        {},
        optional={
            "site": TEXT,
            "pages": st.integers(1 - 2**63, 2**63 - 1),
            "pause": st.floats(allow_nan=False),
            "both": st.booleans(),
            "templates": st.lists(TEXT).map(tuple),
        },
    ),
)


@given(st.lists(PORTALS, unique_by=lambda portal: portal.id, min_size=1, max_size=2))
def test_a_written_entry_is_read_back_as_the_same_portal(
    tmp_path_factory: pytest.TempPathFactory, portals: list[Portal]
) -> None:
    path = tmp_path_factory.mktemp("portals") / "p.toml"
    path.write_text("\n".join(map(entry_text, portals)), encoding="utf-8", newline="")
    loaded = load_portals([path], FAMILIES)
    assert [_without_place(portal) for portal in loaded.values()] == [
        _without_place(portal) for portal in portals
    ]


def _without_place(portal: Portal) -> Portal:
    return replace(portal, place="")
