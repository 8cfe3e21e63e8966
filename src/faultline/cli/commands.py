"""The root with all of its commands."""

from faultline.cli import (  # each adds its commands to the root
    actors,
    arriving,
    benchmarks,
    cases,
    examine,
    exporting,
    forecasting,
    measure,
    rate,
    record,
    resolve,
    simulate,
    system,
    texts,
)
from faultline.cli.root import app

__all__ = [
    "actors",
    "app",
    "arriving",
    "benchmarks",
    "cases",
    "examine",
    "exporting",
    "forecasting",
    "measure",
    "rate",
    "record",
    "resolve",
    "simulate",
    "system",
    "texts",
]
