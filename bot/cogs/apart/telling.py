"""Never being paired, in sentences. Whom a line names is said to the one who made it, and kept in no message.

Choices know people by their marks, which lead to those on a rota alone once a line is gone: others are named anew.
"""

from collections.abc import Iterator

from bot.domain.ids import PersonId
from bot.domain.reading import OFF
from bot.domain.saying import Choice, Handed, Line, Look, Say, Undo, line, say, undo

MOST_PEOPLE = 10


def shown(named: frozenset[PersonId], on_rotas: frozenset[PersonId]) -> Say:
    """Return the lines that the person made, each to be let go of, and who else could be meant."""
    told = say("apart-intro")
    if named:
        told = told.then(line("apart-yours"), *(line("apart-person", Look.ITEM, person=each) for each in sorted(named)))
    return told.then(line("apart-how", Look.QUIET)).offering(*_choices(named, on_rotas))


def kept(person: PersonId, *, known: bool) -> Say:
    """Return that it is so from now on, and the way back; `known` are those on a rota."""
    told = say("apart-kept", person=person).then(line("apart-unseen"), line("apart-own-will", Look.QUIET))
    return _unnamed(told, _letting_go(line("apart-take-back"), person, known=known))


def let_go(person: PersonId, *, known: bool) -> Say:
    """Return that a line of theirs is gone, and how it is made anew."""
    told = say("apart-gone", person=person)
    if known:
        return _unnamed(told, _keeping(line("apart-again"), person))
    return _unnamed(told.then(line("apart-by-name", Look.QUIET)))


def _unnamed(told: Say, *way_back: Choice) -> Say:
    """Return it so that it names nobody where it has to wait: it is kept meanwhile, and counted among what names them.

    No files come with it.
    """
    return told.offering(*way_back).handing(Handed(files=(), in_text=told.lines, later=(line("apart-later"),)))


def _choices(named: frozenset[PersonId], on_rotas: frozenset[PersonId]) -> Iterator[Choice]:
    for person in sorted(named)[:MOST_PEOPLE]:
        yield _letting_go(line("apart-let-go", person=person), person, known=person in on_rotas)
    for person in sorted(on_rotas - named)[:MOST_PEOPLE]:
        yield _keeping(line("apart-never", person=person), person)


def _keeping(label: Line, person: PersonId) -> Choice:
    return Choice(label=label, command="me apart", options=_on(person).options, undo=_off(person))


def _letting_go(label: Line, person: PersonId, *, known: bool) -> Choice:
    back = _on(person) if known else line("apart-by-name")
    return Choice(label=label, command="me apart", options=_off(person).options, undo=back)


def _on(person: PersonId) -> Undo:
    return undo("me apart", whom=person.mark)


def _off(person: PersonId) -> Undo:
    return undo("me apart", whom=person.mark, answer=OFF)
