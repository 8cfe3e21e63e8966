"""The French pages hold no English of ours: what is left in English is a name, or words of a source."""

import re
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from tests.publish.hand import PAGES, HandDesk

ENGLISH = frozenset(
    "the of and by from with was were is are not this that to for which nobody has have its their been one who what "
    "when where only other none any since until because while does did more less said told day days known claim "
    "claims".split()
)
PATHS = (*PAGES, "/claims?kind=event&actor=river_front", "/search?q=convoy")
FOLLOWED = ("/claims/", "/documents/", "/incidents/", "/review/")
VOID = frozenset("meta link input br hr img path rect circle line polyline polygon stop use".split())
NAMED = ("aria-label", "title", "placeholder", "alt")


class Said(HTMLParser):
    """What a page says in its own language, and where its links lead; words of a source carry another `lang`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[str] = []
        self._open: list[tuple[str, bool]] = [("", True)]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        own = self._open[-1][1] and given.get("lang", "fr") == "fr" and tag not in ("script", "style", "q")
        if own:
            self.said += [given[name] for name in NAMED if given.get(name)]
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag not in VOID:
            self._open.append((tag, own))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open[-1][1] and data.strip():
            self.said.append(data.strip())


def english(text: str, names: list[str]) -> set[str]:
    """English words of ours in a text: names and quotations are none."""
    for name in names:
        text = text.replace(name, "")
    return set(re.findall(r"[a-z]+", re.sub(r"“[^”]*”", "", text).lower())) & ENGLISH


@pytest.fixture(scope="module")
def names(desk: HandDesk) -> list[str]:
    case = desk.case
    own = [alias.name for actor in case.actors for alias in actor.aliases]
    found = [*own, *(one.name for many in (case.actors, case.places, case.sources) for one in many)]
    return sorted({*found, case.title, *(one.reason for one in case.sources)}, key=len, reverse=True)


def pages(client: TestClient, path: str) -> list[tuple[str, Said]]:
    """The page in French, and the first that it leads to of each sort."""
    first = Said(client.get(f"{path}{'&' if '?' in path else '?'}lang=fr").text)
    inside = [href for start in FOLLOWED for href in first.links if href.startswith(start)][:3]
    return [(path, first), *((href, Said(client.get(href).text)) for href in inside)]


@pytest.mark.parametrize("path", PATHS)
def test_no_english_of_ours_is_left_on_a_french_page(client: TestClient, names: list[str], path: str) -> None:
    for where, page in pages(client, path):
        assert page.said
        assert [(where, text) for text in page.said if english(text, names)] == []
