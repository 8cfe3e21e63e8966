"""The nouns (DESIGN §2): frozen dataclasses and enums. No I/O, standard library only."""
