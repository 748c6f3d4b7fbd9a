"""The tables' history: one step after another, never changed once it is released."""
