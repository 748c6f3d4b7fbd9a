"""The moments at which the bot is killed on Discord.

Where a moment comes only after bad luck, or in a meeting, its `needs` says so: "announced", "button" and "meeting".
"""

from tests.soak.steps import BEGINNING, WORKING, Step

_DISCORD = "bot.adapters.discord"
_REPLY = "discord:InteractionResponse"
_TURN = f"{_DISCORD}.identifying:Identifying.wait"


def _thinking(*_: object, thinking: bool = False, **__: object) -> bool:
    return thinking


STEPS = (
    *BEGINNING,
    Step(name="start: before it identifies", where=_TURN, needs="start"),
    Step(name="start: after it may identify", where=_TURN, after=True, needs="start"),
    Step(
        name="start: after commands were told", where=f"{_DISCORD}.client:Client.setup_hook", after=True, needs="start"
    ),
    Step(name="hear: before a command is taken up", where=f"{_DISCORD}.interactions:Interactions.used"),
    Step(
        name="hear: before a button is taken up", where=f"{_DISCORD}.interactions:Interactions.pressed", needs="button"
    ),
    Step(name="decide: before an answer is decided", where="bot.switchboard.board:Switchboard.ask"),
    Step(name="decide: after an answer was decided", where="bot.switchboard.board:Switchboard.ask", after=True),
    Step(name="answer: before it is given", where=f"{_REPLY}.send_message"),
    Step(name="answer: after it was given", where=f"{_REPLY}.send_message", after=True),
    Step(name="announce: before it is said", where=f"{_REPLY}.defer", only=_thinking, needs="announced"),
    Step(name="announce: after it was said", where=f"{_REPLY}.defer", after=True, only=_thinking, needs="announced"),
    Step(name="late answer: before it is put", where=f"{_DISCORD}.pending:Late.answer", needs="announced"),
    Step(name="late answer: after it was put", where=f"{_DISCORD}.pending:Late.answer", after=True, needs="announced"),
    Step(name="message: before it is sent", where=f"{_DISCORD}.speaking:Speaking._send", needs="ping"),
    Step(name="message: after it was sent", where=f"{_DISCORD}.speaking:Speaking._send", after=True, needs="ping"),
    Step(name="room: before it is made", where=f"{_DISCORD}.rooms:Rooms._made", needs="meeting"),
    Step(name="room: after it was made", where=f"{_DISCORD}.rooms:Rooms._made", after=True, needs="meeting"),
    Step(name="room: after they were let in", where=f"{_DISCORD}.rooms:Rooms.open", after=True, needs="meeting"),
    Step(name="room: before it is taken away", where=f"{_DISCORD}.rooms:Rooms.leave", needs="meeting"),
    Step(name="room: after it was taken away", where=f"{_DISCORD}.rooms:Rooms.leave", after=True, needs="meeting"),
    *WORKING,
)
