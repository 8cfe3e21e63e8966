"""Colours are read from the style sheets themselves and held to WCAG 2.2 AA: 4.5 for text, 3 for marks."""

import re
from pathlib import Path

import pytest

from faultline.publish.kinds import kind_styles

WEB = "src/faultline/publish/web/assets/faultline.css"
REPORT = "src/faultline/publish/report/report.css"
Colour = tuple[float, float, float]
Colours = dict[str, Colour]
GROUNDS = [
    ("ink", "paper"),
    ("soft", "paper"),
    ("link", "paper"),
    ("ink", "panel"),
    ("soft", "panel"),
    ("link", "panel"),
]


def schemes(root: Path, sheet: str) -> list[Colours]:
    """The named colours of the light and of the dark scheme."""
    css = (root / sheet).read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)", 1)
    return [named(light), named(light) | named(dark.split("@media print")[0])]


def named(css: str) -> Colours:
    found = re.findall(r"--([a-z-]+):\s*#([0-9a-f]{3,6})\b", css)
    return {name: rgb(code if len(code) == 6 else "".join(2 * c for c in code)) for name, code in found}


def rgb(code: str) -> tuple[float, float, float]:
    r, g, b = (int(code[n : n + 2], 16) / 255 for n in (0, 2, 4))
    return r, g, b


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    r, g, b = (share * a + (1 - share) * c for a, c in zip(one, other, strict=True))
    return r, g, b


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    def luminance(colour: tuple[float, float, float]) -> float:
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize(("text", "ground"), [*GROUNDS, ("note", "note-paper")])
def test_text_can_be_read_on_its_ground(root: Path, scheme: int, text: str, ground: str) -> None:
    colours = schemes(root, WEB)[scheme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize("kind", list(kind_styles()))
def test_marks_stand_out_and_text_stays_readable_under_a_highlight(root: Path, scheme: int, kind: str) -> None:
    colours = schemes(root, WEB)[scheme]
    assert contrast(colours[kind], colours["paper"]) >= 4.5  # the numbers of claims in a text have this colour
    assert contrast(colours[kind], colours["panel"]) >= 3
    darkest = mixed(colours[kind], colours["paper"], 0.44)  # twice the wash of the dark scheme
    assert contrast(colours["ink"], darkest) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1])
def test_focus_and_edges_can_be_seen(root: Path, scheme: int) -> None:
    colours = schemes(root, WEB)[scheme]
    assert contrast(colours["focus"], colours["paper"]) >= 3
    assert contrast(colours["edge"], colours["paper"]) >= 3


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize("text", ["ink", "soft", "link"])
def test_report_can_be_read(root: Path, scheme: int, text: str) -> None:
    colours = schemes(root, REPORT)[scheme]
    assert contrast(colours[text], colours["paper"]) >= 4.5
