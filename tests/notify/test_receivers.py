"""receivers.toml: what is wrong is said with its line, and no address is ever shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gxcrawl.notify.receivers import KEYS, NoAddressError, Receiver, ReceiversError, load_receivers


def written(folder: Path, text: str) -> Path:
    path = folder / "receivers.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_receiver_needs_a_name_and_an_address_and_the_rest_has_a_default(tmp_path: Path) -> None:
    text = '[[receiver]]\nname = "读者"\nurl = "json://127.0.0.1/s3cret"\n'
    [receiver] = load_receivers(written(tmp_path, text))
    assert receiver == Receiver("读者", "json://127.0.0.1/s3cret")
    assert (receiver.streams, receiver.severity, receiver.when, receiver.hour) == (
        ("organ",),
        "warn",
        "daily",
        0,
    )
    assert "s3cret" not in repr(receiver)


def test_everything_can_be_said(tmp_path: Path) -> None:
    text = """
[[receiver]]
name = "operators"
url_env = "GXCRAWL_TEST_ADDRESS"
streams = ["crawler", "organ"]
severity = "error"
areas = ["2301", "990000"]
when = "at-once"
hour = 8
"""
    [receiver] = load_receivers(written(tmp_path, text))
    assert receiver.streams == ("organ", "crawler")
    assert (receiver.severity, receiver.areas, receiver.hour) == ("error", ("2301", "990000"), 8)


def test_an_address_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    receiver = Receiver("a", url_env="GXCRAWL_TEST_ADDRESS")
    with pytest.raises(NoAddressError, match="GXCRAWL_TEST_ADDRESS is not set"):
        receiver.address()
    monkeypatch.setenv("GXCRAWL_TEST_ADDRESS", "json://127.0.0.1")
    assert receiver.address() == "json://127.0.0.1"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", ":1: there is no entry; begin one with [[receiver]]."),
        ("[receiver]\nname = 'a'", ":1: an entry begins with [[receiver]]; write both brackets twice."),
        ("[[receiver]]\nname = 'a'\n", ":1: give either url, or url_env"),
        ("[[receiver]]\nname = 'a'\nurl = 's3cret'\n", ":3: url must be an address of apprise"),
        ("[[receiver]]\nname = 'a'\nurl = 5\n", ":3: url must be an address of apprise"),
        ("[[receiver]]\nname = 'a'\nurl_env = 's3cret://x'\n", ":3: url_env must be the name"),
        ("[[receiver]]\nname = 'a'\nurl = 'a://s3cret'\nurl_env = 'B'\n", ":1: give either url, or url_env"),
        ("[[receiver]]\nurl = 'a://s3cret'\n", ":1: the key name is missing"),
        ("[[receiver]]\nname = 'a b\\n'\nurl = 'a://s3cret'\n", ":2: a name has 1 to 40 letters"),
        ("[[receiver]]\nname = 'a'\nur = 'a://s3cret'\n", "a receiver has no key 'ur'; did you mean url?"),
        ("[[receiver]]\nname = 'a'\nurl = 'a://b'\nseverity = 'bad'\n", ":4: severity cannot be 'bad'"),
        ("[[receiver]]\nname = 'a'\nurl = 'a://b'\nstreams = ['organs']\n", "did you mean organ?"),
        ("[[receiver]]\nname = 'a'\nurl = 'a://b'\nhour = 24\n", ":4: the hours of a day are 0 to 23"),
        ("[[receiver]]\nname = 'a'\nurl = 'a://b'\nareas = ['示例县']\n", ":4: an area is a division code"),
        ("[[receiver]]\nname = 'a'\nurl = 'a://s3cret\n", "this is no TOML"),
    ],
)  # fmt: skip
def test_a_fault_is_a_sentence_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(ReceiversError) as raised:
        load_receivers(written(tmp_path, text))
    assert fault in str(raised.value)
    assert "s3cret" not in str(raised.value)


def test_the_page_about_alerts_shows_a_file_that_can_be_used_and_explains_every_key(tmp_path: Path) -> None:
    page = Path(__file__).resolve().parents[2].joinpath("docs", "alerts.md").read_text(encoding="utf-8")
    [example] = re.findall(r"^```toml\n(.*?)^```$", page, re.M | re.S)
    assert [one.name for one in load_receivers(written(tmp_path, example))] == ["readers", "operators"]
    assert {key for key in KEYS if f"\n| `{key}` |" in page} == set(KEYS)


def test_two_receivers_cannot_have_one_name_and_a_file_must_be_there(tmp_path: Path) -> None:
    entry = "[[receiver]]\nname = 'a'\nurl = 'a://b'\n"
    with pytest.raises(ReceiversError, match=":5: two receivers are called a"):
        load_receivers(written(tmp_path, entry + entry))
    with pytest.raises(ReceiversError, match="cannot be read"):
        load_receivers(tmp_path / "nowhere.toml")
