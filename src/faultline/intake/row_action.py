"""Turns the codes of a row into an action. Invariant: a finer code that is new to us falls back on the coarser one and
is counted; a row of which no code is known is refused."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from faultline.intake.cells import code, key
from faultline.intake.dataset import Dataset
from faultline.intake.taken import RefusedError
from faultline.record.claim import Claim, Slot
from faultline.record.text import Span
from faultline.record.vocabulary import Action, SlotName

_ID = "id="


@dataclass(frozen=True, slots=True)
class Deed:
    """What a code means in our words; `recipient` names whom such an act is done to by its definition."""

    action: Action | None
    subtype: str = ""
    says: str = ""
    recipient: str = ""


def row_id(claim: Claim) -> str:
    """The id of the row that a claim was read from, as the dataset writes it; "" where it has none."""
    reasons = (slot.reason for slot in claim.slots if slot.name is SlotName.ACTION)
    return next((said.removeprefix(_ID).split("; ")[0] for said in reasons if said.startswith(_ID)), "")


class ActionPart:
    """Reads the columns `action`, `subtype`, `id` and `doubt`."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        parts = dataset.layout.parts
        self._columns = parts.get("action", ())
        self._codes = dataset.words["actions"]
        self._deeds = {word: _deed(entry) for word, entry in self._codes.items()}
        self._subtype = dataset.layout.index("subtype")
        self._id = dataset.layout.first("id")
        plain = dataset.words["plain"]
        self._doubts = tuple((c.name, c.index, plain[c.name]) for c in parts.get("doubt", ()) if plain[c.name] != "*")

    def deed(self, cells: list[str]) -> Deed:
        """What happened. Raises RefusedError("unknown code")."""
        written = [code(cells[column.index]) for column in self._columns]
        for word in reversed(written):  # the finer code stands last
            if word in self._deeds:
                if word != written[-1] and written[-1]:
                    self._dataset.doubts[f"{self._columns[-1].name} {written[-1][:40]!r} is not in the codebook"] += 1
                return self._deeds[word]
        if self._codes:
            raise RefusedError("unknown code", f"{self._columns[0].name} {written[0][:40]!r}", "a code of the codebook")
        return self._own(cells, "".join(written))

    def slots(self, cells: list[str], deed: Deed, span: Span) -> tuple[Slot, ...]:
        """The action with the row's id, what its code says and what the dataset itself doubts."""
        said = [f"{_ID}{key(cells[self._id.index])}"] if self._id else []
        if deed.says:
            said.append(deed.says)
        for name, index, plain in self._doubts:
            if code(cells[index]) != plain:
                said.append(f"{name}={cells[index].strip()}")
        value = deed.action.value if deed.action else deed.subtype
        return (Slot(SlotName.ACTION, value, span, self._rule, "; ".join(said)),) if value or said else ()

    @cached_property
    def _rule(self) -> str:
        column = self._columns[-1] if self._columns else self._id
        return column.rule if column else str(self._dataset.words["name"])

    def _own(self, cells: list[str], word: str) -> Deed:
        """A table of one's own may use our words for actions; any other word is a subtype."""
        subtype = cells[self._subtype].strip() if self._subtype >= 0 else ""
        try:
            return Deed(Action(word), subtype)
        except ValueError:
            return Deed(None, subtype or word)


def _deed(entry: dict[str, Any]) -> Deed:
    action = Action(entry["action"]) if entry["action"] else None
    return Deed(action, entry["subtype"], entry.get("says", ""), entry.get("recipient", ""))
