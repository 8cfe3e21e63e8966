"""Turns an RSS or Atom feed into the pages that it lists. Invariant: a feed is data: no entity, no address in it is
followed by reading it, and what it says of a page is what its publisher says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from lxml import etree

from faultline.intake.taken import RefusedError

_MOST = 500  # entries of one feed


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that a feed lists: its address, its title, its day of publication as YYYY-MM-DD ("" where the feed does
    not say), in the publisher's own time zone."""

    url: str
    title: str = ""
    published: str = ""


def read_feed(content: bytes, url: str) -> tuple[Listed, ...]:
    """The pages of a feed in its order, each address once, made whole by the feed's own.

    Raises RefusedError("feed")."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise RefusedError("feed", "XML that cannot be read", "RSS or Atom") from None
    if etree.QName(root).localname.lower() not in ("rss", "rdf", "feed"):
        raise RefusedError("feed", etree.QName(root).localname[:40], "RSS or Atom")
    entries = [one for one in root.iter() if _name(one) in ("item", "entry")]
    found = {page.url: page for page in (_listed(one, url) for one in reversed(entries[:_MOST])) if page.url}
    return tuple(reversed(found.values()))


def _listed(entry: etree._Element, feed: str) -> Listed:
    said = {name: " ".join("".join(child.itertext()).split()) for name, child in _children(entry)}
    link = next(_links(entry), "")
    address = urljoin(feed, link) if link else ""
    good = address if address.startswith(("https://", "http://")) else ""
    day = next((said[name] for name in ("pubdate", "published", "date", "updated") if said.get(name)), "")
    return Listed(good, said.get("title", "")[:300], _day(day))


def _links(entry: etree._Element) -> Iterator[str]:
    for name, child in _children(entry):
        if name == "link" and child.get("rel", "alternate") == "alternate":
            yield (child.get("href") or child.text or "").strip()


def _children(entry: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    yield from ((_name(child), child) for child in entry if _name(child))


def _name(element: etree._Element) -> str:
    """The name without its namespace, in small letters; "" for a comment or an instruction."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _day(written: str) -> str:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(written).date().isoformat()
        except (ValueError, TypeError):
            continue
    return ""
