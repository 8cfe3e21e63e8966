"""Recipes that build what ships as package data. Run from the repository, never at run time."""
