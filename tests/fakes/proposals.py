"""Changes of rotas that wait, and rotas from files, in a dict each."""

from dataclasses import dataclass, field

from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.drafting import Draft
from bot.domain.rota.proposing import Proposal
from bot.ports.rota_changes import DraftShelf, ProposalShelf
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


@dataclass
class FakeDraftShelf(DraftShelf):
    """Every group's, by the group and the person."""

    waiting: dict[tuple[GroupId, PersonId], Draft] = field(default_factory=dict)

    async def put(self, group: GroupId, draft: Draft) -> None:
        self.waiting[group, draft.person] = draft

    async def draft(self, group: GroupId, code: str) -> Draft | None:
        theirs = (draft for (whose, _), draft in self.waiting.items() if whose == group)
        return next((draft for draft in theirs if draft.code == code), None)

    async def let_go(self, group: GroupId, person: PersonId) -> None:
        self.waiting.pop((group, person), None)
