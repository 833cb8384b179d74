"""How good proposals from few grades are, beside what one would take instead."""
