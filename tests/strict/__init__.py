"""A person with a strict app: it trusts only devices that their owner signed (MSC4153)."""
