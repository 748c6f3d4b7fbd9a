"""How a group sets its own ways, and what becomes of groups."""
