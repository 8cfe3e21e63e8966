"""Turns a map into one page: the picture, and below it every arrow with its sentence, loops, and what is read as signs.
Invariant: no script, nothing from outside; every line of the picture leads to the sentence that states it."""

from markupsafe import Markup

from faultline.publish.figure.mapped import Mapped
from faultline.publish.figure.svg import Picture, draw_svg
from faultline.publish.figure.wording import Wording, wording_of
from faultline.publish.templates import style_sheet, template_environment
from faultline.record.system import Loop

_MARKS = {1: "+", -1: "−", 0: "?"}


def page_of(mapped: Mapped, title: str) -> str:
    """The page as HTML."""
    wording = wording_of(mapped.language)
    words = tuple(arrow.words for arrow in mapped.system.arrows)
    picture = Picture(title, dict(mapped.names), words, wording, link=lambda number: f"#arrow-{number + 1}")
    return (
        template_environment("faultline.publish.figure")
        .get_template("map.html")
        .render(
            mapped=mapped,
            title=title,
            svg=Markup(draw_svg(mapped.system, picture)),  # draw_svg escapes every word itself
            css=style_sheet("faultline.publish.figure", "page.css"),
            words=wording.texts,
            wording=wording,
            marks=_MARKS,
            loops=[loop_words(mapped, loop, wording) for loop in mapped.system.loops],
        )
    )


def loop_words(mapped: Mapped, loop: Loop, wording: Wording) -> str:
    """A loop in words: its nodes in order, what its sign means, whether the text states it as one."""
    if loop.mutual:
        return f"{' ↔ '.join(map(mapped.name, loop.nodes))} ({wording.texts['mutual']})"
    sign = {1: "reinforcing", -1: "balancing", 0: "open_loop"}[loop.sign]
    return f"{' → '.join(map(mapped.name, (*loop.nodes, loop.nodes[0])))} ({wording.texts[sign]})"
