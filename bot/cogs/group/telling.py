"""What is said of a group's ways: to whoever asks, to whoever invited the bot, and in the room when they change."""

from collections.abc import Sequence

from bot.domain.commands import Trait, TraitsOf
from bot.domain.firststep import FirstStep
from bot.domain.group import GroupWays, Languages
from bot.domain.ids import GroupId
from bot.domain.people import Nation, Wish
from bot.domain.saying import Choice, Line, Look, Say, choice, line, say
from bot.ports.people import UsualWays

DEVICES = {True: line("group-devices-are-verified", Look.ITEM), False: line("group-devices-are-any", Look.ITEM)}


class Telling:
    """Puts a group's ways into sentences. `usual` gives those of a group that has set none."""

    def __init__(self, *, usual: UsualWays, languages: Languages, traits: TraitsOf) -> None:
        self._usual = usual
        self.languages = languages
        self._traits = traits

    def shown(self, group: GroupId, own: GroupWays) -> Say:
        """Return how the group has things, and what can be changed."""
        told = say("group-intro").then(*self._ways(group, own), line("group-change", Look.QUIET))
        return told.offering(*self._choices(group, own))

    def set_up(self, group: GroupId, own: GroupWays, *, rooms_to_come: bool) -> Say:
        """Return what the one who invited the bot is told. `rooms_to_come` asks them to invite it to rooms as well."""
        more = (line("group-set-up-rooms"),) if rooms_to_come else ()
        told = say("group-set-up").then(*self._ways(group, own), *more, line("group-set-up-how"))
        return told.offering(*self._choices(group, own))

    def _ways(self, group: GroupId, own: GroupWays) -> Sequence[Line]:
        ways = self._usual(group).wishing(Wish(zone=own.zone, nation=own.nation))
        locale, traits = self._language(group, own), self._traits(group.world)
        language = () if locale is None else (line("group-language-now", Look.ITEM, locale=locale),)
        return (
            line("group-zone-now", Look.ITEM, zone=ways.zone),
            line("group-nation-now", Look.ITEM, nation=nation_name(ways.nation)),
            *language,
            *((_channel(own),) if Trait.CHANNELS in traits else ()),
            *((DEVICES[own.verified_only],) if Trait.DEVICES in traits else ()),
            _first_step(own.first_step),
            _stance(own),
        )

    def _choices(self, group: GroupId, own: GroupWays) -> Sequence[Choice]:
        traits = self._traits(group.world)
        language = () if self._language(group, own) is None else (choice("group-set-language", "group language"),)
        return (
            choice("group-set-zone", "group zone"),
            choice("group-set-nation", "group nation"),
            *language,
            *((choice("group-set-channel", "group channel"),) if Trait.CHANNELS in traits else ()),
            *((_devices(own),) if Trait.DEVICES in traits else ()),
            choice("group-set-first-step", "group first"),
            choice("group-set-stance", "group stance"),
        )

    def _language(self, group: GroupId, own: GroupWays) -> str | None:
        return self.languages.shown(group, own.locale)


def nation_name(nation: Nation | None) -> Line:
    """Return what a nation is called; None is one that was not told."""
    return line("nation-unknown") if nation is None else Line(id=f"nation-{nation}")


def first_step_news(step: FirstStep) -> Line:
    """Return that somebody is asked for this from now on, before they may offer company."""
    if step.days is not None:
        return line("first-step-now-days", days=step.days)
    return (
        line("first-step-now-none") if step.welcomes is None else line("first-step-now-welcomes", count=step.welcomes)
    )


def _first_step(step: FirstStep) -> Line:
    if step.days is not None:
        return line("first-step-way-days", Look.ITEM, days=step.days)
    if step.welcomes is not None:
        return line("first-step-way-welcomes", Look.ITEM, count=step.welcomes)
    return line("first-step-way-none", Look.ITEM)


def _stance(own: GroupWays) -> Line:
    if own.stance is None:
        return line("stance-way-usual", Look.ITEM)
    return line("stance-way-own", Look.ITEM, words=own.stance)


def _channel(own: GroupWays) -> Line:
    if own.channel is None:
        return line("group-channel-none", Look.ITEM)
    return line("group-channel-now", Look.ITEM, channel=own.channel)


def _devices(own: GroupWays) -> Choice:
    if own.verified_only:
        return choice("group-set-any", "group devices", devices="any")
    return choice("group-set-verified", "group devices", devices="verified")
