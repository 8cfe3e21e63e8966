"""Turns a figure of ours into a picture for paper, through Typst. Invariant: the same figure gives the same picture,
and no font of this machine is used."""

from pathlib import Path
from tempfile import TemporaryDirectory

_PAGE = '#set page(width: auto, height: auto, margin: 6pt)\n#image("figure.svg", width: 26cm)\n'
_INCH = 110.0  # pixels


def png_of(svg: str) -> bytes:
    """The PNG of an SVG text."""
    import typst  # a tenth of a second that only a report should cost

    with TemporaryDirectory(prefix="faultline-") as name:
        room = Path(name)
        (room / "figure.svg").write_text(svg, encoding="utf-8")
        (room / "main.typ").write_text(_PAGE, encoding="utf-8")
        made = typst.compile(room / "main.typ", root=room, ignore_system_fonts=True, format="png", ppi=_INCH)
    return made
