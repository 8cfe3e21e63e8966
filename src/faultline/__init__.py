"""Faultline: reporting on an armed conflict in; sourced claims, measures and a page out."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("faultline")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+unknown"
