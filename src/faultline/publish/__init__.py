"""Turns a case and a snapshot into pages and reports. Invariant: every number leads to the sentences behind it."""
