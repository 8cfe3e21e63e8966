"""Errors, sorted by what the caller can do about them; each message says where, what was got, what was expected
and the way out."""

from typing import Self


class FaultlineError(Exception):
    """Root of every error that Faultline raises on purpose.

    `where` names the file, line, column or id; `got` and `expected` describe the clash; `way_out` is an instruction.
    `exit_code` is what the command line returns for it.
    """

    exit_code = 1

    def __init__(self, where: str, got: str = "", expected: str = "", way_out: str = "") -> None:
        self.where, self.got, self.expected, self.way_out = where, got, expected, way_out
        super().__init__(where, got, expected, way_out)

    def __str__(self) -> str:
        parts = [self.where]
        if self.got:
            parts.append(f"got {self.got}")
        if self.expected:
            parts.append(f"expected {self.expected}")
        text = ": ".join([parts[0], ", ".join(parts[1:])]) if len(parts) > 1 else parts[0]
        return f"{text}. {self.way_out}" if self.way_out else text


class UsageError(FaultlineError):
    """The call is off: an unknown option value, a day that is no day. Correct the call."""

    exit_code = 2


class CaseError(FaultlineError):
    """A case folder is wrong. `problems` holds every one of them; correct the files."""

    exit_code = 3

    def __init__(self, where: str, problems: tuple[FaultlineError, ...] = (), way_out: str = "") -> None:
        self.problems = problems
        count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}" if problems else ""
        super().__init__(where, count, "none" if count else "", way_out)

    def __reduce__(self) -> tuple[type[Self], tuple[str, tuple[FaultlineError, ...], str]]:
        """Arguments for a copy: an error has to find its way out of a worker process."""
        return type(self), (self.where, self.problems, self.way_out)


class InputError(FaultlineError):
    """A document or table cannot be read. It is skipped and counted; look at the file."""

    exit_code = 4


class StoreError(FaultlineError):
    """The store is missing, damaged, of another version, or busy. Nothing was half-written."""

    exit_code = 5


class NotFoundError(FaultlineError):
    """No such id or name in what the snapshot sees."""

    exit_code = 6


class ConflictError(FaultlineError):
    """Somebody else decided the same meanwhile. Look at what stands now, and decide anew."""

    exit_code = 8


class IntegrityError(StoreError):
    """`verify` found a hash or a span that does not hold."""

    exit_code = 7
