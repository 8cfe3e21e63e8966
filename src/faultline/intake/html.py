"""Turns a web page into its main text and what its markup says of it. Invariant: nothing is fetched, and no script,
style or comment of the page enters the text; a day counts only where the markup calls it the day of publication."""

import json
import re
from typing import Any

import trafilatura
from lxml import etree
from lxml import html as markup

from faultline.intake.encoding import decode
from faultline.intake.limits import Limits
from faultline.intake.rendered import Rendered, checked, storable
from faultline.intake.taken import RefusedError
from faultline.record.days import parse_days
from faultline.record.errors import UsageError

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096  # bytes in which HTML wants the encoding declared
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ])")
_LONGEST_TITLE = 500
_TITLES = ("//meta[@property='og:title']/@content", "//title/text()", "//h1//text()")
_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//time[@itemprop='datePublished']/@datetime",
    "//meta[@name='DC.date.issued' or @name='dcterms.issued' or @name='citation_publication_date']/@content",
    "//time[@pubdate]/@datetime",
)
_ADDRESSES = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")


def read_html(content: bytes, limits: Limits, declared: str = "") -> Rendered:
    """Main text, title, language, day of publication and address of a page.

    Raises RefusedError: "no text", "broken", "binary", "encoding", "too large".
    """
    charset = _CHARSET.search(content[:_HEAD])
    decoded = decode(content, declared or (charset[1].decode("ascii") if charset else ""))
    tree = _parsed(decoded.text)
    return Rendered(
        checked(_main_text(decoded.text, tree), limits),
        storable(" ".join(_first(tree, _TITLES).split()))[:_LONGEST_TITLE],
        _first(tree, ("/html/@lang", "/html/@xml:lang"))[:20],
        _published(tree),
        _address(tree),
        decoded.mark,
    )


def _parsed(text: str) -> markup.HtmlElement:
    parser = markup.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, huge_tree=False)
    try:
        # As bytes: lxml refuses text whose XML declaration names an encoding.
        return markup.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise RefusedError("broken", f"html: {error}"[:120]) from None


def _main_text(text: str, tree: markup.HtmlElement) -> str:
    found = trafilatura.extract(text, include_comments=False, include_tables=True, output_format="txt")
    return found or _all_text(tree)


def _all_text(tree: markup.HtmlElement) -> str:
    """Every visible word, where no main text stands out (a page of one line)."""
    etree.strip_elements(tree, "script", "style", "noscript", "template", "iframe", "head", with_tail=False)
    lines = (" ".join(piece.split()) for piece in tree.itertext())
    return "\n".join(line for line in lines if line)


def _first(tree: markup.HtmlElement, paths: tuple[str, ...]) -> str:
    for path in paths:
        for value in tree.xpath(path):
            if str(value).strip():
                return str(value).strip()
    return ""


def _published(tree: markup.HtmlElement) -> str:
    written = _first(tree, _PUBLISHED) or _from_linked_data(tree)
    match = _DAY.match(written)
    try:
        return str(parse_days(match[0])) if match else ""
    except UsageError:
        return ""


def _from_linked_data(tree: markup.HtmlElement) -> str:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            found = _date_published(json.loads(str(script)))
        except (ValueError, RecursionError):
            continue
        if found:
            return found
    return ""


def _date_published(value: Any) -> str:
    if isinstance(value, dict):
        if isinstance(value.get("datePublished"), str):
            return str(value["datePublished"])
        value = value.get("@graph", [])
    if isinstance(value, list):
        return next(filter(None, map(_date_published, value)), "")
    return ""


def _address(tree: markup.HtmlElement) -> str:
    found = _first(tree, _ADDRESSES)
    return storable(found) if found.startswith(("https://", "http://")) and len(found) < 2000 else ""
