"""What a feed lists: RSS 2.0, RSS 1.0, Atom, and what is none of them."""

import pytest

from faultline.intake.feeds import Listed, read_feed
from faultline.intake.taken import RefusedError

ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A  <b>raid</b></title>
<link rel="self" href="/self"/><link href="/a"/><published>2020-05-13T01:00:00+02:00</published></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><item><link>https://b.org/x</link><dc:date>2020-05-13</dc:date></item>
<item><link>https://b.org/x</link></item><item><link>javascript:alert(1)</link></item><item/></rdf:RDF>"""
ENTITY = (
    b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]><rss><item><title>&e;</title><link>/a</link></item></rss>'
)


def test_atom_gives_the_page_its_title_and_the_publishers_day() -> None:
    assert read_feed(ATOM, "https://a.org/feed") == (Listed("https://a.org/a", "A raid", "2020-05-13"),)


def test_each_address_counts_once_and_other_schemes_never() -> None:
    assert [one.url for one in read_feed(RDF, "https://b.org/")] == ["https://b.org/x"]


def test_no_entity_is_followed() -> None:
    assert read_feed(ENTITY, "https://a.org/")[0].title in ("", "&e;")


@pytest.mark.parametrize("content", [b"", b"<rss>", b"<html><body/></html>", b"no feed", b"\xff\xfe"])
def test_what_is_no_feed_is_refused(content: bytes) -> None:
    with pytest.raises(RefusedError, match="feed"):
        read_feed(content, "https://a.org/")
