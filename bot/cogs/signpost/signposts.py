"""What a person typed is looked up and forgotten: it is not kept, not repeated, and nobody is told."""

from collections.abc import Mapping, Sequence

from bot.cogs.signpost.telling import Reader, opening, summary, title, whole
from bot.domain.commands import Asked, Command, Option
from bot.domain.people import Nation
from bot.domain.reading import OneOf, Text
from bot.domain.saying import Look, Say, choice, line, say
from bot.domain.signpost.asking import CardName
from bot.domain.signpost.cards import Pack
from bot.domain.signpost.finding import Found, find, near
from bot.domain.signpost.nations import named
from bot.domain.signpost.now import lines_now
from bot.domain.suggesting import Suggestion
from bot.ports.feature import Answer, Step, Suggest
from bot.ports.keeping import People

NATIONS = {
    "england": Nation.ENGLAND,
    "scotland": Nation.SCOTLAND,
    "wales": Nation.WALES,
    "northern ireland": Nation.NI,
}

FIND = Command(name="find", options=(Option(name="need", kind=Text(longest=200), required=True, looked_up=True),))
NOW = Command(
    name="now",
    options=(Option(name="nation", kind=OneOf(choices=tuple(NATIONS), also=(("ni", "northern ireland"),))),),
)


class Signposts:
    """Answers `find`, `card` and `now` from one pack of cards."""

    def __init__(self, *, pack: Pack, people: People) -> None:
        self._pack = pack
        self._people = people
        self._now = {nation: lines_now(pack, nation) for nation in (None, *Nation)}
        ids = tuple(card.id for card in pack.cards)
        self._card = Command(
            name="card", options=(Option(name="id", kind=CardName(choices=ids), required=True, looked_up=True),)
        )

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The commands and the method that answers each."""
        return {FIND: self.find, NOW: self.now, self._card: self.card}

    @property
    def steps(self) -> Mapping[str, Step]:
        """Nothing here falls due."""
        return {}

    @property
    def suggestions(self) -> Mapping[tuple[str, str], Suggest]:
        """Cards, by their names and by their ids."""
        return {(FIND.name, "need"): self.suggest_names, (self._card.name, "id"): self.suggest_ids}

    async def find(self, asked: Asked) -> Say:
        """Answer with the card that fits best, and up to two more to open."""
        reader = await self._reader(asked)
        found = find(asked.need("need", str), reader.nation, self._pack)
        answer = _shown(found, reader) if found.hits else _nothing(found, reader)
        return answer.then(line("find-now", Look.QUIET)).offering(choice("now-title", "now"))

    async def card(self, asked: Asked) -> Say:
        """Open one card; where it is not for the person's nation, say so and offer the one that is."""
        reader = await self._reader(asked)
        card = self._pack.card(asked.need("id", str))
        if card is None:
            return say("card-unknown")
        others = self._pack.variants(card)[1:]
        if reader.nation:
            own = self._pack.card_for(card, reader.nation)
            others = (own,) if own and own is not card else ()
        answer = Say(lines=whole(card, reader))
        return answer.then(*(summary(other, reader) for other in others)).offering(*map(opening, others))

    async def now(self, asked: Asked) -> Say:
        """Show the lines that answer day and night, at once."""
        told = asked.get("nation", str)
        nation = NATIONS[told] if told else (await self._reader(asked)).nation
        answer = say("now-title").then(*self._now[nation])
        if nation is None:
            answer = answer.then(line("now-one-nation", Look.QUIET))
        return answer.then(line("now-nobody-told"))

    async def suggest_names(self, asked: Asked, text: str) -> Sequence[Suggestion]:
        """Suggest cards to find: each is found first by its own name."""
        reader = await self._reader(asked)
        cards = near(text, reader.nation, self._pack)
        return [Suggestion(value=card.name, label=title(card, reader)) for card in cards]

    async def suggest_ids(self, asked: Asked, text: str) -> Sequence[Suggestion]:
        """Suggest cards to open."""
        reader = await self._reader(asked)
        cards = near(text, reader.nation, self._pack)
        return [Suggestion(value=card.id, label=title(card, reader)) for card in cards]

    async def _reader(self, asked: Asked) -> Reader:
        ways = await self._people.ways(asked.group, asked.person)
        return Reader(nation=ways.nation, today=asked.at.to_tz(ways.zone).date())


def _shown(found: Found, reader: Reader) -> Say:
    cards = [card for hit in found.hits for card in hit.cards]
    answer = Say(lines=whole(cards[0], reader))
    if not cards[1:]:
        return answer
    others = (summary(card, reader) for card in cards[1:])
    return answer.then(line("find-also"), *others).offering(*map(opening, cards[1:]))


def _nothing(found: Found, reader: Reader) -> Say:
    if found.elsewhere and reader.nation:
        return say("find-elsewhere", nation=named((reader.nation,)))
    return say("find-nothing")
