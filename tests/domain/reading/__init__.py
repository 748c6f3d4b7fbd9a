"""How typed words become values."""
