"""Works out which claims speak of the same happening, and how many independent mouths say so. Invariant: nothing is
overwritten: what is decided is a view over claims and decisions."""
