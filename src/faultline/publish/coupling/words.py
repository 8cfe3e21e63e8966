"""The words of an arrow: its sign, its size, who says it."""

from collections.abc import Iterable

from faultline.record.links import Link, Said

SIGNS = {1: "+", -1: "−", 0: "?"}
EFFECTS = {1: "brings more", -1: "brings less", 0: "changes it (sign not stated)"}


def size_words(link: Link) -> str:
    """The size of a measured link with interval, lag and held-out gain."""
    size = link.size
    if size is None:
        return ""
    said = f"{size.size:.2f} [{size.low:.2f} to {size.high:.2f}] {size.unit}"
    said += f", mean lag {size.lag:.1f} days" if size.lag is not None else ", no lag"
    if size.gain is None:
        return f"{said}, held-out gain not defined"
    return f"{said}, held-out gain {size.gain:.4f} [{size.gain_low:.4f} to {size.gain_high:.4f}] log units a day"


def said_words(said: Iterable[Said], sentences: bool = True) -> str:
    """Who says it, in which document, and the sentence where it may stand there."""
    return "\n".join(
        f"{one.who}, {one.title} ({one.published})" + (f": “{one.words}”" if sentences else "") for one in said
    )
