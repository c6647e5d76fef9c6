"""What the network gave is what the archive gives back, and any tool for web archives can read it."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.archive.heads import ascii_url, clean, for_decoded
from gxcrawl.archive.model import ArchiveError, Capture, Resource, Seen
from gxcrawl.archive.read import read_at, scan
from gxcrawl.archive.verify import verify
from gxcrawl.archive.write import ArchiveWriter
from tests.archive.making import THEN, archived, capture

ANY = st.text(max_size=20)
HEADERS = st.lists(st.tuples(ANY, ANY), max_size=4).map(tuple)
CAPTURES = st.builds(
    Capture,
    url=ANY.map(lambda text: f"http://127.0.0.1:8701/{text}"),
    method=st.sampled_from(["GET", "POST", "get me\r\n"]),
    request_headers=HEADERS,
    request_body=st.binary(max_size=40),
    status=st.integers(100, 599),
    reason=ANY,
    headers=HEADERS,
    body=st.binary(max_size=300),
    fetched=st.datetimes(
        datetime(1900, 1, 1),  # noqa: DTZ001
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]),
    ),
    ip=st.sampled_from(["", "127.0.0.1", "::1", "no\r\naddress"]),
    kind=ANY,
)


def warcio_checks(folder: Path) -> None:
    paths = sorted(map(str, folder.glob("*.warc.gz")))
    code = "import sys; from warcio.cli import main; main(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", code, "check", *paths], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_whatever_a_portal_sends_comes_back(tmp_path_factory: pytest.TempPathFactory) -> None:
    everything = tmp_path_factory.mktemp("all")

    @given(st.lists(CAPTURES, min_size=1, max_size=3))
    def come_back(captures: list[Capture]) -> None:
        located = archived(everything, captures)
        stored = [item for _, _, item in scan(everything / located[0].file)]
        assert [item.kind for item in stored] == ["request", "response"] * len(captures)
        for item, place, request in zip(captures, located, stored[::2], strict=True):
            response = read_at(everything / place.file, place.offset)
            assert response.url == request.url == ascii_url(item.url)
            assert (response.status, response.body, response.fetched) == (
                item.status,
                item.body,
                item.fetched,
            )
            assert response.headers == for_decoded(clean(item.headers), len(item.body))
            assert response.digest == place.digest == sha256(item.body).hexdigest()
            assert response.method == request.method
            assert (
                request.headers[-len(item.request_headers) :] == clean(item.request_headers)
                or not item.request_headers
            )
            assert request.body == item.request_body
            assert response.request_body_digest == request.digest == sha256(item.request_body).hexdigest()

    come_back()
    warcio_checks(everything)


@pytest.mark.parametrize(
    ("given_headers", "kept"),
    [
        ((("Set-Cookie", "a=1\r\nHTTP/1.1 200 OK\r\n\r\nevil"),), ("Set-Cookie", "a=1 HTTP/1.1 200 OK evil")),
        ((("X: y\r\nZ", "1"),), ("X__y__Z", "1")),
        ((("", "x"),), ("_", "x")),
        ((("X-Name", " 报告.pdf\x00\x85"),), ("X-Name", "报告.pdf \x85")),
        ((("X-Raw", b"\xb1\xa8".decode("utf-8", "surrogateescape")),), ("X-Raw", "\udcb1\udca8")),
        ((("X-Long", "长" * 200_000),), ("X-Long", "长" * 200_000)),
        ((("X-Odd", "a:b: c=\t\"'"),), ("X-Odd", "a:b: c=\t\"'")),
    ],
)
def test_no_header_breaks_out_of_its_line(
    bundle: Path, given_headers: tuple[tuple[str, str], ...], kept: tuple[str, str]
) -> None:
    (place,) = archived(bundle, [capture(headers=given_headers)])
    assert read_at(bundle / place.file, place.offset).headers[0] == kept
    warcio_checks(bundle)


def test_headers_of_the_wire_are_kept_under_names_that_mean_nothing(bundle: Path) -> None:
    sent = (
        ("CONTENT-encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
        ("content-length", "9"),
        ("ETag", '"1"'),
    )
    (place,) = archived(bundle, [capture(headers=sent, body=b"twelve bytes")])
    assert read_at(bundle / place.file, place.offset).headers == (
        ("X-Archive-Orig-CONTENT-encoding", "gzip"),
        ("X-Archive-Orig-Transfer-Encoding", "chunked"),
        ("X-Archive-Orig-content-length", "9"),
        ("ETag", '"1"'),
        ("Content-Length", "12"),
    )


def test_other_tools_find_request_and_response_linked(bundle: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    (place,) = archived(bundle, [capture(method="POST", request_body=b"page=2")])
    with (bundle / place.file).open("rb") as file:
        records = [(record, record.content_stream().read()) for record in ArchiveIterator(file)]
    (info, told), (request, posted), (response, body) = records
    assert [record.rec_type for record, _ in records] == ["warcinfo", "request", "response"]
    assert b"software: gxcrawl/test" in told
    assert info.rec_headers["WARC-Filename"] == place.file
    assert request.rec_headers["WARC-Concurrent-To"] == response.rec_headers["WARC-Record-ID"]
    assert request.http_headers.statusline == "/shili/c1/202601/c01_1.shtml HTTP/1.1"
    assert request.http_headers["Host"] == "127.0.0.1:8701"
    assert (posted, body) == (b"page=2", capture().body)
    assert response.rec_headers["WARC-Date"] == "2026-01-20T10:44:00.123456Z"
    assert response.rec_headers["WARC-IP-Address"] == "127.0.0.1"


def test_an_unchanged_body_is_kept_once(bundle: Path) -> None:
    first = capture(body=b"report " * 9_000)
    again = capture(2, body=first.body, fetched=THEN + timedelta(days=1))
    not_modified = capture(status=304, reason="Not Modified", body=b"", headers=(("ETag", '"1"'),))
    with ArchiveWriter(bundle, "shili", software="x") as writer:
        place = writer.write_response(first)
        seen = Seen(first.url, first.fetched, place.digest)
        same = writer.write_revisit(again, seen, "identical-payload-digest")
        unasked = writer.write_revisit(not_modified, seen, "server-not-modified")
        with pytest.raises(ValueError, match="is not that of"):
            writer.write_revisit(capture(body=b"other"), seen, "identical-payload-digest")
    for number, status, location in ((2, 200, same), (1, 304, unasked)):
        stored = read_at(bundle / location.file, location.offset)
        assert (stored.kind, stored.body, stored.status) == ("revisit", b"", status)
        assert stored.refers_to == seen
        assert stored.digest == location.digest == place.digest
        assert stored.url == capture(number).url
    assert dict(read_at(bundle / same.file, same.offset).headers)["Content-Length"] == str(len(first.body))
    warcio_checks(bundle)


def test_files_rotate_and_a_new_writer_leaves_old_ones_alone(bundle: Path) -> None:
    places = archived(bundle, map(capture, range(6)), max_bytes=2_000)
    files = sorted(path.name for path in bundle.iterdir())
    assert len(files) > 1
    assert sorted({place.file for place in places}) == files
    assert files[0] == "shili-00001.warc.gz"
    before = {name: (bundle / name).read_bytes() for name in files}
    (bundle / files[0]).unlink()  # a gap is not filled: rows may still name that file
    (place,) = archived(bundle, [capture()])
    assert place.file == f"shili-{len(files) + 1:05}.warc.gz"
    assert {name: (bundle / name).read_bytes() for name in files[1:]} == {
        name: before[name] for name in files[1:]
    }
    for path in bundle.iterdir():
        assert next(iter(scan(path)))[2].kind == "request"
    warcio_checks(bundle)


def test_a_writer_that_writes_nothing_leaves_nothing(bundle: Path) -> None:
    with ArchiveWriter(bundle, "shili", software="x"):
        pass
    assert list(bundle.iterdir()) == []


def test_nothing_that_was_returned_is_lost_when_the_process_is_killed(bundle: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.archive.making import capture\n"
        "from gxcrawl.archive.write import ArchiveWriter\n"
        "writer = ArchiveWriter(Path(sys.argv[1]), 'shili', software='x')\n"
        "for number in range(10**9): print(writer.write_response(capture(number)).offset, flush=True)\n"
    )
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", code, str(bundle)], cwd=root, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        returned = [int(process.stdout.readline()) for _ in range(50)]
        os.kill(process.pid, signal.SIGKILL)
        returned += map(int, process.stdout.read().split(b"\n")[:-1])
    path = bundle / "shili-00001.warc.gz"
    assert [read_at(path, offset).url for offset in returned] == [
        capture(n).url for n in range(len(returned))
    ]


def test_a_full_disk_takes_back_what_was_half_written(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    class Full(io.FileIO):
        room = 1_500

        def write(self, data: memoryview) -> int:  # type: ignore[override]
            if Full.room <= 0:
                raise OSError(28, "No space left on device")
            written = super().write(data[: Full.room])
            Full.room -= written
            return written

    monkeypatch.setattr("gxcrawl.archive.write.io.FileIO", Full)
    with ArchiveWriter(bundle, "shili", software="x") as writer:
        kept = writer.write_response(capture(1))
        for _ in range(2):  # in the open file, then in a new one
            with pytest.raises(OSError, match="No space"):
                writer.write_response(capture(2, body=os.urandom(2_000)))
        Full.room = 100_000
        later = writer.write_response(capture(3))
    assert [item.url for _, _, item in scan(bundle / kept.file)] == [capture(1).url] * 2
    assert read_at(bundle / later.file, later.offset).url == capture(3).url
    warcio_checks(bundle)


def test_records_of_any_length_follow_each_other(bundle: Path) -> None:
    sizes = [0, 1, 65_000, 65_536, 66_000, 131_072, 3_000_000]
    bodies = [os.urandom(size) for size in sizes] + [bytes(size) for size in sizes]
    captures = [capture(number, body=body) for number, body in enumerate(bodies)]
    places = archived(bundle, captures)
    path = bundle / places[0].file
    found = [(offset, length, stored) for offset, length, stored in scan(path) if stored.kind == "response"]
    assert [(offset, length) for offset, length, _ in found] == [
        (place.offset, place.length) for place in places
    ]
    assert [stored.body for _, _, stored in found] == bodies
    last = list(scan(path, places[-1].offset))
    assert [(offset, stored.url) for offset, _, stored in last] == [(places[-1].offset, captures[-1].url)]
    warcio_checks(bundle)


@pytest.mark.parametrize("url", ["ftp://a/", "javascript:alert(1)", "//a/b", "http:a"])
def test_only_the_web_is_archived(bundle: Path, url: str) -> None:
    with pytest.raises(ValueError, match="no address of the web"):
        archived(bundle, [capture(url=url)])


def test_times_need_a_zone(bundle: Path) -> None:
    with pytest.raises(ValueError, match="times with a zone"):
        archived(bundle, [capture(fetched=datetime(2026, 1, 1))])  # noqa: DTZ001


def test_what_is_no_record_is_told_with_its_place(bundle: Path) -> None:
    (place,) = archived(bundle, [capture()])
    path = bundle / place.file
    for offset, words in ((0, "no request and no response"), (7, "damaged"), (10**6, "ends within")):
        with pytest.raises(ArchiveError, match=f"shili-00001.warc.gz at {offset}: .*{words}"):
            read_at(path, offset)
    with pytest.raises(ArchiveError, match="cannot be read"):
        read_at(bundle / "none.warc.gz", 0)


def test_a_record_that_unpacks_without_end_is_refused(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gxcrawl.archive.members.MAX_MEMBER", 1_000_000)
    (place,) = archived(bundle, [capture(body=bytes(5_000_000))])
    with pytest.raises(ArchiveError, match="larger than 1000000 bytes"):
        read_at(bundle / place.file, place.offset)


def test_a_large_page_does_not_hide_what_comes_behind_it(bundle: Path) -> None:
    bodies = [b"small", b"<p>large</p>" * 100_000, b"last"]
    located = archived(bundle, [capture(body=body, url=f"http://127.0.0.1/{len(body)}") for body in bodies])
    path = bundle / located[0].file
    records = [(offset, length) for offset, length, stored in scan(path) if stored.kind == "response"]
    assert records == [(item.offset, item.length) for item in located]
    assert records[-1][0] + records[-1][1] == path.stat().st_size


def test_a_saved_file_stands_beside_what_is_said_about_it(bundle: Path) -> None:
    body = "<p>示例县</p>".encode()
    about = (("who", "张三\r\nseen: x"), ("origin", "邮件"))
    resource = Resource("http://shili.example/报告.html", "text/html\r\nX: y", body, THEN, about)
    with ArchiveWriter(bundle, "by-hand", software="x") as writer:
        place = writer.write_resource(resource)
    stored = read_at(bundle / place.file, place.offset)
    assert (stored.kind, stored.body, stored.status, stored.digest) == ("resource", body, 0, place.digest)
    assert stored.headers == (("Content-Type", "text/html X: y"),)
    assert [item.kind for _, _, item in scan(bundle / place.file)] == ["resource"]
    assert "who: 张三 seen: x\r\norigin: 邮件\r\n".encode() in gzip.decompress(
        (bundle / place.file).read_bytes()
    )
    assert verify(bundle).faults == ()
    warcio_checks(bundle)
