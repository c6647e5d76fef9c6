"""Nobody is asked but the hosts of the entry, whatever pages, redirects and name servers say."""

from __future__ import annotations

import pytest
from twisted.internet import reactor
from twisted.internet.error import DNSLookupError

from gxcrawl.crawl.guard import GuardedResolver, is_private
from tests.crawl.conftest import ASTRAY, REDIRECTS, Odd

PRIVATE = ("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1")  # noqa: S104
PRIVATE6 = ("::1", "[::1]", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1")


def test_no_other_port_of_this_machine_is_asked_anything(odd: Odd) -> None:
    """By rows, files, redirects, robots.txt and a lying name server alike."""
    assert odd.field.served.requests("sink") == []


def test_a_portal_full_of_foreign_links_is_read_and_each_link_has_its_reason(odd: Odd) -> None:
    field = odd.field
    assert len(field.rows("SELECT 1 FROM reports WHERE portal = 'astray'")) == 3
    reasons = field.reasons("astray")
    foreign = [url for url, reason in reasons.items() if "foreign" in reason]
    hosts = {url.partition("://")[2].partition("/")[0] for url in foreign}
    assert hosts >= {"10.0.0.1", "169.254.169.254", "localhost", "[::1]", field.served.host("sink")}
    for path in REDIRECTS:
        [reason] = [reason for url, reason in reasons.items() if url.endswith(path)]
        assert reason.startswith(("failed foreign", "failed http-error")), path


def test_only_http_is_ever_queued(odd: Odd) -> None:
    asked = odd.field.bundle("astray", "SELECT url FROM frontier")
    assert all(row["url"].startswith(("http://", "https://")) for row in asked)
    assert len(ASTRAY) > len({row["url"] for row in asked} & set(ASTRAY))


def test_redirects_are_archived_although_nobody_follows_them(odd: Odd) -> None:
    query = "SELECT url FROM responses WHERE status = 302"
    paths = {"/" + row["url"].split("/", 3)[3] for row in odd.field.bundle("astray", query)}
    assert paths >= set(REDIRECTS)


def test_a_name_that_leads_to_a_private_address_is_refused(odd: Odd) -> None:
    assert odd.field.verdict("private") == ("failed", "private-address")


@pytest.mark.parametrize("address", [*PRIVATE, *PRIVATE6])
def test_addresses_outside_of_the_internet(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize("host", ["8.8.8.8", "[2001:4860:4860::8888]", "www.shili.gov.cn", ""])
def test_other_hosts(host: str) -> None:
    assert not is_private(host)


def test_only_private_hosts_that_an_entry_names_are_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GuardedResolver, "named", frozenset())
    GuardedResolver.allow(["www.shili.gov.cn", "192.168.7.7:8080", "localhost:8701"])
    assert GuardedResolver.named == {"192.168.7.7", "localhost"}
    resolver = GuardedResolver(reactor, 10, 1.0)
    assert resolver._checked("192.168.7.7", "192.168.7.7") == "192.168.7.7"
    assert resolver._checked("8.8.8.8", "www.shili.gov.cn") == "8.8.8.8"
    for name in ("www.shili.gov.cn", "192.168.7.8"):
        with pytest.raises(DNSLookupError, match="leads to the private address"):
            resolver._checked("192.168.7.8", name)
