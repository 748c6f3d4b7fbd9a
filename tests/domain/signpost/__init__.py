"""Cards and finding them."""
