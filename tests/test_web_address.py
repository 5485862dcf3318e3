import httpcore
import pytest

from ingest.errors import PermanentError, TransientError
from ingest.web.address import CheckedBackend, is_public, resolve
from ingest.web.fetch import checked_url


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254",
        "0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0",
        "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "not an address",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.1", "0x7f000001", "2130706433", "0", "localhost"])
def test_other_spellings_of_this_machine_are_refused(host: str) -> None:
    with pytest.raises(PermanentError, match="private address"):
        CheckedBackend(resolver=resolve).connect_tcp(host, 80)


def test_the_address_that_was_checked_is_the_one_that_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that answers with another address the second time (DNS rebinding) gains nothing."""
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    used: list[str] = []

    def connect(self: object, host: str, *rest: object) -> object:
        used.append(host)
        raise httpcore.ConnectError("stopped here")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    backend = CheckedBackend(resolver=lambda host, port: answers.pop(0))
    with pytest.raises(httpcore.ConnectError):
        backend.connect_tcp("news.example", 443)
    assert used == ["93.184.216.34"]


def test_one_private_address_among_several_is_enough_to_refuse() -> None:
    backend = CheckedBackend(resolver=lambda host, port: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(PermanentError, match=r"news\.example: 10\.0\.0\.1 is a private address"):
        backend.connect_tcp("news.example", 80)


def test_a_name_without_an_address_may_have_one_later() -> None:
    def nothing(host: str, port: int) -> list[str]:
        raise OSError

    with pytest.raises(TransientError, match="no such host"):
        CheckedBackend(resolver=nothing).connect_tcp("news.example", 80)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://news.example/", "javascript:alert(1)", "gopher://x/",
        "http://", "http:///path", "http://a b/", "http://user:word@news.example/", "http://[::1",
        "http://x:99999/", "news.example", "",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(PermanentError):
        checked_url(url)


def test_addresses_are_put_into_ascii() -> None:
    assert checked_url("HTTP://Bücher.example/Straße?q=ä b#top") == (
        "http://xn--bcher-kva.example/Stra%C3%9Fe?q=%C3%A4%20b"
    )
    assert checked_url("https://news.example:8443/a%20b") == "https://news.example:8443/a%20b"
