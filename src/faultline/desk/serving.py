"""What is done with a built store: serving it, fetching into its case, purging. Invariant: the address served is this
machine's."""

import json
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from faultline.case import Case
from faultline.case.decisions import rewrite_decisions
from faultline.desk.covering import Marks
from faultline.desk.opened import LAST_BUILD, STORE_FOLDER, Desk, now
from faultline.desk.remembering import forget
from faultline.desk.reviewing import decide, taken_back
from faultline.desk.working import couple, examine_paper, measure_all
from faultline.intake.fetch import add_page
from faultline.publish.view import LeftOut, Paper, Task
from faultline.publish.web.guard import Guard
from faultline.publish.web.server import create_app
from faultline.publish.web.serving import answer_once, serve_until_stopped
from faultline.record.decision import Decision
from faultline.record.errors import UsageError


def purge(desk: Desk, what: str, why: str) -> str:
    """Removes a document (by id or origin) or a name from the store and from the decisions on file for good; says what
    was removed. Older versions of that file stay where the case is under version control."""
    before = {one.id for one in _decisions(desk)}
    done = str(desk.store.purge(what, why, now()))
    forget(desk.case.folder)
    after = {one.id: one for one in _decisions(desk)}

    def purged(one: Decision) -> Decision | None:
        if one.id in before:
            return after.get(one.id)
        quote, value, said, by = (desk.store.blanked(words) for words in (one.quote, one.value, one.why, one.by))
        return replace(one, quote=quote, value=value, why=said, by=by)

    rewrite_decisions(desk.case.folder, purged)
    return done


def _decisions(desk: Desk) -> tuple[Decision, ...]:
    return desk.store.snapshot(include_undated=True).decisions(with_undone=True)


def last_build(desk: Desk) -> LeftOut:
    """What the last build could not take in; nothing where there was none."""
    path = desk.case.folder / STORE_FOLDER / LAST_BUILD
    if not path.exists():
        return LeftOut()
    found = json.loads(path.read_text(encoding="utf-8"))
    return LeftOut(*(tuple((key, number) for key, number in found[name]) for name in ("skipped", "not_coded")))


@dataclass(frozen=True)
class DeskHands:
    """What a page may do at a desk; `author` decides where the page names nobody."""

    desk: Desk
    author: str = ""

    def decide(self, made: Sequence[Decision]) -> tuple[Decision, ...]:
        """Keeps decisions of this moment in the case and in the store. Raises StoreError."""
        return decide(self.desk, made)

    def taken_back(self, id: str, by: str, why: str) -> Decision:
        """What takes the decision of that id back, not kept yet. Raises NotFoundError, UsageError."""
        return taken_back(self.desk, id, by, why)

    def measuring(self, as_of: date | None, undated: bool) -> Task:
        """The work whose result are the findings of all measures as of a day."""
        return measure_all, (self.desk.case, self.desk.url, as_of, undated)

    def coupling(self, as_of: date | None, undated: bool) -> Task:
        """The work whose result is the coupled system as of a day."""
        return couple, (self.desk.case, self.desk.url, as_of, undated)

    def examining(self, paper: Paper) -> Task:
        """The work whose result is the examination of an article, and its text."""
        return examine_paper, (self.desk.case, self.desk.url, paper)


def serve(desk: Desk, port: int, say: Callable[[str], object]) -> None:
    """Serves the page on 127.0.0.1 until interrupted; `port` 0 takes a free one. Whoever opens the second address, with
    the token of this run, may decide and correct; $FAULTLINE_REVIEWER says who that is."""
    token = secrets.token_urlsafe(24)
    guard = Guard(token, DeskHands(desk, os.environ.get("FAULTLINE_REVIEWER", "")))

    def told(address: str) -> None:
        say(f"{desk.case.title}: {address} (Ctrl-C stops)")
        say(f"To review and correct: {address}enter?token={token}")

    serve_until_stopped(create_app(desk, last_build(desk), guard, Marks(desk).said), port, told)


def serve_once(desk: Desk) -> str:
    """Serves on a free port, fetches the start page over loopback, stops; returns the address that answered.

    Raises FaultlineError where the page does not come.
    """
    return answer_once(create_app(desk, last_build(desk)), desk.case.title)


def add_url(case: Case, url: str) -> Path:
    """Fetches one page now, by its address, into the case's first folder of documents; returns the file.

    Raises InputError, and UsageError where the case has no such folder.
    """
    folder = next((entry.path for entry in case.inputs if entry.kind == "documents" and entry.path.is_dir()), None)
    if folder is None:
        raise UsageError(str(case.folder), "no folder of documents", "one under documents: in case.yaml")
    return add_page(url, folder)
