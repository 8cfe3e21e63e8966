"""Shows scores and forecasts on a terminal and on a page. Invariant: a forecast stands beside its baseline and how
earlier ones fared, and losses beside wins."""
