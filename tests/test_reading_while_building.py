"""Whoever reads while a build runs sees whole documents or none."""

import subprocess
import sys
from pathlib import Path

from faultline import desk
from faultline.record.errors import StoreError
from tests.killing import big_case


def seen(folder: Path) -> dict[str, int]:
    """Claims of each document in view now; nothing while there is no store yet."""
    try:
        opened = desk.open_desk(folder)
        held = {h.document_id: h.claims for h in opened.snapshot(include_undated=True).documents()}
        opened.store.close()
    except StoreError:
        return {}
    return held


def test_a_reader_during_a_build_sees_each_document_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = big_case(tmp_path / "case")
    command = [sys.executable, "-c", "from faultline.cli import main; main()", "build", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    looks: list[dict[str, int]] = []
    while process.poll() is None:
        looks.append(seen(folder))
    assert process.returncode == 0
    whole = seen(folder)
    sizes = {len(look) for look in looks}
    assert any(0 < size < len(whole) for size in sizes), "no look fell into the build: it proves nothing"
    for look in looks:
        assert all(whole[document] == claims for document, claims in look.items())
