"""Turns what may leave the desk into files of exchange, with a manifest of their hashes."""

from faultline.publish.export.formats import EXPORTERS
from faultline.publish.export.leaving import Leaving
from faultline.publish.export.write import Exported, write_export

__all__ = ["EXPORTERS", "Exported", "Leaving", "write_export"]
