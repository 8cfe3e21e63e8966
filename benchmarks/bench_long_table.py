"""CPU seconds of every measure on an invented event table of 20,000 rows over 24 years, in an old layout.

`python -m benchmarks.bench_long_table [ROWS]`. Nothing in the table happened: it says how long measures take, and no
number that they print means anything.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.acled_worlds import write_acled

from faultline.desk import EventsFile, open_desk
from faultline.desk.measuring import sight_of
from faultline.measure import MEASURES

CASE = Path(__file__).resolve().parents[1] / "cases/mali"


def main(words: Sequence[str]) -> None:
    """Prints a line for each measure."""
    rows = int(words[0]) if words else 20_000
    opened = open_desk(CASE, "")
    places = [place for place in opened.case.places if place.admin1 and place.admin2][:300]
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "acled_old.csv"
        write_acled(table, rows, places, seed=1)
        begun = time.process_time()
        sight = sight_of(opened, opened.snapshot(date(2021, 1, 31)), EventsFile((table,)))
        events = sight.events
        print(f"read {len(events) if events else 0} of {rows} rows: {time.process_time() - begun:.1f} s", flush=True)
        whole = 0.0
        for measure in MEASURES:
            begun = time.process_time()
            found = measure.run(sight)
            spent = time.process_time() - begun
            whole += spent
            print(f"{measure.name}: {spent:.1f} s: {found.summary[:160]}", flush=True)
    print(f"all measures: {whole:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
