"""A life of two groups, rich enough that every command is used, with every option of it.

It ends with all of it still open: an ask that two can sit for, one that somebody was picked for, a room for two, rotas
with people on them.
"""

from dataclasses import replace

from whenever import TimeDelta

from tests.apart.town import IDS, SOUTH, Deed, Town

ASH, BEA, CAI, DOV, ELA, FIN, GUS, KIT = (
    *("Ashgrove", "Beamish", "Caivano", "Dovedale", "Elstree", "Finchley", "Gus", "Kitson"),
)
TEA = {
    "name": "Hearthside tea",
    "when": "daily 20:00",
    "length": "2 hours",
    "people": "2",
    "zone": "Europe/Dublin",
    "where": "kitchen",
    "words": "The kettle is on.",
    "closed": "25 december",
    "holidays": "wales",
    "opens": "6 weeks",
}
# As a calendar writes it, with a name that is never taken over.
TABLE = "date,start,end,who\n2031-03-04,19:00,21:00,Ingleside\nsoon,19:00,21:00,Ingleside\n"
WALK = {"name": "Hearthside walk", "when": "saturday 10:00"}
CAIS_REACTION = "fake:reaction-of-cai"
# What anybody could type, and would put an end to the life: it is only ever used by somebody else.
BY_HAND = tuple(
    Deed(who=ASH, command=command, options=options)
    for command, options in (
        ("rota end", {"rota": "3"}),
        ("rota end", {"rota": TEA["name"]}),
        ("rota leave", {"rota": "3", "every": "every week"}),
        ("rota change", {"rota": "4", "opens": "5 weeks"}),
        ("rota join", {"rota": "hearthside walk", "date": "saturday"}),
        ("group zone", {"zone": "America/St_Johns"}),
        ("group nation", {"nation": "scotland"}),
        ("group devices", {"devices": "any"}),
        ("group first", {"step": "14 days"}),
        ("group stance", {"words": "none"}),
        ("group channel", {"channel": "parlour"}),
        ("group channel", {"channel": "fake:north-parlour"}),
        ("sit pick", {"offer": "2"}),
        ("sit pick", {}),
        ("sit can", {}),
        ("sit withdraw", {}),
        ("sit together end", {}),
        ("rota together", {"rota": "3", "answer": "off"}),
    )
)


async def lived(town: Town) -> None:
    """Let the two groups live."""
    await _south(town)
    await _group(town)
    await _rotas(town)
    await town.goes_by(TimeDelta(hours=4))
    await _own_ways(town)
    await _hellos(town)
    await _looking_up(town)
    await _sits(town)
    await _together(town)


async def ended(town: Town) -> None:
    """Let everything of the north that was open end, and a rota begin that is none of those before."""
    for who in (ASH, DOV):
        await _do(town, who, "sit withdraw")
    card = next(deed for deed in reversed([*town.given()]) if deed.command == "sit leave")
    await town.does(card)
    await _do(town, BEA, "hello stop")
    await _do(town, ASH, "sit together end")
    for who in (ASH, KIT):
        await _do(town, who, "sit welcome", whom=FIN, answer="off")
    await _do(town, KIT, "me apart", whom=IDS[CAI].mark, answer="off")
    for number in ("3", "4", "5", "6"):
        await _do(town, ASH, "rota end", rota=number)
    await _do(town, ASH, "rota new", name="Later", when=WALK["when"])
    await town.goes_by(TimeDelta(hours=24 * 40))


async def _do(town: Town, who: str, command: str, /, **options: str) -> None:
    await town.does(Deed(who=who, command=command, options=options))


async def _south(town: Town) -> None:
    """Live in the south: a rota of the number that the north gave away, an ask that is put to Hal."""
    deeds = (
        Deed(who="Hal", command="rota new", options={"name": "Southern lunch", "when": "daily 12:30"}),
        Deed(who="Ivy", command="rota join", options={"every": "every week"}),
        Deed(who="Hal", command="sit open", options={}),
        Deed(who="Ivy", command="sit ask", options={"wanted": "talk", "wait": "24 hours"}),
    )
    for deed in deeds:
        await town.does(deed, SOUTH)


async def _group(town: Town) -> None:
    await _do(town, GUS, "group")
    await _do(town, ASH, "group zone", zone="Europe/Dublin")
    await _do(town, ASH, "group nation", nation="wales")
    await _do(town, ASH, "group channel", channel="kitchen")
    await _do(town, ASH, "group devices", devices="verified")
    await _do(town, ASH, "group stance", words="Ring Hearthside first.")
    await _welcomes(town)


async def _welcomes(town: Town) -> None:
    """Let somebody be welcomed while that is asked for, and more than once."""
    await _do(town, ASH, "group first", step="2 welcomes")
    for answer in ("on", "off", "on"):
        await _do(town, ASH, "sit welcome", whom=FIN, answer=answer)
    await _do(town, KIT, "sit welcome", whom=FIN)
    await _do(town, KIT, "sit welcome")
    await _do(town, ASH, "group first", step="none")


async def _rotas(town: Town) -> None:
    for number, name in (("1", "First"), ("2", "Second")):
        await _do(town, KIT, "rota new", name=name, when="daily 9:00")
        await _do(town, KIT, "rota end", rota=number)
    await _do(town, ASH, "rota new", **TEA)
    await _do(town, ASH, "rota new", **WALK)
    await _do(town, KIT, "rota new", name="Hearthside gap", when="monday 14:30")
    await _do(town, BEA, "rota join", rota="3", date="tomorrow", every="once")
    await _do(town, CAI, "rota join", rota=TEA["name"], every="every week")
    await _do(town, CAI, "rota leave", rota="3", date="tomorrow", every="once")
    for who in (ASH, BEA):
        await _do(town, who, "rota show")
        await _do(town, who, "rota show", rota="3")
        await _do(town, who, "rota picture", rota="3")
    for who in (BEA, CAI):
        await _do(town, who, "rota mine")
        await _do(town, who, "rota join", rota="4")
        await _do(town, who, "rota leave", rota="3")
    await _handing_over(town)
    for which in ({}, {"rota": "3"}):
        await _do(town, CAI, "rota away", days="1 june to 3 june", **which)
        await _do(town, CAI, "rota back", **which)
    await _do(town, GUS, "rota hello", rota="3", date="today")
    await _waiting(town)
    await _changing(town)
    await _bringing(town)
    await _do(town, BEA, "rota remind", leads="1 day and 2 hours")
    await _calendars(town)


async def _calendars(town: Town) -> None:
    """Let two have an address that their calendars fetch from, and one of them end it again."""
    await _do(town, BEA, "rota calendar")
    for who in (BEA, CAI):
        await _do(town, who, "rota calendar", feed="new")
    await _do(town, BEA, "rota calendar")
    await _do(town, CAI, "rota calendar", feed="off")
    await _do(town, BEA, "rota export")


async def _bringing(town: Town) -> None:
    """Let a rota be brought in from a file and kept; another waits for a word."""
    evenings = {"file": TABLE.replace("2031", str(town.clock.now().to_stdlib().year + 1)), "people": "2"}
    await _do(town, DOV, "rota import", name="Hearthside evenings", zone="Europe/Dublin", where="kitchen", **evenings)
    await town.does(_newest(town, "rota agree"))
    await _do(town, DOV, "rota import", name="Hearthside nights", **evenings)


async def _changing(town: Town) -> None:
    """Let a rota be changed in all that can be, once at once and once with their word. One change waits for it."""
    same = {name: TEA[name] for name in ("length", "people", "zone", "where", "words", "holidays")}
    await _do(town, ASH, "rota change", rota="3", name=TEA["name"], when=TEA["when"], opens="7 weeks", **same)
    await _do(town, ASH, "rota change", rota="3", length="90 minutes")
    await town.does(_newest(town, "rota agree"))
    await _do(town, ASH, "rota change", rota="3", length="2 hours")
    await town.does(_newest(town, "rota agree"))
    await _do(town, ASH, "rota change", rota="3", length="3 hours", closed="26 december")


async def _handing_over(town: Town) -> None:
    """Let shifts be offered, taken in part and kept after all, and a swap be asked. One of each stays open."""
    today = town.clock.now().to_tz("Europe/Dublin").date()
    days = [today.add(days=ahead).format_iso() for ahead in range(7)]
    bea, cai = IDS[BEA].mark, IDS[CAI].mark
    await _do(town, BEA, "rota offer", rota="3")
    await _do(town, BEA, "rota offer", rota="3", date=days[1])
    await _do(town, CAI, "rota offer", rota="3", date=days[2], until=days[2], part="second half", to=bea)
    await town.does(_newest(town, "rota take", part="until 21:30"))
    await _do(town, CAI, "rota offer", rota="3", date=days[3], to=bea)
    await town.does(_newest(town, "rota take", date=days[3]))
    await _do(town, CAI, "rota offer", rota="3", date=days[4], to=bea)
    await town.does(_newest(town, "rota keep"))
    await _do(town, CAI, "rota swap", rota="3")
    await _do(town, CAI, "rota swap", rota="3", date=days[4])
    await _do(town, CAI, "rota swap", rota="3", date=days[4], theirs=days[1], person=bea)
    await _do(town, BEA, "rota offer", rota="3", date=days[1], to=cai)
    await _do(town, BEA, "rota join", rota="3", date=days[5], part="from 21:00")
    await _do(town, BEA, "rota leave", rota="3", date=days[5], part="from 21:30")


async def _waiting(town: Town) -> None:
    """Let somebody be asked first for a full shift, change their mind, and change it again."""
    today = town.clock.now().to_tz("Europe/Dublin").date()
    saturday = today.add(days=20 - today.day_of_week().value).format_iso()
    await _do(town, CAI, "rota join", rota="4", date=saturday)
    await _do(town, BEA, "rota join", rota="4", date=saturday)
    await _do(town, BEA, "rota reserve", rota="4")
    await _do(town, BEA, "rota reserve", rota="4", date=saturday)
    await _do(town, BEA, "rota reserve", rota="4", date=saturday, answer="off")
    await _do(town, BEA, "rota reserve", rota="4", date=saturday, answer="on")


def _newest(town: Town, command: str, **options: str) -> Deed:
    """Return the last that somebody was given of a command, with more said."""
    deed = [each for each in town.given() if each.command == command][-1]
    return replace(deed, options={**deed.options, **options})


async def _own_ways(town: Town) -> None:
    await _do(town, BEA, "me zone", zone="Asia/Kolkata")
    await _do(town, BEA, "me nation", nation="scotland")
    await _do(town, BEA, "me reach", how="mention")
    await _do(town, KIT, "me nation", nation="ni")
    await _do(town, KIT, "me forget")
    await _do(town, BEA, "me limit", shifts="3 shifts a week")
    await _do(town, BEA, "me rest", length="12 hours")
    await _do(town, BEA, "me ask", answer="yes")
    await _do(town, GUS, "rota suggest", weeks="4 weeks", rota="4")
    await _do(town, KIT, "me quiet", hours="22:00-08:00")
    await _do(town, KIT, "me pause", until="2 weeks")
    await _do(town, GUS, "me pause")
    await _do(town, GUS, "me resume")
    await _do(town, KIT, "me apart", whom=IDS[CAI].mark)
    await _do(town, KIT, "me apart", whom=IDS[CAI].mark, answer="off")
    await _do(town, KIT, "me apart", whom=IDS[CAI].mark, answer="on")
    await _do(town, KIT, "me apart")
    await _do(town, BEA, "me")
    for command in ("mydata", "mydata show", "mydata export", "mydata forget"):
        await _do(town, BEA, command)


async def _hellos(town: Town) -> None:
    """Let hellos begin and end, and others go on with a buddy who agreed, went, and agreed again."""
    await _do(town, KIT, "hello start", when="daily 9:00")
    for command in ("hello", "hello here", "hello pause", "hello resume", "hello renew", "hello stop"):
        await _do(town, KIT, command)
    wishes = {"weeks": "6 weeks", "who": "buddy", "unanswered": "tell my buddy", "wait": "1 hour"}
    await _do(town, BEA, "hello start", when="monday 10:00", **wishes)
    await _do(town, BEA, "hello buddy")
    await _do(town, BEA, "hello buddy", whom=IDS[CAI].mark)
    await town.does(_newest(town, "hello agree"))
    await town.does(_newest(town, "hello unbuddy"))
    await _do(town, BEA, "hello buddy", whom=IDS[CAI].mark)
    await town.does(_newest(town, "hello agree"))


async def _looking_up(town: Town) -> None:
    await _do(town, BEA, "find", need="debt")
    await _do(town, BEA, "now", nation="scotland")
    [card] = [command for command in town.commands if command.name == "card"]
    await _do(town, BEA, "card", id=card.options[0].kind.choices[0])
    await _do(town, BEA, "help", topic="rota")
    await _do(town, BEA, "about", where="room")


async def _sits(town: Town) -> None:
    await _afterwards(town)
    await _room_for_two(town)
    await town.does(next(deed for deed in town.given() if deed.command == "sit leave"))
    await _asking_on(town)
    await _of_several(town)
    await _room_for_two(town)
    await _do(town, FIN, "sit pause")
    await _do(town, FIN, "sit limit", sits="2")
    await _do(town, FIN, "sit rather", what="voice, swearing")
    for who in (BEA, CAI):
        await _do(town, who, "sit open", when="24 hours")
    await _do(town, KIT, "sit ask")
    await _do(town, KIT, "sit withdraw", ask=_code(town, KIT))
    wishes = {"wanted": "quiet", "length": "1 hour", "wait": "4 hours", "where": "direct"}
    await _do(town, DOV, "sit", **wishes, at="in 5 hours")
    await _do(town, DOV, "sit ask", **wishes, at="in 5 hours")
    await _do(town, BEA, "sit can", ask=_code(town, BEA))
    await _do(town, DOV, "sit pick", offer="1")
    await _do(town, ASH, "sit ask", wanted="talk", wait="24 hours")
    await _do(town, BEA, "sit can", ask=_code(town, BEA))
    invitation = town.world.natives[IDS[CAI]][-1]
    await town.reacts(CAI, "1", invitation, CAIS_REACTION)


async def _asking_on(town: Town) -> None:
    """Let an ask that nobody answered be gone on with in every way."""
    wishes = {"wanted": "quiet", "length": "1 hour", "wait": "20 minutes", "at": "in 5 hours", "where": "room"}
    wishes |= {"people": "2", "ticks": "no advice", "who": "shift then open", "every": "5 minutes", "after": "stays"}
    await _do(town, ELA, "sit", **wishes, note="With tea.")
    await _do(town, ELA, "sit ask", **wishes, note="With tea.", draft="abcdefgh")
    await _do(town, ELA, "sit ask", **wishes, note="With tea.")
    await _do(town, ELA, "sit note", note="With coffee.")
    await _do(town, ELA, "sit wait on", wait="40 minutes")
    await _do(town, ELA, "sit widen")
    await _do(town, ELA, "sit later", at="in 6 hours")
    await _do(town, ELA, "sit withdraw")


async def _of_several(town: Town) -> None:
    """Let a sit begin with one of two who could have come, change, and end."""
    await _do(town, FIN, "sit open")
    await _do(town, ELA, "sit ask", people="2")
    await _do(town, FIN, "sit can", ask=_code(town, FIN))
    await _do(town, ELA, "sit pick", offer="1")
    await _do(town, ELA, "sit begin")
    code = next(deed for deed in reversed([*town.given()]) if deed.command == "sit leave").options["ask"]
    await _do(town, ELA, "sit change", ask=code, wanted="quiet", length="20 minutes", ticks="no advice")
    await _do(town, FIN, "sit agree", ask=code)
    await town.goes_by(TimeDelta(minutes=21))
    await _do(town, FIN, "sit longer", ask=code)
    await _do(town, ELA, "sit leave", ask=code)


async def _together(town: Town) -> None:
    """Let a rota hold open hours, and somebody call one off that they had planned. One is open, with a name."""
    await _do(town, KIT, "rota together", rota="4", answer="off")
    for wishes in ({}, {"answer": "off"}, {"wanted": "side by side", "answer": "on"}):
        await _do(town, KIT, "rota together", rota="3", **wishes)
    wishes = {"wanted": "quiet", "length": "4 hours", "where": "kitchen", "name": "named"}
    await _do(town, KIT, "sit together open", **wishes, at="in 3 days")
    await _do(town, KIT, "sit together end", code=_newest(town, "sit together end").options["code"])
    for command in ("sit together", "sit together open"):
        await _do(town, ASH, command, **wishes, at="now")


async def _afterwards(town: Town) -> None:
    """Let two say that they are open to sitting again and agree on dates; what was asked of others stays open."""
    for options in ({"pair": "q2w3e4r5"}, {"pair": "q2w3e4r5", "answer": "off"}, {"pair": "abcdefgh"}):
        await _do(town, ELA, "sit again", **options)
    await _do(town, FIN, "sit again", whom=ELA)
    await _do(town, ELA, "sit look", whom=FIN, at="in 3 hours")
    await town.does(_given(town, FIN, "sit look", answer="yes"))
    await _do(town, ELA, "sit look")
    await _do(town, DOV, "sit look", whom=FIN, at="in 4 days")
    await town.goes_by(TimeDelta(hours=4))
    another = _given(town, FIN, "sit another")
    await town.does(replace(another, options={**another.options, "at": "in 2 days"}))


def _given(town: Town, who: str, command: str, **options: str) -> Deed:
    """Return the last that somebody was given of a command with these options among them."""
    given = [deed for deed in town.given() if (deed.who, deed.command) == (who, command)]
    return [deed for deed in given if options.items() <= deed.options.items()][-1]


async def _room_for_two(town: Town) -> None:
    """Let two agree to meet at once, and come into the room."""
    await _do(town, FIN, "sit open")
    await _do(town, ELA, "sit ask")
    await _do(town, FIN, "sit can", ask=_code(town, FIN))
    await _do(town, ELA, "sit pick", offer="1")


def _code(town: Town, who: str) -> str:
    """Return the code of the ask that somebody was told of last."""
    told = [said for said in town.world.private[IDS[who]] for choice in said.choices if "ask" in choice.options]
    return next(choice.options["ask"] for choice in told[-1].choices if "ask" in choice.options)
