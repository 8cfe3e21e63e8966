"""What is in force where: notices of restrictions and the intervals that they make. Public: Ledger, Interval, Notice,
ledger."""

from faultline.measure.force.ledger import Interval, Ledger, Standing, ledger
from faultline.measure.force.notices import Notice, Step

__all__ = ["Interval", "Ledger", "Notice", "Standing", "Step", "ledger"]
