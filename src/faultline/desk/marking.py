"""Whether what sensitive.yaml marks is covered in the store, as the last build left it. Invariant: what is kept says
nothing of the words."""

import hashlib
import hmac
import secrets

from faultline.case import Case
from faultline.case.folder import SENSITIVE
from faultline.case.whole import write_whole
from faultline.desk.opened import STORE_FOLDER

KEPT = "marks.sha256"  # beside the store: salt and salted hash of the marks that the last build covered


def remember_marks(case: Case) -> None:
    """Keeps which marks a build covered."""
    folder = case.folder / STORE_FOLDER
    if folder.is_dir():
        salt = secrets.token_hex(8)
        write_whole(folder / KEPT, f"{salt} {_hash(salt, case)}")


def covered(case: Case) -> bool:
    """Whether the last build covered the marks of the file as it is now."""
    kept = case.folder / STORE_FOLDER / KEPT
    if not kept.is_file():
        return not _of_file(case)
    salt, _, found = kept.read_text(encoding="ascii").partition(" ")
    return hmac.compare_digest(found, _hash(salt, case))


def _of_file(case: Case) -> list[str]:
    marks = (mark for mark in case.sensitive if mark.where.startswith(SENSITIVE))
    return sorted(repr((mark.document, mark.origin, mark.words, mark.span)) for mark in marks)


def _hash(salt: str, case: Case) -> str:
    return hashlib.sha256(f"{salt}\0{_of_file(case)}".encode()).hexdigest()
