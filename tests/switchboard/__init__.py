"""From what a person asked to the one method that answers it."""
