"""Two people of the soak on Discord who meet again and again: one ask, one offer, one room and one card each time."""

import asyncio
from random import Random

from tests.soak.book import Ask, Book
from tests.soak.member import Member
from tests.soak.sentences import Sentences

_PATIENCE_SECONDS = 100
_PAUSE_SECONDS = 15


class Pair:
    """`whole` counts the meetings that began and ended; `given_up` names what never came of the others."""

    def __init__(self, ann: Member, bea: Member, book: Book, sentences: Sentences, random: Random) -> None:
        self.ann, self.bea = ann, bea
        self._book = book
        self._sentences = sentences
        self._random = random
        self._hurry = asyncio.Event()
        self._is_over = False
        self._number = 0
        self.whole = 0
        self.given_up: list[str] = []

    def hurry(self) -> None:
        """Meet soon."""
        self._hurry.set()

    def stop(self) -> None:
        """Meet no more, once this meeting is over."""
        self._is_over = True
        self._hurry.set()

    async def meet_again_and_again(self) -> None:
        """Meet, until it is enough."""
        while not self._is_over:
            self._hurry.clear()
            try:
                await self._meet()
                self.whole += 1
            except TimeoutError as error:
                self.given_up.append(str(error))
                return
            await self.ann.until(self._hurry.is_set, _PAUSE_SECONDS)

    async def _meet(self) -> None:
        self._number += 1
        await self._does(self.bea, self._ask("open", "sit-open-now", slash="sit open"))
        await self._does(self.ann, self._ask("preview", "sit-preview", slash="sit ask"))
        invitation = self._awaits(self.bea, "invitation", "sit-seen-now")
        await self._does(self.ann, self._ask("send", "sit-asked", "sit-already", under="preview Send it"))
        await self._hears(self.bea, invitation)
        offer = self._awaits(self.ann, "offer", "sit-offered")
        await self._does(self.bea, self._ask("can", "sit-can-thanks", "sit-can-already", under="invitation I can"))
        await self._hears(self.ann, offer)
        cards = [(each, self._awaits(each, "card", "sit-card")) for each in (self.ann, self.bea)]
        self._awaits(self.bea, "picked", "sit-picked-you-now")
        await self._does(
            self.ann, self._ask("pick", "sit-you-picked-now", "sit-over", "sit-no-such-offer", under="offer Meet")
        )
        for each, card in cards:
            await self._hears(each, card)
        # The clock may have jumped past the end of it by then.
        over = self._awaits(self.ann, "over", "sit-one-stepped-away", "sit-done")
        await self._does(self.bea, self._ask("end", "sit-stepped-away", "sit-over", under="card Step away", over=True))
        await self._hears(self.ann, over)

    def _ask(self, key: str, answer: str, *again: str, slash: str = "", under: str = "", over: bool = False) -> Ask:
        first, _, label = under.partition(" ")
        return Ask(
            text="",
            key=f"{key} {self._number}",
            answer=self._sentences.either(answer, *again) if over else self._sentences.line(answer),
            slash=slash,
            under=(f"{first} {self._number}", label) if under else None,
            again=self._sentences.either(*again) if again else None,
        )

    def _awaits(self, member: Member, key: str, *sentences: str) -> str:
        key = f"{key} {self._number}"
        self._book.await_(member.user_id, key, self._sentences.either(*sentences)).wanted = True
        return key

    async def _does(self, member: Member, ask: Ask) -> None:
        """Let somebody ask it, and again as long as Discord shows it as failed. Raises `TimeoutError`."""
        member.todo.append(ask)
        while member.todo:
            await member.type(member.todo.popleft(), self._random)
            if not await member.until(lambda: self._book.is_free(member.user_id, ask.key), _PATIENCE_SECONDS):
                raise TimeoutError(ask.key)

    async def _hears(self, member: Member, key: str) -> None:
        awaited = self._book.awaited[member.user_id][key]
        if not await member.until(lambda: bool(awaited.came), _PATIENCE_SECONDS):
            raise TimeoutError(key)
