"""Turns the scoreboard into one HTML page. Invariant: no script, nothing from outside."""

from collections.abc import Sequence
from importlib.resources import files

from markupsafe import Markup

from faultline.publish.forecasts.board import grids
from faultline.publish.templates import template_environment
from faultline.record.analysis import Score


def board_page(rows: Sequence[Score]) -> str:
    """The page as HTML: the tables of the board, with what they mean and what they do not."""
    css = files("faultline.publish.forecasts").joinpath("board.css").read_text(encoding="utf-8")
    made = template_environment("faultline.publish.forecasts").get_template("board.html")
    return made.render(title="Scoreboard of the forecasts", grids=grids(rows), css=Markup(css))
