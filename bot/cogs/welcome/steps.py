"""Who may offer company: those who have taken the first step that their group asks for, or all, if it asks for none.

What comes of it is a yes or a no; nothing is kept of it, and nobody is told how many welcomed somebody.
"""

from collections.abc import Mapping

from whenever import Instant

from bot.cogs.welcome import telling
from bot.domain.firststep import NOT_TOLD, FirstStep, Standing, Stay, is_taken, taken_from
from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Line
from bot.ports.firststep import Stays, WelcomeShelf
from bot.ports.groups import GroupShelf
from bot.ports.keeping import People


class FirstSteps:
    """Implements the port `MayOffer`. `stays` tells since when people are in a group."""

    def __init__(self, *, groups: GroupShelf, welcomes: WelcomeShelf, people: People, stays: Stays) -> None:
        self._groups = groups
        self._welcomes = welcomes
        self._people = people
        self._stays = stays

    async def asked_for(self, group: GroupId) -> tuple[Line, ...]:
        """Return what the group asks for, for everybody to read; nothing where it asks for nothing."""
        step = await self._of(group)
        return (telling.asked_for(step),) if step.is_asked else ()

    async def may_offer(self, group: GroupId, people: frozenset[PersonId], now: Instant) -> frozenset[PersonId]:
        """Return those of the people who may."""
        _, taken = await self._looked(await self._of(group), group, people, now)
        return taken

    async def refuse(self, group: GroupId, person: PersonId, now: Instant) -> None:
        """Raise `Refused`, with what would work, for somebody who may not yet."""
        step = await self._of(group)
        stays, taken = await self._looked(step, group, frozenset({person}), now)
        if person not in taken:
            raise telling.refusal(step, taken_from(step, stays[person]), await self._zone(group, person))

    async def standing(self, group: GroupId, person: PersonId, now: Instant) -> Standing:
        """Return how it is for them, with what would work; nothing is said where the group asks for nothing."""
        step = await self._of(group)
        if not step.is_asked:
            return Standing(may_offer=True)
        stays, taken = await self._looked(step, group, frozenset({person}), now)
        if person in taken:
            return Standing(may_offer=True, lines=(telling.TAKEN,))
        how = telling.what_works(step, taken_from(step, stays[person]), await self._zone(group, person))
        return Standing(may_offer=False, lines=(telling.asked_for(step), how))

    async def _of(self, group: GroupId) -> FirstStep:
        return (await self._groups.own(group)).first_step

    async def _zone(self, group: GroupId, person: PersonId) -> str:
        return (await self._people.ways(group, person)).zone

    async def _looked(
        self, step: FirstStep, group: GroupId, people: frozenset[PersonId], now: Instant
    ) -> tuple[Mapping[PersonId, Stay], frozenset[PersonId]]:
        """Return what the world tells of the people, and those who have taken the step.

        The world is asked only where the step is one of days, and once.
        """
        if not step.is_asked:
            return {}, people
        told = await self._stays(group, people) if step.days is not None else {}
        stays = {person: told.get(person, NOT_TOLD) for person in people}
        welcomes = await self._welcomes.counts(group, people)
        return stays, frozenset(each for each in people if is_taken(step, stays[each], welcomes[each], now))
