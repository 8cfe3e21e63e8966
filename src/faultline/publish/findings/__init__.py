"""Shows what measures found: as tables on a terminal, as figures."""
