"""What the core needs of the world outside it, named by need."""
