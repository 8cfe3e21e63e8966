"""An invented country with known truth: options -> world -> dispatches, tables and the truth beside them. For learning
the tool and for recovery tests; no part of a real case."""
