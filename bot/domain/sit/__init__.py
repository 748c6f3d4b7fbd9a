"""The sit: its states, who may do what in each, and what is said to whom."""
