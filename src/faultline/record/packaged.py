"""Tables that lie beside the code as YAML. Invariant: read once a process, and shared: whoever asks never writes."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

# The reader in C, where PyYAML was built with it, is ten times as fast.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def packaged(package: str, *path: str) -> Any:
    """What the YAML file at `path` below a package ("faultline.resolve", "ledger.yaml") holds; the type is that of the
    file."""
    return yaml.load(files(package).joinpath(*path).read_bytes(), Loader=LOADER)
