"""Turns a package's templates into an environment. Invariant: everything is escaped, an unknown name is an error, and a
value is written in the same words on a page and in a report."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from faultline.publish import words
from faultline.publish.addresses import host_of, safe_url
from faultline.publish.kinds import kind_styles


def template_environment(package: str) -> Environment:
    """The templates of a package, with the filters that pages and reports share."""
    loader = PackageLoader(package)
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
