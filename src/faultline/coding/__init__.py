"""Documents in, claims with spans, slots and rules out."""
