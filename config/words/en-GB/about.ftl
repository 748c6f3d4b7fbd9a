# Help, the truth about this bot, and a person's own ways.

help = Help
    .help = See what you can ask, or more about one thing.
help-topic = About what
    .ask = About what? For example “rota new”.
help-intro = You can ask me these things, in private or in the group’s room. I always answer in private. What you type in the room, everybody there sees.
help-intro-unseen = You can ask me these things, here or in any channel of the server. Only you see what you ask and what I answer.
help-command = { $command }: { $help }
help-option = { $option }: { $ask }
help-option-choices = { $option }: { $ask } ({ $choices })
help-more = For more about one, type “help” and its name, such as “help sit”.
help-no-such-topic = I have no help on that. Type “help” to see what you can ask.

about = About
    .help = What this is, who can read what, and what is kept.
about-what = I help this group look after each other: rotas, company when someone asks for it, and practical signposts. I am a program, and nobody’s service.
about-crisis = I am not a crisis service. If a life is in danger, ring 999. For lines that are open now, type “now”.
about-where = Where
    .ask = “room” for who can read this room; leave it out for everything.
about-readers = Who can read what
about-kept = What is kept
about-kept-nothing-said = Nothing that people say. I keep no messages, and there is no setting to make me.
about-kept-rota = Rotas, and who took which shift, until the shift is over or the person leaves it.
about-kept-ask = An ask for company while it is open, as choices and not words. When it is over, it is gone.
about-kept-lists = What I gave you to choose from, as choices and not words, for a day. So a number, or a reaction, still answers it.
about-kept-wishes = What you told me about yourself. Type “me” to see it, and “me forget” to let it go.
about-kept-group = How this group has things: type “group” to see it. When I am out of the group, all I keep of it goes at once.

me = Your ways
    .help = What I know of how you like things.
me-intro = This is how I do things for you in this group:
me-zone-now = Times in { $zone }
me-nation-now = Nation: { $nation }
me-leads = Told { $leads } before your shifts
me-no-leads = Not told before your shifts
me-change = To change it, type “me zone”, “me nation” or “rota remind”. To let it all go, type “me forget”.
me-zone = Your time zone
    .help = Tell me your time zone.
me-zone-zone = Time zone
    .ask = Which time zone? For example “Europe/London” or “Dublin”.
me-zone-kept = Kept: { $zone }. For you it is now { $now }.
me-nation = Your nation
    .help = Tell me which nation you live in, for cards that fit.
me-nation-nation = Nation
    .ask = England, Scotland, Wales or Northern Ireland?
me-nation-kept = Kept: { $nation }.
me-forget = Let it go
    .help = Let go of what you told me about yourself.
me-forgotten = Gone. I now use this group’s own ways for you.
nation-england = England
nation-scotland = Scotland
nation-wales = Wales
nation-ni = Northern Ireland
nation-unknown = not told

# Who can read what, by world.
about-readers-local = This is a room on your own machine, to try things in. Whoever has the address reads everything.
about-readers-matrix = Everybody in a room reads what is said in it. I read only lines that start with “!”, and keep none.
about-readers-matrix-direct = In our direct chat I read what you type, to answer it, and keep none of it.
about-readers-matrix-devices = I trust each device of a person from the first time I see it. A group may ask for verified devices only. Then I write and listen to no others there.
about-readers-matrix-server = The server sees who is in which room, what the room is called, and who writes there and when. In encrypted rooms it does not see what they write.
about-readers-matrix-reactions = The server can read every reaction: whose it is, when, and under which message. To keep an answer from it, type the number.
