"""The coupled model of state and events, and the system map."""
