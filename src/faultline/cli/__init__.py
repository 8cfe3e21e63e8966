"""The command line, thin over the desk: turns options into one call and its answer into a table or JSON.
Invariant: what a person reads as a table, a program reads with --json; errors go to stderr with a documented code."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from faultline.record.errors import FaultlineError

__all__ = ["main"]


def main() -> None:
    """Runs the command line. Exit codes: 0 done; 1 other failure; 2 wrong call; 3 wrong case; 4 unreadable input; 5 the
    store; 6 not found; 7 the store does not verify; 8 somebody else
    decided meanwhile; 130 interrupted."""
    # Loaded here and not above: a worker of a build loads this module again, as what started it, and needs no more.
    from faultline.cli.loading import root_for
    from faultline.record.errors import CaseError, FaultlineError

    try:
        root_for(sys.argv[1:])()
    except FaultlineError as error:
        _stop(error, error.problems if isinstance(error, CaseError) else ())
    except OSError as error:  # a folder that is not there or not ours, a full disk: nothing that the program can mend
        if not error.strerror:
            raise
        way_out = "Look at the path, its permissions and the space left."
        _stop(FaultlineError(str(error.filename or "the system"), error.strerror, way_out=way_out))
    except KeyboardInterrupt:
        sys.exit(130)


def _stop(error: "FaultlineError", problems: "Sequence[FaultlineError]" = ()) -> None:
    """Says the problems and the error on stderr and leaves with the error's code."""
    from rich.console import Console

    err = Console(stderr=True)
    for problem in problems:
        err.print(str(problem), markup=False, highlight=False, soft_wrap=True)
    err.print(f"error: {error}", style="bold red", markup=False, highlight=False, soft_wrap=True)
    sys.exit(error.exit_code)
