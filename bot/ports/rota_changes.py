"""What changing a rota needs of the store beside the rota itself. Each method works in the open transaction."""

from typing import Protocol

from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.drafting import Draft
from bot.domain.rota.proposing import Proposal


class ProposalShelf(Protocol):
    """Changes of a group's rotas that wait for the word of whoever wished them."""

    async def propose(self, group: GroupId, proposal: Proposal) -> None:
        """Keep it in place of what the same person proposed for that rota of the group before."""

    async def proposal(self, group: GroupId, code: str) -> Proposal | None:
        """Return the proposal of that code, or None when the group has no such one."""

    async def let_go(self, group: GroupId, rota: str, person: PersonId) -> None:
        """Let go of what the person proposed for a rota of the group, given by its id."""


class DraftShelf(Protocol):
    """Rotas from files that wait for the word of whoever brought them in, one at most of each person in a group."""

    async def put(self, group: GroupId, draft: Draft) -> None:
        """Keep it in place of what the same person brought in before."""

    async def draft(self, group: GroupId, code: str) -> Draft | None:
        """Return the draft of that code, or None when the group has no such one."""

    async def let_go(self, group: GroupId, person: PersonId) -> None:
        """Let go of what the person brought in."""
