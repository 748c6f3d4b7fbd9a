"""What can be asked, each listed command as a form made from its declaration."""

from collections.abc import Callable, Sequence

from markupsafe import Markup as Html

from bot.adapters.local.markup import Markup, joined
from bot.domain.commands import Command, Option
from bot.domain.ids import PersonId
from bot.domain.reading import File
from bot.domain.saying import Line, line

# How a form is sent that has no file, and one that has.
_ENCODING = {False: "application/x-www-form-urlencoded", True: "multipart/form-data"}


class Menu:
    """Renders the forms for one person. `commands` is asked each time, since features may be wired late."""

    def __init__(self, *, commands: Callable[[], Sequence[Command]], markup: Markup) -> None:
        self._commands = commands
        self._markup = markup

    def html(self, person: PersonId) -> Html:
        """Return every listed command."""
        return joined(self._command(command, person) for command in self._commands() if command.listed)

    def _command(self, command: Command, person: PersonId) -> Html:
        return self._markup.pour(
            "command",
            name=Line(id=command.slug),
            typed=command.name,
            help=Line(id=f"{command.slug}.help"),
            person=person.native,
            encoding=_ENCODING[any(isinstance(option.kind, File) for option in command.options)],
            fields=joined(self._field(command, option, person) for option in command.options),
            ask=line("local-ask"),
            ask_as=line("local-send-as", person=person),
        )

    def _field(self, command: Command, option: Option, person: PersonId) -> Html:
        label = f"{command.slug}-{option.name}"
        return self._markup.pour(
            _form_of(option),
            id=f"{person.native}-{label}",
            label=Line(id=label),
            needed=line("local-needed") if option.required else "",
            required="required" if option.required else "",
            option=option.name,
            ask=Line(id=f"{label}.ask"),
            paste=line("local-paste"),
            choices=self._choices(option),
        )

    def _choices(self, option: Option) -> Html:
        none = line("local-choose") if option.required else line("local-leave-out")
        first = self._markup.pour("choose", value="", text=none)
        return joined(
            [first, *(self._markup.pour("choose", value=choice, text=choice) for choice in option.kind.choices)]
        )


def _form_of(option: Option) -> str:
    if isinstance(option.kind, File):
        return "field-file"
    return "field-choice" if option.kind.choices else "field-text"
