"""A person's own data: seen, taken along, let go."""
