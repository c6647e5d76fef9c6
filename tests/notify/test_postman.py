"""One message, one service: it arrives as it is, and what goes wrong gives no secret away."""

from __future__ import annotations

import time
from email.header import decode_header, make_header

from gxcrawl.notify.letter import Letter, Line
from gxcrawl.notify.postman import masked, post
from tests.notify.servers import hook, mail_server

HOSTILE = "示例县<b>财政局</b> & **a** [b](c) 第1条"
LETTER = Letter("告警：错误1条", (Line("新增1条。", 0), Line(HOSTILE, 1)))


def test_a_webhook_gets_the_chinese_text_as_it_is() -> None:
    with hook() as service:
        assert post(f"json://127.0.0.1:{service.port}/a", LETTER, 20) == ""
    [message] = service.messages
    assert (message["title"], message["message"]) == ("告警：错误1条", f"新增1条。\n{HOSTILE}")


def test_a_form_gets_it_too() -> None:
    with hook() as service:
        assert post(f"form://127.0.0.1:{service.port}/a", LETTER, 20) == ""
    [form] = service.forms
    assert (form["title"], form["message"]) == (["告警：错误1条"], [f"新增1条。\n{HOSTILE}"])


def test_a_mail_has_one_subject_and_shows_markup_as_text() -> None:
    with mail_server() as mailbox:
        address = f"mailto://127.0.0.1:{mailbox.port}?from=a@example.org&to=b@example.org&mode=insecure"
        assert post(address, LETTER, 20) == ""
    [mail] = mailbox.mails
    assert str(make_header(decode_header(mail["Subject"]))) == "告警：错误1条"
    bodies = [
        part.get_payload(decode=True).decode()
        for part in mail.walk()
        if part.get_content_maintype() == "text"
    ]
    assert any("示例县" in body for body in bodies)
    for part in mail.walk():
        if part.get_content_type() == "text/html":
            assert "<b>" not in part.get_payload(decode=True).decode()


def test_a_broken_service_is_a_reason_without_the_address() -> None:
    with hook(status=500) as service:
        reason = post(f"json://someone:hemlig-0815@127.0.0.1:{service.port}/tok3n-abc", LETTER, 20)
    assert "500" in reason
    for secret in ("hemlig", "someone", "tok3n"):
        assert secret not in reason


def test_a_slow_service_is_left_and_nobody_listening_is_a_reason() -> None:
    with hook(seconds=30) as service:
        started = time.monotonic()
        assert post(f"json://127.0.0.1:{service.port}/a?rto=60", LETTER, 3) == "no answer within 3 seconds"
        assert time.monotonic() - started < 10
        service.seconds = 0
    assert post(f"json://127.0.0.1:{service.port}/a", LETTER, 20) != ""


def test_an_address_that_apprise_does_not_know_says_so() -> None:
    assert "none that apprise knows" in post("brieftaube://tok3n", LETTER, 20)


def test_every_part_of_an_address_is_masked_wherever_it_appears() -> None:
    address = "dingtalk://s3cret%2Fx@abcdefgh/13800000000?token=zzzz-yyyy"
    text = "the s3cret/x, s3cret%2Fx of abcdefgh for 13800000000 (zzzz-yyyy) failed\nagain"
    assert masked(text, address) == "the ****, **** of **** for **** (****) failed again"
