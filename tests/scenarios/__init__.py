"""What people do with Alongside, told once and played on every world."""
