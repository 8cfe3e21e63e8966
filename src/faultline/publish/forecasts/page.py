"""Turns the scoreboard into one HTML page. Invariant: no script, nothing from outside."""

from collections.abc import Sequence

from faultline.publish.forecasts.board import grids
from faultline.publish.templates import style_sheet, template_environment
from faultline.record.analysis import Score


def board_page(rows: Sequence[Score]) -> str:
    """The page as HTML: the tables of the board, with what they mean and what they do not."""
    css = style_sheet("faultline.publish.forecasts", "board.css")
    made = template_environment("faultline.publish.forecasts").get_template("board.html")
    return made.render(title="Scoreboard of the forecasts", grids=grids(rows), css=css)
