"""Features, told without a platform."""
