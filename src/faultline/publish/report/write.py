"""Turns a snapshot into one self-contained HTML file: what the record holds as of a day. Invariant: it has passed the
gate of `policy`, holds no script and loads nothing; every number leads to its sentences or says that they are cut."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from faultline.case import Case
from faultline.evidence import Snapshot
from faultline.publish.report.contents import Contents, ReportLimits, contents_of
from faultline.publish.scales import RELIABILITY
from faultline.publish.templates import template_environment


def write_report(case: Case, snapshot: Snapshot, to: Path, limits: ReportLimits | None = None) -> Path:
    """The path of the file written, UTF-8. The file appears whole or not at all; raises OSError where it cannot be
    written."""
    html = render_report(case, contents_of(case, snapshot, limits or ReportLimits()))
    part = to.with_name(f".{to.name}.part")
    try:
        part.write_text(html, encoding="utf-8")
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    return to


def render_report(case: Case, contents: Contents) -> str:
    """The report as HTML."""
    return _environment().get_template("report.html").render(case=case, report=contents, css=_css())


@cache
def _css() -> Markup:
    """Our own style sheet, the one text that is not escaped."""
    return Markup(files("faultline.publish.report").joinpath("report.css").read_text(encoding="utf-8"))


@cache
def _environment() -> Environment:
    made = template_environment("faultline.publish.report")
    made.globals |= {"reliability": RELIABILITY}
    return made
