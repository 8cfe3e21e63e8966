"""The coupled system of a case in print: gathered, in a table, as a figure, as GraphML."""
