"""Draws a system map: layout, lines, SVG, a page with its sentences, and files for other programs."""
