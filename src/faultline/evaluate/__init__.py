"""Parts of the desk against work done by hand: turns a folder of hand-coded reports and a case into figures beside
their goals. Invariant: what was held out is scored apart, and every figure carries the number of things it rests on."""
