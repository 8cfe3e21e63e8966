"""Turns a package's templates into an environment. Invariant: everything is escaped, an unknown name is an error, and a
value is written in the same words on a page and in a report."""

from functools import cache
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from faultline.publish import words
from faultline.publish.addresses import host_of, safe_url
from faultline.publish.kinds import kind_styles


def template_environment(package: str) -> Environment:
    """The templates of a package and the page that stands alone (alone.html: `title`, `css`, blocks `language` and
    `main`), with the filters that pages and reports share."""
    loader = ChoiceLoader([PackageLoader(package), PackageLoader("faultline.publish", "alone")])
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {
        "number": words.number,
        "stated": words.stated,
        "day": words.day,
        "days": words.days,
        "moment": words.moment,
        "published": words.published,
        "harm": words.harm,
        "code": words.code,
        "safe_url": safe_url,
        "host": host_of,
    }
    made.globals |= {"kinds": kind_styles(), "counted": words.counted}
    return made


@cache
def style_sheet(package: str, name: str) -> Markup:
    """A style sheet of a package: our own, and so the one text that is not escaped."""
    return Markup(files(package).joinpath(name).read_text(encoding="utf-8"))
