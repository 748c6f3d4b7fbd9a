"""Sits: an ask while it is open, who was asked and who offered, and who is open to be asked. All of it ends."""
