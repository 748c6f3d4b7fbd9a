"""What the operator is told, without a server."""
