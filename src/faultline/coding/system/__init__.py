"""Reads what an analysis asserts about the system of a conflict: assessments, and what acts on what."""
