"""The proof that nothing is lost and nothing is doubled: the real bot, killed again and again."""
