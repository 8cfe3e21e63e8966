"""Claims by key as an Arrow table. Invariant: no row of the database is fetched for a claim: a million of them are
gathered from the packed records of their runs."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sqlalchemy import Connection, select

from faultline.evidence.backend import Backend, Row
from faultline.evidence.heads import Keys
from faultline.evidence.packed import ABSENT, DTYPE
from faultline.evidence.read import read_stances
from faultline.evidence.schema import STANCE, run_contents
from faultline.evidence.visible import Run, View

_HEX = np.frombuffer("".join(f"{n:02x}" for n in range(256)).encode(), "u1").reshape(256, 2)


def read_columns(connection: Connection, backend: Backend, view: View, keys: Keys) -> pa.Table:
    """The head columns of the claims of those keys, in that order."""
    runs = sorted((key for key in view.runs if view.runs[key].claims), key=lambda key: view.runs[key].first)
    firsts = np.array([view.runs[key].first for key in runs], np.int64)
    place = np.searchsorted(firsts, keys, side="right") - 1  # which run each claim belongs to
    records = _records(connection, backend, runs, (keys, place))
    stances = np.unique(records["stance"], return_inverse=True)
    known: dict[int, Row] = {}
    read_stances(connection, backend, known, set(stances[0].tolist()))
    shared = _shared([known[key] for key in stances[0].tolist()], stances[1])
    found = {
        "id": _ids(records["id"]),
        **_of_runs(view, [view.runs[key] for key in runs], place),
        **{name: shared[name] for name in STANCE if name != "precision"},
        **{name: pa.array(records[name].astype(np.int64)) for name in ("start", "stop", "ordinal")},
        **{name: _days(records[name]) for name in ("first_day", "last_day")},
        "precision": shared["precision"],
        "confidence": pa.array(records["confidence"]),
    }
    return pa.table(found)


def _records(
    connection: Connection, backend: Backend, runs: list[int], wanted: tuple[Keys, Keys]
) -> npt.NDArray[np.void]:
    """The packed records of the keys, given with the place of their run in `runs`. Runs are read one by one: no more
    than one is held twice."""
    keys, place = wanted
    order = np.argsort(place, kind="stable")  # the keys of one run beside one another
    held, starts = np.unique(place[order], return_index=True)
    mine = dict(zip([runs[n] for n in held], np.split(order, starts[1:]), strict=True)) if len(order) else {}
    found = np.empty(len(keys), DTYPE)
    query = select(run_contents.c.run, run_contents.c.first, run_contents.c.records)
    for run, first, packed in connection.execute(query.where(backend.among(run_contents.c.run, list(mine)))):
        found[mine[run]] = np.frombuffer(packed, DTYPE)[keys[mine[run]] - first]
    return found


def _of_runs(view: View, runs: list[Run], place: Keys) -> dict[str, pa.Array]:
    sources = [view.documents[run.document].source for run in runs]
    words = {"document": [run.document for run in runs], "source": sources, "coder": [run.coder for run in runs]}
    return {name: _dictionary(values, place) for name, values in words.items()}


def _shared(known: list[Row], place: Keys) -> dict[str, pa.Array]:
    return {name: _dictionary([row[n] for row in known], place) for n, name in enumerate(STANCE)}


def _dictionary(values: list[str], place: Keys) -> pa.Array:
    """A dictionary array of values[place], each value once in the dictionary."""
    distinct = list(dict.fromkeys(values))
    number = {value: n for n, value in enumerate(distinct)}
    codes = np.array([number[value] for value in values], np.int32)
    indices = codes[place] if len(place) else np.empty(0, np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(indices), pa.array(distinct, pa.string()))


def _ids(packed: npt.NDArray[np.uint8]) -> pa.Array:
    """ "clm_" and the ten bytes in hexadecimal digits, as one buffer of text."""
    text = np.empty((len(packed), 24), "u1")
    text[:, :4] = np.frombuffer(b"clm_", "u1")
    text[:, 4:] = _HEX[packed].reshape(len(packed), 20)
    offsets = np.arange(len(packed) + 1, dtype=np.int32) * 24
    return pa.StringArray.from_buffers(len(packed), pa.py_buffer(offsets), pa.py_buffer(text))


def _days(numbers: npt.NDArray[np.int32]) -> pa.Array:
    return pa.array(numbers, pa.date32(), mask=numbers == ABSENT)
