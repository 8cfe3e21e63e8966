"""Who holds what, with probability, decay and the reports on both sides. Public: CONTROL, follow, now, history and what
they return."""

from faultline.measure.control.find import CONTROL
from faultline.measure.control.followed import Followed, Held, History, Spell, follow, history, now

__all__ = ["CONTROL", "Followed", "Held", "History", "Spell", "follow", "history", "now"]
