"""What may come after a sit, as commands."""

from bot.domain.codes import Code
from bot.domain.commands import Command, Option
from bot.domain.reading import OFF, ON, Moment, OneOf, Someone

YES, KINDLY, SILENTLY = "yes", "end kindly", "end silently"

_WHOM = Option(name="whom", kind=Someone(unclear="sit-look-whom-unclear"))
_ON = OneOf(choices=(ON, OFF), also=(("yes", ON), ("no", OFF), ("take it back", OFF), ("take back", OFF)))
_ANSWER = OneOf(
    choices=(YES, KINDLY, SILENTLY),
    also=(
        *(("end it kindly", KINDLY), ("kindly", KINDLY)),
        *(("end it silently", SILENTLY), ("silently", SILENTLY), ("end it without a word", SILENTLY)),
    ),
)

# Words of eight letters read as codes too, so the code comes last.
AGAIN = Command(
    name="sit again",
    options=(_WHOM, Option(name="answer", kind=_ON), Option(name="pair", kind=Code(gone="sit-again-gone"))),
)
LOOK = Command(
    name="sit look",
    options=(
        _WHOM,
        Option(name="at", kind=Moment()),
        Option(name="answer", kind=_ANSWER),
        Option(name="pair", kind=Code(gone="sit-look-gone")),
    ),
)
ANOTHER = Command(
    name="sit another",
    options=(
        Option(name="at", kind=Moment(), required=True),
        Option(name="pair", kind=Code(gone="sit-look-gone"), required=True),
    ),
    listed=False,
)
