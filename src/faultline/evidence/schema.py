"""The tables of the store. Invariant: rows are only ever inserted; `recorded` is microseconds since 1970 in UTC, a day
is the number of days since 1970-01-01 (docs/decisions/0010), text columns are never NULL: "" says the same."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 1
BLOCK = 16_384  # code points in a text block at most

metadata = MetaData()

_Whole = BigInteger().with_variant(Integer, "sqlite")  # INTEGER PRIMARY KEY is the row id of SQLite


def _key() -> Column[int]:
    return Column("id", _Whole, primary_key=True, autoincrement=False)


def _to(name: str, other: str) -> Column[int]:
    return Column(name, _Whole, ForeignKey(other), nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number(name: str, empty: bool = False) -> Column[int]:
    return Column(name, _Whole, nullable=empty)


def _recorded() -> Column[int]:
    return _number("recorded")


def _days(prefix: str = "") -> list[Column[int] | Column[str]]:
    return [_number(f"{prefix}first_day", empty=True), _number(f"{prefix}last_day", empty=True)]


meta = Table("meta", metadata, Column("key", Text, primary_key=True), _text("value"), _recorded())

# A text as received, once, whatever number of origins it stands at. `original` is zstd; `size` its bytes unpacked;
# NULL once a name was purged from it.
documents = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),
    _text("hash"),
    _text("media_type"),
    Column("original", LargeBinary),
    _number("size"),
    _recorded(),
)

# What a reader made of the bytes: a better reader may make another text of the same document.
texts = Table(
    "texts",
    metadata,
    _key(),
    Column("document", Text, ForeignKey("documents.id"), nullable=False),
    _text("hash"),
    _number("length"),
    _recorded(),
    Index("texts_of_document", "document"),
)

# The text in pieces of at most BLOCK code points, so that the words under a span are near at hand in any text.
text_blocks = Table(
    "text_blocks",
    metadata,
    _key(),
    _to("text", "texts.id"),
    _number("first"),
    _text("body"),
    UniqueConstraint("text", "first"),
)

# One version of what stands at one origin; `document` is "" for a removal. The key is the order of arrival.
filings = Table(
    "filings",
    metadata,
    _key(),
    _text("origin"),
    _text("document"),
    _text("words"),  # hash of the text: the same words at the same origin again are a correction of the filing
    _text("fingerprint"),
    *[_text(name) for name in ("source", "title", "url", "language")],
    *_days(),
    *[_text(name) for name in ("precision", "anchor", "frame", "retold_from", "note", "extra")],
    _recorded(),
    Index("filings_of_origin", "origin", "id"),
    Index("filings_of_document", "document"),
)

# One reading of one text by one version of one coder. `content` is the run whose claims it has: its own, or an earlier
# one that read exactly the same.
coder_runs = Table(
    "coder_runs",
    metadata,
    _key(),
    Column("document", Text, ForeignKey("documents.id"), nullable=False),
    _to("text", "texts.id"),
    *[_text(name) for name in ("coder", "version", "notes")],
    _number("content"),
    _number("claims"),
    _recorded(),
    Index("runs_of_document", "document", "coder", "id"),
)

# What many claims share; small, so that a filter by kind, speaker or modality is a look-up.
STANCE = ("kind", "action", "subtype", "modality", "speaker", "chain", "speaker_actor", "voice", "precision")
stances = Table("stances", metadata, _key(), *[_text(name) for name in STANCE], _recorded())

claims = Table(
    "claims",
    metadata,
    _key(),
    _text("claim"),
    _to("run", "coder_runs.id"),
    _to("stance", "stances.id"),
    *[_number(name) for name in ("start", "stop", "ordinal")],
    CheckConstraint("0 <= start AND start <= stop"),
    *_days(),
    _text("anchor"),
    Column("confidence", Float(53), nullable=False),
    _recorded(),
    Index("claims_by_id", "claim"),
    Index("claims_of_run", "run"),
)

slots = Table(
    "slots",
    metadata,
    Column("claim", _Whole, ForeignKey("claims.id"), primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    *[_text(name) for name in ("name", "value", "leading")],
    _number("start", empty=True),
    _number("stop", empty=True),
    *[_text(name) for name in ("rule", "reason")],
    Column("confidence", Float(53), nullable=False),
    _text("candidates"),
    _number("inherited_start", empty=True),
    _number("inherited_stop", empty=True),
    CheckConstraint("(start IS NULL) = (stop IS NULL) AND 0 <= coalesce(start, 0) AND coalesce(start <= stop, true)"),
    CheckConstraint("coalesce(0 <= inherited_start AND inherited_start <= inherited_stop, true)"),
    sqlite_with_rowid=False,  # rows lie in the order of the key
)
Index(
    "slots_by_leading",
    slots.c.leading,
    slots.c.name,
    slots.c.claim,
    sqlite_where=slots.c.leading != "",
    postgresql_where=slots.c.leading != "",
)

casualties = Table(
    "casualties",
    metadata,
    Column("claim", _Whole, ForeignKey("claims.id"), primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    _text("harm"),
    *[_number(name, empty=True) for name in ("low", "best", "high")],
    _text("people"),
    _text("cumulative_since"),
    sqlite_with_rowid=False,  # rows lie in the order of the key
)

# What a run read, in one row: a digest over all of it, and the head columns of its claims as fixed-width records
# (packed.RECORD; their keys run from `first` on), so that a million of them become a table without a million rows being
# fetched. Derived from `claims`; `verify` compares.
run_contents = Table(
    "run_contents",
    metadata,
    Column("run", _Whole, ForeignKey("coder_runs.id"), primary_key=True, autoincrement=False),
    _text("digest"),
    _number("first"),
    Column("records", LargeBinary, nullable=False),
)

mentions = Table(
    "mentions",
    metadata,
    Column("run", _Whole, ForeignKey("coder_runs.id"), primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    _number("start"),
    _number("stop"),
    CheckConstraint("0 <= start AND start <= stop"),
    *[_text(name) for name in ("kind", "name", "leading", "candidates")],
    _recorded(),
    sqlite_with_rowid=False,  # rows lie in the order of the key
)

figures = Table(
    "figures",
    metadata,
    Column("run", _Whole, ForeignKey("coder_runs.id"), primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    *[_text(name) for name in ("series", "unit")],
    *_days(),
    *[_text(name) for name in ("precision", "anchor")],
    Column("value", Float(53), nullable=False),
    _text("source"),
    *_days("published_"),
    *[_text(name) for name in ("published_precision", "published_anchor")],
    _number("provisional"),
    _recorded(),
    sqlite_with_rowid=False,  # rows lie in the order of the key
)

decisions = Table(
    "decisions",
    metadata,
    _key(),
    _text("decision"),
    *[_text(name) for name in ("kind", "subject", "object", "slot", "value", "quote", "by", "why")],
    Column("probability", Float(53)),
    *[_text(name) for name in ("model", "undoes", "made", "fingerprint")],
    _recorded(),
    UniqueConstraint("decision"),
    Index("decisions_of_subject", "subject"),
)

# What a purge keeps out for good. `kind` is "document" (`hash` of its bytes) or "name" (`hash` of the salted name,
# never the name itself; `words` how many it has; `hint` a short hash of its first word, to find it quickly), or
# "withheld" (see withheld.py).
tombstones = Table(
    "tombstones",
    metadata,
    _key(),
    *[_text(name) for name in ("kind", "hash", "salt", "hint", "why")],
    _number("words"),
    _text("fingerprint"),
    _recorded(),
    UniqueConstraint("kind", "hash"),
)

CONTENT = tuple(table for table in metadata.sorted_tables if table is not meta)
