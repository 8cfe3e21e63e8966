"""Forecasts of deaths by unit and month, scored in public beside simple rules: outcomes, forecasters, backtest, scores,
scoreboard. Invariant: nothing that happened or was published after the issue can change a forecast."""
