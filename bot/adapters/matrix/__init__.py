"""Matrix, through matrix-nio: encrypted rooms, commands typed with `!`, answers in direct chats."""

from bot.adapters.matrix.session import Account
from bot.adapters.matrix.world import MatrixWorld

__all__ = ["Account", "MatrixWorld"]
