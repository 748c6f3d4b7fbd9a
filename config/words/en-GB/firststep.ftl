## What a group sets for company: a first step before somebody offers it, and its own words on emergencies.

group-first = A first step
    .help = Set what comes before someone offers company.
group-first-step = The first step
    .ask = What comes first? For example “14 days” in the group, “2 welcomes” of members, or “none”.
group-stance = The group’s words on emergencies
    .help = Set what people read before they send an ask.
group-stance-words = The words
    .ask = In at most 200 letters: what does your group say about emergencies? Or “none” for my usual sentence.
step-unclear = I could not read that. Say how many days in the group, such as “14 days”, or how many members’ welcome, such as “2 welcomes”.

# As it stands.
first-step-way-none = First step before someone offers company: none
first-step-way-days = First step before someone offers company: { $days ->
    [one] { $days } day
   *[other] { $days } days
} in the group
first-step-way-welcomes = First step before someone offers company: the welcome of { $count ->
    [one] { $count } member
   *[other] { $count } members
}
stance-way-usual = On emergencies, people read my usual sentence before they send an ask
stance-way-own = On emergencies, people read this before they send an ask: { $words }
group-set-first-step = Set a first step
group-set-stance = Set the words on emergencies

# When it changes, for all to read.
first-step-now-none = From now on, no first step is asked for before someone offers company.
first-step-now-days = From now on, someone is { $days ->
    [one] { $days } day
   *[other] { $days } days
} in the group before they offer company. Everybody can ask for company at any time.
first-step-now-welcomes = From now on, { $count ->
    [one] { $count } member welcomes
   *[other] { $count } members welcome
} someone before they offer company: type “sit welcome” and their name. Everybody can ask for company at any time.
stance-now-usual = On emergencies, people now read my usual sentence before they send an ask.
stance-now-own = On emergencies, people now read this before they send an ask: { $words }

# To whom it is about.
first-step-days = This group asks for { $days ->
    [one] { $days } day
   *[other] { $days } days
} in it before someone offers. You can ask for company at any time.
first-step-welcomes = This group asks for the welcome of { $count ->
    [one] { $count } member
   *[other] { $count } members
} before someone offers. You can ask for company at any time.
first-step-taken = You have taken the first step.
first-step-nothing = This group asks for no first step: anyone can offer company.
first-step-how-days = For you that is so from { $at } on. After that, asks are put to you by themselves.
first-step-how-welcomes = Members welcome you by typing “sit welcome” and your name. After that, asks are put to you by themselves.
first-step-how-untold = I cannot tell since when you are here. So the welcome of { $count } members does as well: they type “sit welcome” and your name.
first-step-refused-days = To offer company, be { $days ->
    [one] { $days } day
   *[other] { $days } days
} in this group first, which you are from { $at } on.
first-step-refused-welcomes = To offer company, have the welcome of { $count ->
    [one] { $count } member
   *[other] { $count } members
} of this group first: they type “sit welcome” and your name.
first-step-refused-untold = To offer company, be { $days ->
    [one] { $days } day
   *[other] { $days } days
} in this group first, or, as I cannot tell since when you are, have the welcome of { $count } members: they type “sit welcome” and your name.

sit-welcome = Welcome someone
    .help = Welcome a member, so that they can offer company.
sit-welcome-whom = Whom
    .ask = Whom? Leave it out to see whom you welcomed.
sit-welcome-answer = On or off
    .ask = “off” takes it back. Otherwise leave it out.
welcome-intro = A welcome says that you would be glad of somebody’s company here. Nobody sees how many anybody has.
welcome-yours = You welcomed:
welcome-person = { $person }
welcome-how = To welcome somebody, type “sit welcome” and who it is. To take it back, add “off”: nobody hears of that.
welcome-kept = Kept: you welcome { $person }. Nobody else in the group is told.
welcome-take-back = Take it back
welcome-take-back-of = Take it back: { $person }
welcome-gone = Your welcome to { $person } is taken back. I tell nobody.
welcome-not-given = You have not welcomed them, so there is nothing to take back. To see whom you welcomed, type “sit welcome”.
welcome-by-name = To welcome them again, type “sit welcome” and who it is.
welcome-told = { $person } welcomes you to this group.
welcome-self = Members welcome each other: name somebody else.
welcome-nothing-asked = This group asks for no first step, so there is no need: everybody here can offer company.
welcome-not-here = I do not find them in this group. Name somebody who is in it.
welcome-untold = I cannot look just now who is in this group, so nothing is kept. Please try again in a minute.

# Before an ask is sent.
stance-own = This group says: { $words }
stance-lines = For lines that are open now, type “now”.
sit-readers-untold = Who else could read what is said, I cannot tell just now. For how it is in general, type “about”.
local-meeting-readers = Who else could read what is said: whoever runs this machine, and whoever has the address of this page.
matrix-meeting-room = Who else could read what is said: nobody. It is encrypted, and I leave. Whoever runs your servers sees who is in the room, and when.
matrix-meeting-direct = Who else could read what is said: nobody, if your chat is encrypted. If it is not, whoever runs your servers.
discord-meeting-readers = Who else could read what is said: { $who }, and Discord, the company.
discord-meeting-readers-more = Who else could read what is said: { $who }, others who may manage threads, and Discord, the company.
discord-meeting-general = Who else could read what is said: whoever may manage threads in this server, and Discord, the company.
discord-meeting-direct = Who else could read what is said: Discord, the company.
