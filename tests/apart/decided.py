"""What is decided of each command and each option: whose it is to use what somebody else was given, and what is an id.

A command or an option that is declared later stands here too, or the tests fail.
"""

from collections.abc import Mapping
from enum import StrEnum


class Whose(StrEnum):
    """What becomes of it when somebody of the same group uses what another was given.

    `NOBODYS`: it is answered like something that never existed, to the letter. `THEIRS`: it is done for who uses it,
    and what is kept of others stays. `EVERYBODYS`: it is the group's, and the room is told.
    """

    NOBODYS = "nobody's"
    THEIRS = "theirs"
    EVERYBODYS = "everybody's"


WHOSE: Mapping[str, tuple[Whose, str]] = {
    "sit": (Whose.THEIRS, "it shows what the one who uses it would send, and sends nothing"),
    "sit ask": (Whose.THEIRS, "anyone may ask, and the choice holds no more than what kind of company"),
    "sit open": (Whose.THEIRS, "it opens who uses it"),
    "sit pause": (Whose.THEIRS, "it pauses who uses it"),
    "sit limit": (Whose.THEIRS, "it limits how often who uses it is asked"),
    "sit rather": (Whose.THEIRS, "it says which asks are not put to who uses it"),
    "sit can": (Whose.NOBODYS, "an ask is answered by those it was put to; for others there is none"),
    "sit not now": (Whose.THEIRS, "it closes a message of who uses it, looks at nobody's ask and says the same of any"),
    "sit pick": (Whose.NOBODYS, "offers are seen by the asker alone"),
    "sit withdraw": (Whose.NOBODYS, "an ask or an offer is taken back by whose it is; for others there is none"),
    "sit begin": (Whose.NOBODYS, "as above"),
    "sit wait on": (Whose.NOBODYS, "an ask is gone on with by whose it is; for others there is none"),
    "sit widen": (Whose.NOBODYS, "as above"),
    "sit later": (Whose.NOBODYS, "as above"),
    "sit note": (Whose.NOBODYS, "as above; the line stands in memory, for those who hear of the ask"),
    "sit leave": (Whose.NOBODYS, "a sit is there for those in it, and nobody else is told whether it is"),
    "sit change": (Whose.NOBODYS, "as above"),
    "sit agree": (Whose.NOBODYS, "as above"),
    "sit longer": (Whose.NOBODYS, "as above; and nobody is told of one's wish before all have it"),
    "sit together": (Whose.THEIRS, "it shows what the one who uses it would start; open hours are the group's to see"),
    "sit together open": (Whose.EVERYBODYS, "anyone may start an open hour, and the room is told"),
    "sit together end": (Whose.NOBODYS, "an open hour is ended by who started it; for others there is none"),
    "sit welcome": (Whose.THEIRS, "it shows and keeps welcomes of who uses it, and takes back no other"),
    "sit again": (Whose.THEIRS, "it keeps the word of who uses it; a code brings together just the two it is of"),
    "sit look": (
        Whose.THEIRS,
        "it invites for who uses it; what was put to another is for others as if there were none",
    ),
    "sit another": (Whose.NOBODYS, "a date is followed by another for those two; for others there is none"),
    "find": (Whose.THEIRS, "cards are the same for everybody"),
    "now": (Whose.THEIRS, "as above"),
    "card": (Whose.THEIRS, "as above"),
    "rota show": (Whose.THEIRS, "the group's rotas are the whole group's to see"),
    "rota picture": (Whose.THEIRS, "as above; the picture is for who asked"),
    "rota join": (Whose.THEIRS, "anyone may join; the place is for who uses it"),
    "rota leave": (Whose.THEIRS, "it takes off who uses it, and nobody else"),
    "rota away": (Whose.THEIRS, "it takes off who uses it, and nobody else"),
    "rota back": (Whose.THEIRS, "it puts back who uses it, where there is room"),
    "rota offer": (Whose.THEIRS, "it offers the shifts of who uses it"),
    "rota swap": (Whose.THEIRS, "as above"),
    "rota take": (Whose.NOBODYS, "a shift that was offered to one is for that one; for others there is none"),
    "rota keep": (Whose.NOBODYS, "an offer is taken back by whose it is; for others there is none"),
    "rota hello": (Whose.THEIRS, "whoever is on hears of who uses it"),
    "rota reserve": (Whose.THEIRS, "it puts who uses it on a list that nobody sees, or takes them off"),
    "rota suggest": (Whose.THEIRS, "it asks those in private who said that they may be, and puts nobody on anything"),
    "rota mine": (Whose.THEIRS, "it shows the shifts of who uses it"),
    "rota remind": (Whose.THEIRS, "it sets the pings of who uses it"),
    "rota calendar": (Whose.THEIRS, "it hands over the shifts of who uses it, and gives and ends that one's address"),
    "rota export": (Whose.THEIRS, "the group's rotas are the whole group's to see, and nobody is in the files"),
    "rota new": (Whose.EVERYBODYS, "anyone may start a rota, and the room is told"),
    "rota import": (Whose.THEIRS, "it shows a rota to who brings it in; only at that one's word is it made"),
    "rota together": (Whose.EVERYBODYS, "anyone may let a rota hold open hours, and the room is told"),
    "rota end": (Whose.EVERYBODYS, "anyone may end a rota, and the room is told, and whoever was on it"),
    "hello": (Whose.THEIRS, "it shows what the one who uses it laid down"),
    "hello start": (Whose.THEIRS, "it begins hellos for who uses it"),
    "hello buddy": (Whose.THEIRS, "it asks somebody for who uses it, and only who has a part for a buddy"),
    "hello agree": (Whose.NOBODYS, "whoever was asked to be a buddy says yes; for others nothing was asked"),
    "hello unbuddy": (Whose.NOBODYS, "a buddy stops being one; for others there is nothing to end"),
    "hello here": (Whose.THEIRS, "it answers for who uses it, and looks the same when nothing is open"),
    "hello pause": (Whose.THEIRS, "it pauses the hellos of who uses it"),
    "hello resume": (Whose.THEIRS, "as above"),
    "hello renew": (Whose.THEIRS, "as above"),
    "hello stop": (Whose.THEIRS, "it ends the hellos of who uses it"),
    "rota change": (
        Whose.EVERYBODYS,
        "anyone may change a rota, and the room is told, and each whose shifts it touches",
    ),
    "rota agree": (
        Whose.NOBODYS,
        "a change, or a rota from a file, is agreed to by whoever was shown it; for others there is none",
    ),
    "me": (Whose.THEIRS, "it shows the ways of who uses it"),
    "me zone": (Whose.THEIRS, "it sets the ways of who uses it"),
    "me nation": (Whose.THEIRS, "as above"),
    "me reach": (Whose.THEIRS, "as above"),
    "me quiet": (Whose.THEIRS, "as above"),
    "me limit": (Whose.THEIRS, "as above"),
    "me rest": (Whose.THEIRS, "as above"),
    "me ask": (Whose.THEIRS, "as above"),
    "me pause": (Whose.THEIRS, "it pauses who uses it"),
    "me resume": (Whose.THEIRS, "it ends the pause of who uses it"),
    "me apart": (Whose.THEIRS, "it shows and makes lines of who uses it, and answers alike whoever is named"),
    "me forget": (Whose.THEIRS, "it forgets what who uses it told"),
    "mydata": (Whose.THEIRS, "it shows what is kept of who uses it, in every group, and of nobody else"),
    "mydata show": (Whose.THEIRS, "as above"),
    "mydata export": (Whose.THEIRS, "as above"),
    "mydata forget": (Whose.THEIRS, "it lets go of what is kept of who uses it, in every group"),
    "group": (Whose.THEIRS, "the group's ways are the whole group's to see"),
    "group zone": (Whose.EVERYBODYS, "any member changes the group's ways, and the room is told"),
    "group nation": (Whose.EVERYBODYS, "as above"),
    "group channel": (Whose.EVERYBODYS, "as above"),
    "group devices": (Whose.EVERYBODYS, "as above"),
    "group first": (Whose.EVERYBODYS, "as above"),
    "group stance": (Whose.EVERYBODYS, "as above"),
    "help": (Whose.THEIRS, "it is the same for everybody"),
    "about": (Whose.THEIRS, "as above"),
}

NEVER_A_NUMBER = "7707"
NEVER_A_NAME = "nowhere at all"

# What names something of a group, by the option's name and kind, with one of the same shape that never existed.
IDS_AND_NAMES: Mapping[tuple[str, str], str] = {
    ("ask", "Code"): "zzzzzzzz",
    ("rota", "Which"): NEVER_A_NUMBER,
    ("code", "Code"): "zzzzzzzz",
    ("draft", "Code"): "zzzzzzzz",
    ("pair", "Code"): "zzzzzzzz",
    ("to", "Whom"): "0123456789abcdef",
    ("whom", "BuddyMark"): "0123456789abcdef",
    ("whom", "Someone"): "0123456789abcdef",
    ("person", "Whom"): "0123456789abcdef",
    ("offer", "Whole"): "907",
    ("channel", "Place"): NEVER_A_NAME,
    ("where", "Place"): NEVER_A_NAME,
}

# What names nothing that a group has: a wish, a length, a time, a word of one's own, something shipped to everybody.
NAMES_NOTHING = frozenset(
    {
        *(("wanted", "OneOf"), ("length", "Length"), ("at", "Moment"), ("wait", "Length"), ("where", "OneOf")),
        *(("when", "OpenWhen"), ("sits", "OrNone"), ("what", "RatherNots")),
        *(("date", "ShiftDay"), ("every", "OneOf"), ("leads", "Leads"), ("name", "Text"), ("when", "When")),
        *(("people", "Whole"), ("zone", "Zone"), ("words", "Text"), ("need", "Text"), ("nation", "OneOf")),
        *(
            ("id", "CardName"),
            ("how", "OneOf"),
            ("name", "OneOf"),
            ("devices", "OneOf"),
            ("locale", "OneOf"),
            ("topic", "Text"),
        ),
        *(("what", "OneOf"), ("part", "PartOf"), ("until", "Day"), ("theirs", "ShiftDay")),
        *(("days", "Closed"), ("file", "File")),
        *(("step", "Step"), ("words", "OrNone")),
        *(("what", "OneOf"), ("hours", "OrNone"), ("shifts", "OrNone"), ("length", "OrNone"), ("answer", "OneOf")),
        ("until", "PauseEnd"),
        *(("weeks", "Weeks"), ("who", "OneOf"), ("unanswered", "OneOf")),
        *(("until", "PauseEnd"), ("feed", "OneOf")),
        *(("closed", "Closed"), ("holidays", "Holidays"), ("opens", "Opens")),
        # Who hears of an ask are circles here; a name among them is found as for ("whom", "Someone").
        *(("who", "Hearers"), ("every", "Length"), ("after", "OneOf"), ("ticks", "Ticks"), ("note", "Text")),
        *(("length", "HowLong"), ("people", "HowMany")),
    }
)
