"""Finding a card, opening one, and lines for now."""
