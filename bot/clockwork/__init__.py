"""Time at work: the real clock, the alarm, what falls due, and the pump that empties the outbox."""
