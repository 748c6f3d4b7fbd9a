"""Cards, and finding the right ones for what a person types."""
