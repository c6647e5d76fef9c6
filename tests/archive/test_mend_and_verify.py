"""After a crash only what was half written is cut; no damage of any kind stays hidden."""

from __future__ import annotations

import random
import sqlite3
import zlib
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from gxcrawl.archive.index import ArchiveIndex
from gxcrawl.archive.members import packed
from gxcrawl.archive.mend import mend
from gxcrawl.archive.model import ArchiveError, Located, Seen, TornError
from gxcrawl.archive.read import scan
from gxcrawl.archive.verify import verify
from gxcrawl.archive.write import ArchiveWriter
from tests.archive.making import THEN, archived, capture, entered


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in verify(folder).faults]


def offsets(path: Path) -> list[int]:
    return [offset for offset, _, _ in scan(path)]


def cut_at(path: Path, data: bytes, size: int) -> None:
    path.write_bytes(data[:size])


def test_a_file_that_ends_anywhere_in_its_last_record_is_mended(bundle: Path) -> None:
    last = archived(bundle, map(capture, range(3)))[-1]
    path = bundle / last.file
    data = path.read_bytes()
    whole = offsets(path)
    for size in range(last.offset + 1, len(data)):
        cut_at(path, data, size)
        with pytest.raises(TornError):
            list(scan(path))
        (mended,) = mend(bundle)
        assert (mended.file, mended.offset, mended.length, mended.cut) == (
            path.name,
            last.offset,
            size - last.offset,
            True,
        )
        assert path.read_bytes() == data[: last.offset]
    assert offsets(path) == whole[:-1]
    assert mend(bundle) == ()


def test_a_file_that_ends_anywhere_keeps_all_its_whole_records(bundle: Path) -> None:
    noise = random.Random(1)
    path = bundle / archived(bundle, [capture(n, body=noise.randbytes(3_000)) for n in range(5)])[-1].file
    data = path.read_bytes()
    ends = [0, *(offset for offset, _, _ in scan(path)), len(data)]
    for size in sorted(noise.sample(range(len(data)), 60)):
        cut_at(path, data, size)
        mend(bundle)
        kept = max(end for end in ends if end <= size)
        assert (path.read_bytes() if path.exists() else b"") == data[:kept]
        assert mend(bundle) == ()


def test_a_file_without_any_whole_record_is_removed(bundle: Path) -> None:
    archived(bundle, [capture()])
    (bundle / "shili-00002.warc.gz").touch()
    assert [(found.file, found.cut) for found in mend(bundle)] == [("shili-00002.warc.gz", True)]
    cut_at(bundle / "shili-00001.warc.gz", (bundle / "shili-00001.warc.gz").read_bytes(), 20)
    assert [(found.file, found.offset, found.length) for found in mend(bundle)] == [
        ("shili-00001.warc.gz", 0, 20)
    ]
    assert list(bundle.iterdir()) == []


def test_a_damage_in_the_middle_is_told_and_left_alone(bundle: Path) -> None:
    noise = random.Random(2)
    places = archived(bundle, [capture(n, body=noise.randbytes(500)) for n in range(4)])
    path = bundle / places[0].file
    data = path.read_bytes()
    for position in range(places[1].offset, places[1].offset + places[1].length, 7):
        broken = bytearray(data)
        broken[position] ^= 0x55
        path.write_bytes(broken)
        found = mend(bundle)
        assert [item.cut for item in found] == [False] * len(found)
        assert path.read_bytes() == broken


def test_a_torn_end_behind_a_damage_is_cut_and_the_damage_told(bundle: Path) -> None:
    places = archived(bundle, map(capture, range(3)))
    path = bundle / places[0].file
    broken = bytearray(path.read_bytes()[:-5])
    broken[places[0].offset + places[0].length - 6] ^= 1
    path.write_bytes(broken)
    damage, torn = mend(bundle)
    assert (damage.cut, damage.offset) == (False, places[0].offset)
    assert (torn.cut, torn.offset) == (True, places[2].offset)
    assert path.read_bytes() == broken[: places[2].offset]


def test_a_whole_bundle_is_proven(bundle: Path) -> None:
    captures = [capture(n) for n in range(5)]
    entered(bundle, captures, archived(bundle, captures, max_bytes=2_000))
    result = verify(bundle)
    assert result.faults == ()
    assert result.files == len(list(bundle.glob("*.warc.gz")))
    assert result.records == result.files + 2 * len(captures)


def test_no_changed_byte_stays_hidden(bundle: Path) -> None:
    captures = [capture(n) for n in range(2)]
    places = archived(bundle, captures)
    entered(bundle, captures, places)
    path = bundle / places[0].file
    data = path.read_bytes()
    for position in range(0, len(data), 3):
        broken = bytearray(data)
        broken[position] ^= 0xFF
        path.write_bytes(broken)
        assert faults(bundle), f"nobody saw that byte {position} was changed"


def test_a_torn_file_is_a_fault_and_so_is_an_empty_folder(bundle: Path) -> None:
    assert faults(bundle) == ["*.warc.gz: there is none; give the folder of a bundle"]
    path = bundle / archived(bundle, [capture()])[0].file
    cut_at(path, path.read_bytes(), path.stat().st_size - 1)
    assert "the file ends within this record" in faults(bundle)[0]
    path.write_bytes(b"")
    assert faults(bundle) == ["shili-00001.warc.gz: the file is empty"]


def test_a_forged_body_has_another_digest(bundle: Path) -> None:
    (place,) = archived(bundle, [capture(body=b"<td>4</td>")])
    path = bundle / place.file
    data = path.read_bytes()
    plain = zlib.decompress(data[place.offset :], 31).replace(b"<td>4</td>", b"<td>5</td>")
    path.write_bytes(data[: place.offset] + packed(plain))
    assert "does not have the digest" in faults(bundle)[0]
    with pytest.raises(ArchiveError, match=f"{path.name} at {place.offset}: .*digest"):
        list(scan(path))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("offset = offset + 1", "there is no whole record in shili-00001.warc.gz at"),
        ("record_length = 1", "bytes long, not 1"),
        ("sha256 = 'x'", "has another digest"),
        ("warc = 'other.warc.gz'", "there is no whole record in other.warc.gz at"),
        ("revisit = 1", "is a response"),
        ("url = 'http://127.0.0.1/other'", f"is of {capture(1).url}"),
        ("offset = (SELECT offset FROM responses WHERE id = 1)", "row 1 points to shili-00001.warc.gz at"),
    ],
)
def test_a_row_that_points_elsewhere_is_a_fault(bundle: Path, change: str, words: str) -> None:
    captures = [capture(n) for n in range(2)]
    entered(bundle, captures, archived(bundle, captures))
    with closing(sqlite3.connect(bundle / "bundle.db")) as connection, connection:
        connection.execute(f"UPDATE responses SET {change} WHERE id = 2")  # noqa: S608
    found = faults(bundle)
    assert found[0].startswith("bundle.db: responses row 2: ")
    assert words in found[0]


def test_a_broken_database_is_a_fault(bundle: Path) -> None:
    archived(bundle, [capture()])
    (bundle / "bundle.db").write_bytes(b"no database at all" * 100)
    assert faults(bundle)[0].startswith("bundle.db: it cannot be read as the database of a bundle")


def again(folder: Path, seen: Seen) -> Located:
    with ArchiveWriter(folder, "shili", software="x") as writer:
        later = capture(status=304, body=b"", fetched=THEN + timedelta(days=1))
        return writer.write_revisit(later, seen, "server-not-modified")


@pytest.mark.parametrize("with_database", [True, False])
def test_a_revisit_is_proven_across_the_bundles_of_a_portal(bundle: Path, with_database: bool) -> None:
    (place,) = archived(bundle, [capture()])
    if with_database:
        entered(bundle, [capture()], [place])
    seen = Seen(
        capture().url, THEN.replace(microsecond=0), place.digest
    )  # as an index without fractions tells it
    later = bundle.parent / "run-2"
    again(later, seen)
    assert faults(later) == []
    (bundle / place.file).unlink()
    assert f"it refers to {seen.url} of 2026-01-20 10:44:00, which is neither here nor" in faults(later)[0]
    again(bundle.parent / "run-3", seen._replace(digest="0" * 64))
    assert faults(bundle.parent / "run-3")


def test_an_answer_is_found_again_by_what_was_asked(bundle: Path) -> None:
    asked = [
        capture(1),
        capture(2, method="POST", request_body=b"page=1", body=b"one"),
        capture(2, method="POST", request_body=b"page=2", body=b"two"),
        capture(1, body=b"newer"),
    ]
    entered(bundle, asked, archived(bundle, asked))
    index = ArchiveIndex([bundle])
    assert len(index) == 3
    for method, number, body, answer in (
        ("GET", 1, b"", b"newer"),
        ("post", 2, b"page=1", b"one"),
        ("POST", 2, b"page=2", b"two"),
    ):
        stored = index.read(method, capture(number).url, body)
        assert stored is not None
        assert stored.body == answer
    assert index.find("GET", capture(2).url) is None
    assert index.read("POST", capture(2).url, b"page=3") is None


def test_an_unchanged_answer_is_replayed_with_the_body_of_the_earlier_one(bundle: Path) -> None:
    (place,) = archived(bundle, [capture()])
    entered(bundle, [capture()], [place])
    later = bundle.parent / "run-2"
    seen = Seen(capture().url, THEN, place.digest)
    entered(later, [capture()], [again(later, seen)], revisit=1)
    stored = ArchiveIndex([bundle, later]).read("GET", capture().url)
    assert stored is not None
    assert (stored.status, stored.body) == (304, capture().body)
    with pytest.raises(ArchiveError, match="add the earlier ones of this portal"):
        ArchiveIndex([later]).read("GET", capture().url)
