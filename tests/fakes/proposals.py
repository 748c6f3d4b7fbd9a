"""Changes of rotas that wait, in a dict."""

from dataclasses import dataclass, field

from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.proposing import Proposal
from bot.ports.rota_changes import ProposalShelf
from tests.fakes.rota import FakeRotaShelf


@dataclass
class FakeProposalShelf(ProposalShelf):
    """Every group's, by code."""

    shelf: FakeRotaShelf
    waiting: dict[str, Proposal] = field(default_factory=dict)

    async def propose(self, group: GroupId, proposal: Proposal) -> None:
        await self.let_go(group, proposal.rota, proposal.person)
        self.waiting[proposal.code] = proposal

    async def proposal(self, group: GroupId, code: str) -> Proposal | None:
        found = self.waiting.get(code)
        return found if found and await self.shelf.hold(group, found.rota) else None

    async def let_go(self, group: GroupId, rota: str, person: PersonId) -> None:
        if await self.shelf.hold(group, rota):
            left = {code: each for code, each in self.waiting.items() if (each.rota, each.person) != (rota, person)}
            self.waiting = left
