"""The parts that pages are laid out of: each shows or asks one thing and decides nothing."""
