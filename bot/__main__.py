"""The command line, and the one place that names everything."""
