import pytest

from faultline.publish.addresses import host_of, safe_url


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=c#d", "http://example.org:8080/", "https://xn--bcher-kva.ch/"]
)
def test_web_addresses_pass_unchanged(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "JaVaScRiPt:alert(1)//https://example.org",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/x",
        "https:///no-host",
        "https://user:word@example.org/",
        "https://example.org@evil.example/",
        "https://example.org\\@evil.example/",
        "https://[broken",
        "https://example.org/" + "a" * 3000,
        "https://example.org/\x00",
    ],
)
def test_everything_else_is_no_link(url: str) -> None:
    assert safe_url(url) == ""
    assert host_of(url) == ""


def test_the_words_of_a_link_are_its_host() -> None:
    assert host_of("https://www.example.org/path") == "example.org"
