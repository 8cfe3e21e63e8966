"""Writes docs/reference/tables.md from the tables themselves: `python -m tests.evidence.tables_page`."""

from pathlib import Path

from sqlalchemy import Column, Table

from faultline.evidence.schema import SCHEMA_VERSION, metadata

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "tables.md"
PLAN = """\
```text
 meta        tombstones        stances <-----------------------------+
                                                                     |
 documents <--+-- texts <--+-- text_blocks ~~~~~~> text_words        |
     ^        |            |                                         |
     :        |            |                                         |
 filings      +------------+-- coder_runs <--+-- claims -------------+
 (one chain                                  |     ^  ~~> claim_words
 an origin)                                  |     |
                                             |     +-- slots
 decisions ....> claims (by claim id)        |     +-- casualties
                                             |
                                             +-- run_contents, mentions, figures

 <--  refers to        ~~>  is searched through        ...>  names, without a key
```
"""
SAYS = {
    "meta": "That this is a store of Faultline, and of which schema.",
    "documents": "The bytes as received, once, whatever number of origins they stand at. `original` is zstd, `size` "
    "its length unpacked; NULL once a name was purged from it.",
    "texts": "What a reader made of a document's bytes. A better reader may make another text of the same document.",
    "text_blocks": "The text in pieces; `first` is the offset of the first code point. The words under a span are "
    "read from the blocks it touches.",
    "filings": "One version of what stands at one origin. `document` is empty for a removal; `words` is the hash of "
    "the text. The key is the order of arrival.",
    "coder_runs": "One reading of one text by one version of one coder. `content` is the run whose claims it has: its "
    "own, or an earlier one that read exactly the same.",
    "run_contents": "A digest over all that a run read, and the head columns of its claims, packed; their keys run "
    "from `first` on.",
    "stances": "What many claims share: kind, action, speaker, modality. `chain` is empty where it is the speaker "
    "alone.",
    "claims": "The atoms. `claim` is the claim id; `start` and `stop` are code points, the end exclusive.",
    "slots": "Filled slots of a claim in their order. `leading` is the id of the likeliest candidate; `candidates` is "
    "JSON, empty where the leading one is the only one and sure.",
    "casualties": "Casualty triples of a claim in their order; NULL is an end that the text leaves open.",
    "mentions": "Names in a text with their candidates, in their order.",
    "figures": "Published numbers that a document gives.",
    "decisions": "Judgements, in the order of recording; `undoes` names the one that is taken back.",
    "tombstones": "What a purge keeps out: the hash of a document's bytes, or a salted hash of a name. Of kind "
    "`withheld`: salted hashes of the words that the document in `why` keeps back; its newest salt counts.",
}


def page() -> str:
    """The whole page."""
    parts = [_HEAD.format(version=SCHEMA_VERSION), PLAN]
    parts += [_section(metadata.tables[name]) for name in SAYS]
    return "\n".join([*parts, _TAIL])


def _section(table: Table) -> str:
    rows = [f"| `{c.name}` | {str(c.type).lower()} | {_notes(c)} |" for c in table.columns]
    return "\n".join([f"## {table.name}", "", SAYS[table.name], "", "| column | type | |", "|---|---|---|", *rows, ""])


def _notes(column: Column[object]) -> str:
    notes = ["key"] if column.primary_key else []
    notes += [f"`{key.target_fullname}`" for key in column.foreign_keys]
    return ", ".join([*notes, "may be NULL"] if column.nullable else notes)


_HEAD = """\
# Tables of the store

Schema {version}, the same on SQLite and PostgreSQL. Made from the code (`python -m tests.evidence.tables_page`).

Rows are only inserted: triggers refuse UPDATE and DELETE, and only a purge lifts them. `recorded` is microseconds since
1970 in UTC; slots, casualties and the contents of a run have the moment of the claim or run that they belong to. A
day is the number of days since 1970-01-01 (see [decision 10](../decisions/0010-days-and-moments-as-numbers.md)).
"""
_TAIL = """\
## claim_words, text_words

The word indices: over the words under each claim and over the blocks of each text. On SQLite two FTS5 tables without
text of their own (`unicode61`, accents removed); they read the words from `text_blocks`, for claims through the view
`claim_quotes`. On PostgreSQL two tables of `tsvector` with GIN indices, filled with words folded the same way.
"""

if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
