"""Turns answers into tables on a terminal or the JSON envelope. Invariant: both carry the same rows, and every row
names the id that opens its sentences."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from faultline.case import Case
from faultline.evidence import ClaimFilter, Snapshot
from faultline.evidence.search import Hit
from faultline.evidence.snapshot import Held
from faultline.publish import words
from faultline.publish.citing import Cited, Citer
from faultline.publish.names import slot_name
from faultline.record.actor import Actor
from faultline.record.claim import Claim
from faultline.record.envelope import envelope
from faultline.record.errors import NotFoundError
from faultline.record.place import Place, distance_km
from faultline.record.text import Document, Source

_IDS = frozenset({"claim", "claim or document", "document", "incident", "decision", "id"})  # copied: never broken
_CLAIM_COLUMNS = ("claim", "kind", "day", "says", "words")
_MOST_TEXT = 20_000  # characters of a text shown on a terminal


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of one record type about one case, and the snapshot that they were read from, if any."""

    kind: type
    case: str
    rows: Sequence[object]
    snapshot: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where rows go: `console` as a table, or stdout as JSON where `as_json`."""

    console: Console
    as_json: bool = False

    def rows(self, answer: Answer, made: Table) -> None:
        """The rows, in the one form that was asked for."""
        if not self.as_json:
            self.show(made)
            return
        seen = answer.snapshot
        as_of, recorded_by = (seen.as_of, seen.recorded_by) if seen else (None, None)
        found = envelope(answer.kind, answer.case, answer.rows, as_of, recorded_by)
        self.console.file.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")

    def show(self, made: Table) -> None:
        """The table below its title, which is a line of its own: rich breaks a title where the table ends."""
        title, made.title = made.title, None
        if title:
            self.console.print(Text(str(title), style="italic"), soft_wrap=True)
        self.console.print(made)

    def say(self, text: str) -> None:
        """A line for a person; nothing where JSON was asked for."""
        if not self.as_json:
            self.console.print(text, markup=False, highlight=False, soft_wrap=True)


def table(title: str, *columns: str) -> Table:
    """An empty table with a title; text is never read as markup. Ids are never broken."""
    made = Table(title=title, box=None, pad_edge=False, header_style="bold")
    for column in columns:
        made.add_column(column, overflow="fold", no_wrap=column in _IDS)
    return made


def add_row(made: Table, *cells: object) -> None:
    """A row of plain text: what a document says is never read as markup."""
    made.add_row(*(cell if isinstance(cell, Text) else Text(str(cell)) for cell in cells))


def claims(sheet: Sheet, case: Case, snapshot: Snapshot, asked: ClaimFilter) -> None:
    """Claims of a snapshot with their words and sources, and how many more there are."""
    found = list(snapshot.claims(asked))
    total = snapshot.count(asked)
    title = f"{words.counted(total, 'claim')} as of {words.day(snapshot.as_of)}"
    made = table(title, *_CLAIM_COLUMNS)
    for cited in Citer(case, snapshot).cite_all(found):
        add_row(made, *_claim_cells(cited))
    sheet.rows(Answer(Claim, case.id, found, snapshot), made)
    if total > len(found):
        sheet.say(f"{words.number(total - len(found))} more: raise --limit or narrow the question.")
    if snapshot.left_out:
        sheet.say(f"{words.counted(snapshot.left_out, 'undated document')} not in view; --undated lets them in.")


def document(sheet: Sheet, case: Case, snapshot: Snapshot, id: str) -> None:
    """A document: its filing, its text, its claims."""
    found, filing = snapshot.document(id)
    held = next(iter(snapshot.documents(ClaimFilter(documents=(id,)))))
    made = table(filing.title or filing.origin, *_CLAIM_COLUMNS)
    for cited in Citer(case, snapshot).cite_all(snapshot.claims(ClaimFilter(documents=(id,)))):
        add_row(made, *_claim_cells(cited))
    sheet.say(f"{filing.title}\n{filing.source}, {words.published(filing.published)}, {filing.origin}")
    if filing.retold_from:
        sheet.say(f"Retold by Faultline from {filing.retold_from}")
    sheet.say(f"\n{_short(found)}\n")
    sheet.rows(Answer(Held, case.id, [held], snapshot), made)


def hits(sheet: Sheet, case: Case, snapshot: Snapshot, found: Sequence[Hit]) -> None:
    """What a search found: claims first, then texts."""
    made = table(f"{words.counted(len(found), 'hit')} as of {words.day(snapshot.as_of)}", "claim or document", "words")
    for hit in found:
        text = Text(hit.words)
        for mark in hit.marks:
            text.stylize("bold", mark.start - hit.span.start, mark.end - hit.span.start)
        add_row(made, hit.claim or hit.document, text)
    sheet.rows(Answer(Hit, case.id, found, snapshot), made)


def titles(sheet: Sheet, case: Case, snapshot: Snapshot, found: Sequence[Hit]) -> None:
    """The documents of a search: day of publication, source and title of each."""
    made = table(
        f"{words.counted(len(found), 'document')} as of {words.day(snapshot.as_of)}",
        "document",
        "published",
        "source",
        "title",
    )
    for hit in found:
        filing = snapshot.document(hit.document)[1]
        add_row(made, hit.document, str(filing.published), filing.source, filing.title)
    sheet.rows(Answer(Hit, case.id, found, snapshot), made)


def claim(sheet: Sheet, case: Case, snapshot: Snapshot, id: str) -> None:
    """A claim with every slot, the words it was read from, the rule and the reason."""
    found = snapshot.claim(id)
    cited = Citer(case, snapshot).cite(found)
    text = snapshot.document(found.document)[0].text
    made = table(f"{found.kind} {found.subtype}".strip(), "slot", "means", "words", "rule", "reason")
    for slot in found.slots:
        span = slot.span.of(text) if slot.span else ""
        add_row(made, slot.name, slot_name(case, slot), span, slot.rule, slot.reason)
    quoted = "Retold by Faultline: " if cited.retold else ""
    sheet.say(f"{quoted}{cited.excerpt.words}\n{cited.source_name}, {words.published(cited.filing.published)}")
    sheet.say(f"says: {' < '.join(words.speaker(found.speaker))} ({found.modality}); when: {words.days(found.days)}")
    for harm in found.casualties:
        triple = (f"{name} {words.stated(getattr(harm, name))}" for name in ("low", "best", "high"))
        sheet.say(f"{words.harm(harm)}: {', '.join(triple)}")
    sheet.rows(Answer(Claim, case.id, [found], snapshot), made)


def explained(sheet: Sheet, case: Case, snapshot: Snapshot, id: str) -> None:
    """Why a claim reads as it does: each slot with its words, its rule, its confidence, and what else it might mean."""
    found = snapshot.claim(id)
    text = snapshot.document(found.document)[0].text
    columns = ("slot", "means", "words", "from an earlier sentence", "rule", "reason", "confidence", "refused")
    rows = []
    for slot in found.slots:
        spans = [span.of(text) if span else "" for span in (slot.span, slot.inherited_from)]
        others = [c for c in slot.candidates if c.id != slot.leading]
        refused = "; ".join(f"{c.id} {c.probability:.2f} {c.reason}".strip() for c in others)
        sure = f"{slot.confidence:.2f}"
        rows.append((slot.name, slot_name(case, slot), *spans, slot.rule, slot.reason, sure, refused))
    # a terminal is narrow: a column in which nothing stands for any slot is left out
    kept = [n for n in range(len(columns)) if any(row[n] for row in rows)]
    made = table(f"{found.kind} {found.subtype}: {found.span.of(text)}", *(columns[n] for n in kept))
    for row in rows:
        add_row(made, *(row[n] for n in kept))
    sheet.rows(Answer(Claim, case.id, [found], snapshot), made)


def known(sheet: Sheet, case: Case, id: str) -> None:
    """An actor, place or source of the case file. Raises NotFoundError."""
    for kind, find in ((Actor, case.actor), (Place, case.place), (Source, case.source)):
        try:
            found: object = find(id)
        except NotFoundError:
            continue
        made = table(f"{kind.__name__.lower()} {id}", "field", "value")
        for name in kind.__slots__:
            add_row(made, name, _value(getattr(found, name)))
        if isinstance(found, Place) and case.capital:
            away = distance_km(found, case.place(case.capital))
            add_row(made, "distance to the capital", f"{away:.0f} km, computed from the coordinates")
        sheet.rows(Answer(kind, case.id, [found]), made)
        return
    way_out = f"Try: faultline {'incidents CASE ' + id if id.startswith('inc_') else 'search, or faultline actors'}"
    raise NotFoundError(id, "nothing", "an id of a document, claim, actor, place or source", way_out)


def _claim_cells(cited: Cited) -> tuple[str, ...]:
    claim = cited.claim
    says = f"{claim.speaker.innermost} ({claim.modality})"
    return claim.id, f"{claim.kind} {claim.subtype}".strip(), str(claim.days), says, cited.excerpt.words


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(_value(part) for part in value)
    parts = getattr(value, "__slots__", None)
    if parts and not isinstance(value, str):
        return str(value) if type(value).__str__ is not object.__str__ else _fields(value, parts)
    return str(value)


def _fields(value: object, names: Iterable[str]) -> str:
    return ", ".join(f"{name} {getattr(value, name)}" for name in names if str(getattr(value, name)) not in ("", "()"))


def _short(found: Document) -> str:
    """The text, or its beginning where it is a table."""
    more = len(found.text) - _MOST_TEXT
    return found.text if more <= 0 else f"{found.text[:_MOST_TEXT]}\n[{words.number(more)} characters more]"
