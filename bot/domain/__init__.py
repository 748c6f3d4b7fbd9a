"""Values and rules. Nothing here reads a clock, a file or a network; time is an argument."""
