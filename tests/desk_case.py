"""A small case on disk for tests of the whole way: built from the template that `faultline new` writes."""

from pathlib import Path

from faultline.case import new_case

AMBUSH = (
    "Gunmen ambushed an army convoy near Tarn Ford on 12 May 2020, killing four soldiers, the Reach army said. "
    "The River Front claimed that its fighters had killed 20 soldiers."
)
MARKET = "The River Front captured Tarn Ford on 20 June 2020, residents said."


def make_case(folder: Path) -> Path:
    """A valid case with the template's example and three reports: English, French, and a language without a pack."""
    new_case(folder, "Varda")
    write_report(folder, "ambush", AMBUSH, published="2020-05-13")
    write_report(folder, "prise", "Le Front du fleuve a attaqué un convoi le 3 mai 2020.", "2020-05-04", "fr")
    write_report(folder, "rio", "Nada nuevo en el río.", "2020-05-05", "es")
    return folder


def write_report(folder: Path, name: str, text: str, published: str = "", language: str = "en") -> Path:
    """Writes reports/NAME.md; without `published` its day of publication is unknown."""
    day = f'published: "{published}"\n' if published else ""
    path = folder / "reports" / f"{name}.md"
    front = f'---\nsource: northern-wire\ntitle: "{name}"\n{day}language: {language}\n---\n'
    path.write_text(front + text + "\n", encoding="utf-8")
    return path
