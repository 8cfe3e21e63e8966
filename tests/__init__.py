"""Tests; each file mirrors the path of what it tests."""
