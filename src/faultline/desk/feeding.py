"""Fetches the pages that a case's feeds list, when a person asks. Invariant: a page is fetched once, kept whole or
not at all, and one that cannot be had is named and tried again next time."""

import json
from dataclasses import dataclass
from pathlib import Path

from faultline.case import Case
from faultline.case.case import Feed
from faultline.case.whole import write_whole
from faultline.desk.opened import STORE_FOLDER
from faultline.intake.feeds import Listed, read_feed
from faultline.intake.fetch import FetchLimits, add_page, fetch_page
from faultline.intake.taken import RefusedError
from faultline.record.errors import UsageError

_LIMITS = FetchLimits()
_FETCHED = "feeds.json"  # beside the store: addresses that were fetched


@dataclass(frozen=True, slots=True)
class Fetched:
    """One page that a feed lists (or the feed itself): the file that holds it now, or why it could not be had."""

    feed: str
    url: str
    file: str = ""
    reason: str = ""


def fetch_feeds(case: Case, limits: FetchLimits = _LIMITS) -> list[Fetched]:
    """Fetches every page that the case's feeds list and that was not fetched before; says what became of each. Build
    again to code them. Raises UsageError where the case lists no feed."""
    if not case.feeds:
        raise UsageError(str(case.folder), "no feed", "feeds: [{url: https://..., path: reports}] in case.yaml")
    path = case.folder / STORE_FOLDER / _FETCHED
    known = set(json.loads(path.read_text("utf-8"))) if path.is_file() else set()
    done: list[Fetched] = []
    for feed in case.feeds:
        try:
            page = fetch_page(feed.url, limits, "feeds")
            listed = read_feed(page.content, page.url)
        except RefusedError as refused:
            done.append(Fetched(feed.url, feed.url, reason=str(refused)))
            continue
        for one in listed:
            if one.url not in known:
                done.append(_fetch(feed, one, limits, case.folder))
                known |= {one.url} if done[-1].file else set()
                _keep(path, known)  # after each: what was had is not asked for again, whatever happens next
    return done


def _fetch(feed: Feed, one: Listed, limits: FetchLimits, folder: Path) -> Fetched:
    said = {"source": feed.source, "title": one.title, "published": one.published}
    try:
        path = add_page(one.url, feed.folder, limits, {name: text for name, text in said.items() if text})
    except RefusedError as refused:
        return Fetched(feed.url, one.url, reason=str(refused))
    return Fetched(feed.url, one.url, path.relative_to(folder).as_posix())


def _keep(path: Path, known: set[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(sorted(known)))
